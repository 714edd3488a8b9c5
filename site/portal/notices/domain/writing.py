"""Tells a person something, in the transaction that makes it true."""

from typing import Any

from django.conf import settings
from django.db import transaction

from portal.notices.domain.wording import Said
from portal.notices.enums import Channel, DeliveryState
from portal.notices.models import Notice


def notify(user: Any, said: Said, *, kind: str, url: str = "") -> Notice:
    """Write the notice and queue its mail or short message in the caller's transaction.

    `said` comes from `say`; `url` is a path of this site. Whoever has no address finds the notice on the site alone.
    A rollback of the caller takes back the notice and its delivery.
    """
    channel = _channel(user)
    subject, body = said[settings.LANGUAGE_CODE]
    with transaction.atomic():
        notice = Notice.objects.create(
            user=user,
            kind=kind,
            subject=subject,
            body=body,
            translations={
                language: {"subject": subject, "body": body}
                for language, (subject, body) in said.items()
                if language != settings.LANGUAGE_CODE
            },
            url=url,
            channel=channel,
            state=DeliveryState.NONE if channel == Channel.SITE else DeliveryState.WAITING,
        )
        if channel != Channel.SITE:
            _queue(notice)
    return notice


def _channel(user: Any) -> Any:
    if not user.is_active:
        return Channel.SITE
    if user.email:
        return Channel.MAIL
    return Channel.SMS if user.mobile else Channel.SITE


def _queue(notice: Notice) -> None:
    from portal.notices.tasks import deliver

    deliver.enqueue(notice.pk)
