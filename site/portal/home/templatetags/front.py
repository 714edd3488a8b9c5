"""Rows of the front page whose number an editor chose."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def front_days(context: Any, number: int) -> Any:
    """The next shifts under their days."""
    return context["front_page"].days(number)


@register.simple_tag(takes_context=True)
def front_notices(context: Any, number: int) -> Any:
    """The newest articles and the newest document."""
    return context["front_page"].notices(number)


@register.simple_tag(takes_context=True)
def front_stories(context: Any, number: int) -> Any:
    """The newest stories."""
    return context["front_page"].stories(number)
