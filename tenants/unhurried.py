"""Transactions whose commit does not wait for the disk."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def unhurried() -> Iterator[None]:
    """For bookkeeping that may be lost when the database's machine loses its power in this moment.

    What is committed later, and waited for, is never kept without it. Within another transaction it changes nothing.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
        yield
