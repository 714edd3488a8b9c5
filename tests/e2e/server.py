"""The real application on a real port, for browsers and for many threads at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler

from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connections


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


class _Server(ThreadedWSGIServer):
    # It ends when the last answer is given: one that comes later would write into the next test's database.
    daemon_threads = False

    def close_request(self, request: object) -> None:
        # Each request has its own thread and with it its own connection, which nobody else would close;
        # an open one keeps the database from being dropped.
        connections.close_all()
        super().close_request(request)


@contextmanager
def serving() -> Iterator[int]:
    """The port on which every tenant of the current test database answers by its host name."""
    server = _Server(("127.0.0.1", 0), _Quiet, allow_reuse_address=False)
    server.set_app(get_wsgi_application())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
