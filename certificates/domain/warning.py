"""Tells operators and the site, once before it and once after it, that a key ends."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tenants.utils import schema_context

from certificates.models import SigningKey
from certificates.queries import ending_keys
from certificates.signals import key_ending
from certificates.wording import long_date
from tenants.models import Tenant


def warn_of_keys(*, now: datetime) -> list[SigningKey]:
    """The current site's keys that were told of now: a mail to the operators, a signal for the site's own people."""
    return [key for key in ending_keys(now) if _warn(key.pk, now)]


@transaction.atomic
def _warn(pk: int, now: datetime) -> bool:
    """Once for each of the two, however many workers there are."""
    key = SigningKey.objects.select_for_update().defer("secret").get(pk=pk)
    told = "end_told_at" if key.valid_until <= now else "warned_at"
    if getattr(key, told) is not None:
        return False
    setattr(key, told, now)
    key.save(update_fields=[told])
    key_ending.send(sender=SigningKey, key=key)
    transaction.on_commit(lambda: _mail_operators(key, ended=told == "end_told_at"), robust=True)
    return True


def _mail_operators(key: SigningKey, *, ended: bool) -> None:
    """Those accounts of the platform that may do everything and have an address."""
    site = Tenant.objects.get(schema_name=connection.schema_name)
    day = long_date(timezone.localdate(key.valid_until))
    words = {"site": site.name, "use": key.get_use_display(), "day": day, "key": key}
    with schema_context("public"):
        operators = get_user_model().objects.filter(is_active=True, is_superuser=True).exclude(email="")
        addresses = list(operators.order_by("pk").values_list("email", flat=True))
    if not addresses:
        return
    subject = _("%(site)s的%(use)s密钥已到期") if ended else _("%(site)s的%(use)s密钥快到期了")
    body = _("密钥%(key)s…的有效期到%(day)s。请在站点管理→站点→签章密钥里换新。")
    send_mail(subject % words, body % words, None, addresses)
