"""`make demo`: build what is missing, then run web server and worker until Ctrl-C."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.demo.build import build, is_built
from portal.demo.people import PASSWORD, SIGN_INS


class Command(BaseCommand):
    help = "Run the demo platform: embedded PostgreSQL, task worker, web server and, if asked for, Elasticsearch."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reset", action="store_true", help="Begin anew: all demo data is removed first.")
        parser.add_argument("--search", choices=["postgres", "elasticsearch"], default="postgres")
        parser.add_argument("--build-only", action="store_true", help="Build, then stop.")

    def handle(self, *, port: int, reset: bool, search: str, build_only: bool, **options: Any) -> None:
        began = time.monotonic()
        if reset:
            self._forget()
        # Two processes cut fonts while this one migrates; samples with certificates need them.
        fonts = subprocess.Popen(
            [sys.executable, "-m", "certificates.fonts", settings.CERTIFICATE_FONTS_DIR], env=_environment(port)
        )
        if not self._built():
            self._say("Building the demo: 21 sites with content. This happens once.")
            build(say=self._say, before_filling=fonts.wait)
        if fonts.wait():
            raise CommandError("The fonts of the certificates could not be prepared.")
        if build_only:
            return
        if search == "elasticsearch":
            self._start_elasticsearch()
        self._run(port, began)

    def _built(self) -> bool:
        from django.db import connection

        return "tenants_tenant" in connection.introspection.table_names() and is_built()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _forget(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 't\\_%' OR nspname = 'public'")
            for (schema,) in cursor.fetchall():
                cursor.execute(f'DROP SCHEMA "{schema}" CASCADE')
            cursor.execute("CREATE SCHEMA public")
        for folder in ("media", "mail", "private", "elasticsearch/data"):
            shutil.rmtree(Path(settings.VAR) / folder, ignore_errors=True)

    def _start_elasticsearch(self) -> None:
        """For web server and worker, which inherit the environment; it ends with this process."""
        from search.elastic.server import start
        from tenants.maven import FetchFault

        self._say("Starting Elasticsearch; the first time Maven fetches it.")
        try:
            os.environ["ELASTICSEARCH_URL"] = start(Path(settings.VAR) / "elasticsearch")
        except FetchFault as fault:
            raise CommandError(str(fault)) from fault

    def _run(self, port: int, began: float) -> None:
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        manage = [sys.executable, str(settings.ROOT / "manage.py")]
        gunicorn = [
            sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2",
            "--threads", "4", "--log-level", "warning",
        ]  # fmt: skip
        # Sessions of their own: Ctrl-C is for this process, which tells each of them once.
        children = [
            subprocess.Popen([*manage, "work"], env=_environment(port), start_new_session=True),
            subprocess.Popen(gunicorn, env={**_environment(port), "DATABASE_POOL": "8"}, start_new_session=True),
        ]
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _as_interrupt)
        try:
            self._wait_until_up(port, children)
            self._say(_welcome(port, time.monotonic() - began))
            while all(child.poll() is None for child in children):
                time.sleep(0.5)
            self._say("A part of the demo has stopped; stopping the rest.")
        except KeyboardInterrupt:
            self._say("\nStopping.")
        finally:
            _stop(children)

    def _wait_until_up(self, port: int, children: list["subprocess.Popen[bytes]"]) -> None:
        import socket

        while all(child.poll() is None for child in children):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)


def _environment(port: int) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "PYTHONPATH": os.pathsep.join([str(settings.ROOT), str(settings.ROOT / "site")]),
        "PYTHONUNBUFFERED": "1",
        "PLATFORM_URL": f"http://localhost:{port}",
    }


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(children: list["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _welcome(port: int, seconds: float) -> str:
    rows = "\n".join(f"  {role:<22}{user:<24}{PASSWORD}" for role, user in SIGN_INS)
    return f"""
Yinling runs after {seconds:.0f} seconds. Ctrl-C stops it; `make demo-reset` begins anew.

  Platform          http://localhost:{port}/
  Operators         http://localhost:{port}/operators/            (operator / {PASSWORD})
  Tianjin           http://tianjin.localhost:{port}/
  Heping district   http://heping.tianjin.localhost:{port}/       and 15 more districts
  Guangxi           http://guangxi.localhost:{port}/
  Nanning           http://nanning.localhost:{port}/              also liuzhou, guilin
  Admin of a site   http://heping.tianjin.localhost:{port}/cms/

The same people are at every site:

  role                  user                    password
{rows}
"""
