"""What waits for publicists: consents that end."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core import queries as core
from portal.core.waiting import WaitingItem, waits
from portal.stories.queries import ending_consents
from portal.stories.rules import may_write

MOST = 10


@waits
def consents_to_renew(user: Any) -> Iterator[WaitingItem]:
    """Consents that end soon, or have ended, under a published story. Two queries for those who write stories."""
    if not may_write(user):
        return
    days = core.rules().consent_notice_days
    for consent in ending_consents(today=timezone.localdate(), days=days)[:MOST]:
        end = min(filter(None, [consent.valid_until, consent.withdrawn_on]))
        yield WaitingItem(
            title=_("%(person)s的同意书%(end)s到期") % {"person": consent.person, "end": end.isoformat()},
            url=reverse("wagtailsnippets_stories_consent:edit", args=[consent.pk]),
            action=_("去续签"),
            detail=_("到期后，用到它的案例自动不再公开。"),
            due=timezone.make_aware(dt.datetime.combine(end + dt.timedelta(days=1), dt.time.min)),
            staff=True,
        )
