"""Run background tasks and the clock until told to stop."""

import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.crypto import get_random_string

from tenants.work import Clockwork, Loop, companions, keep_connections


class Command(BaseCommand):
    help = "Run queued tasks, publish what is scheduled, keep the clock. SIGTERM ends it after the present task."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=0.5, help="Seconds to wait when the queue is empty.")

    def handle(self, *, interval: float, **options: Any) -> None:
        keep_connections()
        worker = Loop(
            queue_names=["*"], interval=interval, batch=False, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=get_random_string(32), excluded_queue_names=[],
        )  # fmt: skip
        if threading.current_thread() is threading.main_thread():
            worker.configure_signals()
        together = [Clockwork(worker.worker_id), *companions()]
        for companion in together:
            companion.start()
        self.stdout.write("Working.")
        self.stdout.flush()
        try:
            worker.run()
        finally:
            for companion in together:
                companion.stop()
