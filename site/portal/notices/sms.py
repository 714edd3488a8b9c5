"""Short messages: one small interface, chosen by the setting SMS_SENDER (docs/sms.md)."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string


class SmsSender(Protocol):
    """What a city's gateway must offer; any exception means: not sent, try again later."""

    def send(self, *, mobile: str, text: str) -> None:
        """Send `text` to the eleven-digit `mobile`."""


class ConsoleSms:
    """Prints the message; for work on the project."""

    def send(self, *, mobile: str, text: str) -> None:
        sys.stdout.write(f"SMS {mobile}: {text}\n")


class FileSms:
    """One file for each message in SMS_FOLDER; for the demo."""

    def send(self, *, mobile: str, text: str) -> None:
        folder = Path(settings.SMS_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        now = datetime.now().astimezone()
        path = folder / f"{now:%Y%m%d-%H%M%S}-{uuid4().hex[:8]}.txt"
        path.write_text(f"{mobile}\n{now:%Y-%m-%d %H:%M}\n\n{text}\n", encoding="utf-8")


class MailSms:
    """Mails the message to `<mobile>@SMS_MAIL_DOMAIN`: carriers and many gateways take mails."""

    def send(self, *, mobile: str, text: str) -> None:
        EmailMessage("", text, to=[f"{mobile}@{settings.SMS_MAIL_DOMAIN}"]).send()


def sms_sender() -> SmsSender:
    """The sender that the setting names."""
    sender: SmsSender = import_string(settings.SMS_SENDER)()
    return sender
