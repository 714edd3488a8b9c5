"""Sends a statement in the way in which its plan is right."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

# The planner takes a vector for the eighteen bytes of its pointer: it would read and unpack every one
# of a table rather than ask the index. A few milliseconds are too short to be worth a compiler or a second process.
# The settings end with the statement's own transaction.
_BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0; "


def ask(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of one statement; one round trip."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_INDEX + sql, parameters)
        while cursor.nextset():
            pass
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
