"""After an action: one message at the top of the next page, with undo where undo exists."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString


def done(request: HttpRequest, title: str, text: str = "", *, url: str = "", label: str = "") -> None:
    """It worked. `url` and `label` are the way back or onward (取消报名)."""
    messages.success(request, message(title, text, url, label))


def beware(request: HttpRequest, title: str, text: str = "", *, url: str = "", label: str = "") -> None:
    """It worked, but there is something to know."""
    messages.warning(request, message(title, text, url, label))


def refused(request: HttpRequest, title: str, text: str = "", *, url: str = "", label: str = "") -> None:
    """It did not work; `text` says how to put it right."""
    messages.error(request, message(title, text, url, label))


def message(title: str, text: str = "", url: str = "", label: str = "") -> SafeString:
    """Title, sentence, link; escaped."""
    link = format_html('<a href="{}">{}</a>', url, label) if url else ""
    rest = format_html("<p>{}{}</p>", text, link) if text or link else ""
    return format_html('<p class="notice-title">{}</p>{}', title, rest)
