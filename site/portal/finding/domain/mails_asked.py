"""How many confirmation mails one visitor may ask for: nobody's boxes are flooded through us."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from portal.core.digests import digest
from portal.core.errors import DomainError
from portal.finding.models import MailAsked

WINDOW = timedelta(hours=1)
KEPT = timedelta(days=1)


class TooManyMails(DomainError):
    """Enough mails were asked for from one place; `minutes` until the next may be."""

    def __init__(self, message: str, *, minutes: int) -> None:
        super().__init__(message, field="mail")
        self.minutes = minutes


def count_mail(ip: str, *, now: datetime) -> None:
    """Note the request; TooManyMails when the visitor's address has had `SEARCH_MAILS_PER_ADDRESS` within the hour."""
    MailAsked.forget(before=now - KEPT)
    key, most = digest(ip, purpose="saved-search-ip"), settings.SEARCH_MAILS_PER_ADDRESS
    if minutes := MailAsked.minutes_left(key, most=most, window=WINDOW, now=now):
        text = _(
            "从您所在的网络一小时内已经要了%(most)s封确认信，请等%(minutes)s分钟再试。也可以收藏搜索结果的网址，随时再看。"
        )
        raise TooManyMails(text % {"most": most, "minutes": minutes}, minutes=minutes)
    MailAsked.objects.create(key=key)
