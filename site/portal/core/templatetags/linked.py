"""`{% linked_data thing %}` for the head of detail pages."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from portal.core import linked_data as data

register = template.Library()


@register.simple_tag(takes_context=True)
def linked_data(context: Any, thing: Any) -> SafeString:
    """What the thing is in words of schema.org; nothing in a preview, which has no address."""
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False):
        return SafeString("")
    return data.linked_data(thing, root=request.build_absolute_uri("/").rstrip("/"))
