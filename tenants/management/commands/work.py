"""Run background tasks and the clock until told to stop."""

import threading
from contextlib import ExitStack
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils.crypto import get_random_string

from tenants.work import Clockwork, Loop, companions, keep_connections


class Command(BaseCommand):
    help = "Run queued tasks, publish what is scheduled, keep the clock. SIGTERM ends it after the present task."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=0.5, help="Seconds to wait when the queue is empty.")

    def handle(self, *, interval: float, **options: Any) -> None:
        keep_connections()
        worker = Loop(interval=interval, worker_id=get_random_string(32))
        if threading.current_thread() is threading.main_thread():
            worker.configure_signals()
        with ExitStack() as together:  # each is stopped, whatever the others do
            for companion in (Clockwork(worker.worker_id), *companions()):
                companion.start()
                together.callback(companion.stop)
            # Perhaps it is dead, and that is why the worker ends.
            together.callback(connection.close)
            self.stdout.write("Working.")
            self.stdout.flush()
            worker.run()
