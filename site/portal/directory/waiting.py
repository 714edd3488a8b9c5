"""What waits for officers and community workers: entries to be checked again."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.waiting import WaitingItem, waits
from portal.directory.queries import entries_to_check
from portal.directory.rules import editable_entries, may_write

MOST = 10


@waits
def entries_to_check_again(user: Any) -> Iterator[WaitingItem]:
    """Published entries that were not checked in time, of the places this person writes for. At most three queries."""
    if not may_write(user):
        return
    mine = editable_entries(user).filter(live=True)
    for entry in entries_to_check(mine, today=timezone.localdate())[:MOST]:
        yield WaitingItem(
            title=_("打个电话核对：%(name)s") % {"name": entry.name},
            url=reverse("wagtailsnippets_directory_directoryentry:edit", args=[entry.pk]),
            action=_("去核对"),
            detail=_("%(place)s，上次核对%(date)s") % {"place": entry.division, "date": entry.last_checked.isoformat()},
            staff=True,
        )
