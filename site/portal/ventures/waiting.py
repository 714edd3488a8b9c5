"""What waits for officers: calls that stop taking proposals."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core import queries as core
from portal.core.waiting import WaitingItem, waits
from portal.ventures.queries import closing_calls
from portal.ventures.rules import may_manage

MOST = 10


@waits
def calls_closing(user: Any) -> Iterator[WaitingItem]:
    """Open calls within the tenant's days of notice. Two queries for officers."""
    if not may_manage(user):
        return
    for call in closing_calls(now=timezone.now(), days=core.rules().call_notice_days)[:MOST]:
        yield WaitingItem(
            title=_("“%(title)s”快停止接收了") % {"title": call.title},
            url=reverse("wagtailsnippets_ventures_call:edit", args=[call.pk]),
            action=_("核对递交办法"),
            detail=call.number,
            due=call.closes_at,
            staff=True,
        )
