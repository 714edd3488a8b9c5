"""What waits for a person: each feature contributes, the desk and the admin's dashboard show."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """One thing to do: `action` names the button (去确认), `staff` marks what is done in the admin."""

    title: str
    url: str
    action: str
    detail: str = ""
    due: datetime | None = None
    staff: bool = False


Contributor = Callable[[Any], Iterable[WaitingItem]]
_contributors: list[Contributor] = []


def waits(contributor: Contributor) -> Contributor:
    """Register a function user → items; it must cost a constant number of queries and return at most ten items."""
    _contributors.append(contributor)
    return contributor


class Waiting(NamedTuple):
    """What is done at the desk, and what in the admin; each soonest due first."""

    desk: list[WaitingItem]
    admin: list[WaitingItem]


def waiting_for(user: Any) -> Waiting:
    """Everything that waits for `user`."""
    items = [item for contribute in _contributors for item in contribute(user)]
    items.sort(key=lambda item: (item.due is None, item.due.timestamp() if item.due else 0))
    return Waiting([item for item in items if not item.staff], [item for item in items if item.staff])
