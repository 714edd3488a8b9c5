"""How many unread notices the person on the page has; asked only when a template shows it."""

from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.notices.queries import unread_count


def unread(request: HttpRequest) -> dict[str, Any]:
    """`unread_notices`: one query at most; the platform has no notices."""
    return {"unread_notices": SimpleLazyObject(lambda: _count(request))}


def _count(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return 0 if user is None or connection.schema_name == "public" else unread_count(user)
