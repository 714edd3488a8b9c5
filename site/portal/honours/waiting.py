"""What waits for officers."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.waiting import WaitingItem
from portal.honours import queries
from portal.honours.rules import may_award

_MOST = 3


def waiting_items(user: Any) -> Iterable[WaitingItem]:
    """At most six, for officers alone, from a constant number of queries."""
    return [*_stars(user), *_rounds(user)] if may_award(user) else []


def _stars(user: Any) -> list[WaitingItem]:
    items = []
    for application in queries.due_stars(user.pk)[:_MOST]:
        words = {"who": application.volunteer.masked_name, "star": application.star}
        title = _("评定星级：%(who)s，%(star)s") % words
        url = reverse("honours_staff:star", args=[application.pk])
        items.append(WaitingItem(title, url, _("去核对"), application.get_state_display(), staff=True))
    return items


def _rounds(user: Any) -> list[WaitingItem]:
    return [
        WaitingItem(
            _("批准颁发证书：%(title)s") % {"title": award.title},
            reverse("honours_staff:round", args=[award.pk]),
            _("去核对"),
            award.get_occasion_display(),
            staff=True,
        )
        for award in queries.rounds_to_approve(user.pk)[:_MOST]
    ]
