"""Counts queries where the frame of the page is somebody else's: the admin's menus ask as they grow."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(call: Callable[[], Any]) -> int:
    """How many queries the second call takes: the first fills what is kept between calls."""
    call()
    with CaptureQueriesContext(connection) as queries:
        call()
    return len(queries)
