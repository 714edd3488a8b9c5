"""Sends what waits, once, and keeps what went wrong."""

from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.core.addresses import absolute_url
from portal.core.errors import DomainError
from portal.core.preferences import language_of
from portal.core.queries import identity
from portal.notices.enums import TRANSITIONS, Channel, DeliveryState
from portal.notices.models import Notice
from portal.notices.sms import sms_sender

#: Seconds until the second, third … attempt: one minute to two hours.
BACK_OFF = (60, 300, 1800, 7200)


class DeliveryFailed(Exception):
    """An attempt failed; says how, without the address it was meant for."""


class NotFailed(DomainError):
    """Only a failed notice can be sent again."""


def send_waiting(notice_id: int) -> None:
    """Send the notice if it still waits. DeliveryFailed after noting the failure, so that the task comes again."""
    with transaction.atomic():
        # The lock and the state make a notice that two workers hold go out once.
        notice = (
            Notice.objects.select_for_update(of=("self",))
            .select_related("user__wagtail_userprofile")
            .filter(pk=notice_id, state=DeliveryState.WAITING)
            .first()
        )
        if notice is None:
            return
        notice.attempts += 1
        error = _attempt(notice)
        notice.save(update_fields=["attempts", "state", "sent_at", "last_error"])
    if error:
        raise DeliveryFailed(error)


def resend(notice: Notice, *, by: Any) -> None:
    """Queue a failed notice anew. NotFailed when it has not failed."""
    from portal.notices.tasks import deliver

    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=notice.pk)
        if DeliveryState.WAITING not in TRANSITIONS[DeliveryState(notice.state)]:
            raise NotFailed(_("这条通知没有失败，不用重发。"))
        notice.state = DeliveryState.WAITING
        notice.attempts = 0
        notice.save(update_fields=["state", "attempts"])
        deliver.enqueue(notice.pk)


def _attempt(notice: Notice) -> str:
    """Send; change the notice's state in memory; return what went wrong."""
    try:
        _send(notice)
    except Exception as error:
        # Whatever the gateway raises is kept by its kind: its text may quote the address.
        notice.last_error = _describe(error)
        if notice.attempts > len(BACK_OFF):
            notice.state = DeliveryState.FAILED
        return notice.last_error
    notice.state = DeliveryState.SENT
    notice.sent_at = timezone.now()
    notice.last_error = ""
    return ""


def _describe(error: Exception) -> str:
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def _send(notice: Notice) -> None:
    if notice.channel == Channel.MAIL:
        with translation.override(language_of(notice.user)):
            message = _mail(notice)
        message.send()
    else:
        # Gateways send what they have approved: templates in Chinese, whatever language the person reads.
        link = f" {absolute_url(notice.url)}" if notice.url else ""
        sms_sender().send(mobile=notice.user.mobile, text=f"【{identity().site_name}】{notice.subject}{link}")


def _mail(notice: Notice) -> EmailMessage:
    """In the language of now."""
    site = identity().site_name
    text = f"{notice.user.name}{_('：').rstrip()}\n\n{notice.get_body_display()}\n"
    if notice.url:
        text += f"\n{absolute_url(notice.url)}\n"
    return EmailMessage(f"【{site}】{notice.get_subject_display()}", f"{text}\n{site}\n", to=[notice.user.email])
