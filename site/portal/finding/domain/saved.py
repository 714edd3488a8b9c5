"""Searches that somebody wants to be told new results of: asked for, confirmed by mail, stopped at any time."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.digests import digest
from portal.core.errors import DomainError
from portal.finding.asking import Asked
from portal.finding.models import SavedSearch
from search.models import Listing

#: Days after which what was never confirmed is forgotten.
CONFIRM_WITHIN = 3
#: Searches of one address, and mails that may be asked for to one address in a day.
MOST_SEARCHES, MOST_MAILS = 10, 5


class NotSaved(DomainError):
    """Too long, or too many for one address."""


def save_search(asked: Asked, *, mail: str, now: dt.datetime) -> SavedSearch:
    """Keep the question and queue the mail that asks for confirmation. NotSaved.

    The same question of the same address is one row, whoever asks for it again.
    """
    from portal.finding.tasks import mail_confirmation

    mail = mail.strip().lower()
    if len(asked.encoded) > SavedSearch._meta.get_field("parameters").max_length:
        raise NotSaved(_("条件太多，请减去几项再订阅。"))
    with transaction.atomic():
        mine = SavedSearch.objects.select_for_update().filter(mail_digest=_digest(mail))
        known = list(mine)
        saved = next((each for each in known if each.parameters == asked.encoded), None)
        recent = sum(each.asked_at > now - dt.timedelta(days=1) for each in known)
        if recent >= MOST_MAILS:
            raise NotSaved(_("今天寄往这个邮箱的确认信太多了，请明天再试。"), field="mail")
        if saved is None and len(known) >= MOST_SEARCHES:
            raise NotSaved(_("一个邮箱最多订阅10个搜索，请先退订几个。"), field="mail")
        if saved is None:
            saved = SavedSearch(mail=mail, parameters=asked.encoded, seen_on=timezone.localdate(now))
        saved.asked_at = now
        saved.save()
        mail_confirmation.enqueue(saved.pk)
    return saved


def confirm(saved: SavedSearch, *, now: dt.datetime) -> None:
    """From here on new results are told; a second confirmation changes nothing."""
    SavedSearch.objects.filter(pk=saved.pk, confirmed_at__isnull=True).update(
        confirmed_at=now, seen=newest(), seen_on=timezone.localdate(now)
    )


def stop(saved: SavedSearch) -> None:
    """Nothing of it is kept."""
    saved.delete()


def forget_unconfirmed(now: dt.datetime) -> int:
    """What was never confirmed goes after three days."""
    before = now - dt.timedelta(days=CONFIRM_WITHIN)
    return SavedSearch.objects.filter(confirmed_at__isnull=True, asked_at__lt=before).delete()[0]


def due(now: dt.datetime) -> Iterable[int]:
    """Confirmed ones that were not looked at today."""
    today = timezone.localdate(now)
    return SavedSearch.objects.filter(confirmed_at__isnull=False, seen_on__lt=today).values_list("pk", flat=True)


def newest() -> int:
    """The last listing that was written for the first time, of whichever site."""
    return Listing.objects.aggregate(last=Max("pk"))["last"] or 0


def _digest(mail: str) -> str:
    return digest(mail, purpose="saved-search")
