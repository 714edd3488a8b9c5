"""How often links for new passwords are mailed: one's box is not flooded through us, nor a list tried out."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.errors import TooManyResets
from portal.accounts.models import ResetRequest
from portal.core.digests import digest

WINDOW = timedelta(hours=1)
KEPT = timedelta(days=1)


def count_reset(email: str, ip: str) -> None:
    """Note the request; TooManyResets when the mail address or the visitor's has had enough within the hour.

    Known addresses and unknown ones count alike, so that the refusal tells nothing either.
    """
    now = timezone.now()
    ResetRequest.forget(before=now - KEPT)
    limits = {
        digest(email.strip().lower(), purpose="reset-mail"): settings.PASSWORD_RESETS_PER_ACCOUNT,
        digest(ip, purpose="reset-ip"): settings.PASSWORD_RESETS_PER_ADDRESS,
    }
    for key, limit in limits.items():
        if minutes := ResetRequest.minutes_left(key, most=limit, window=WINDOW, now=now):
            raise _too_many(limit, minutes=minutes)
    ResetRequest.objects.bulk_create(ResetRequest(key=key) for key in limits)


def _too_many(limit: int, *, minutes: int) -> TooManyResets:
    text = _(
        "一小时内已经要了%(limit)s次链接，请等%(minutes)s分钟再试。信可能在垃圾邮件里，先找一找；也可以打咨询电话。"
    )
    return TooManyResets(text % {"limit": limit, "minutes": minutes}, minutes=minutes)
