"""Real processes that kill themselves at a chosen step, as a machine does that loses its power: nothing is caught."""

import os
import signal
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from django.db import connections


def die(*_args: Any, **_values: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed_before(target: str, work: Callable[[], object]) -> bool:
    """Whether a child that does `work` came to `target`, a dotted path, and died there."""
    return _in_child(target, die, work)


def killed_after(target: str, real: Callable[..., Any], work: Callable[[], object]) -> bool:
    """The same, after `real`, which is what stands at `target`, has done its part."""

    def last(*args: Any, **values: Any) -> None:
        real(*args, **values)
        die()

    return _in_child(target, last, work)


def _in_child(target: str, stand_in: Callable[..., Any], work: Callable[[], object]) -> bool:
    # No connection may be shared: the child opens its own, and PostgreSQL rolls back what it had begun.
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            with patch(target, stand_in):
                work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
