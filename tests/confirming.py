"""Presses the button of a page of the admin that asks once more."""

import re
from html import unescape
from typing import Any

from django.test import Client

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


def confirmed(client: Client, url: str, data: dict[str, Any] | None = None) -> Any:
    """What comes of it, sent as the page's own form sends it; the first answer where nothing is asked."""
    asked: Any = client.post(url, data)
    if asked.status_code != 200 or "question" not in (asked.context or {}):
        return asked
    sent: dict[str, list[str]] = {}
    for name, value in _HIDDEN.findall(asked.text):
        sent.setdefault(unescape(name), []).append(unescape(value))
    return client.post(url, sent)
