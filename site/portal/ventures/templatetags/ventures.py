"""Sums of money as people say them."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def yuan(amount: int | None) -> str:
    """100000 → 10万元, 85000 → 8.5万元, 500 → 500元; nothing for nothing."""
    if not amount:
        return ""
    if amount >= 10_000 and amount % 1_000 == 0:
        return _("%(amount)s万元") % {"amount": f"{amount / 10_000:g}"}
    return _("%(amount)s元") % {"amount": f"{amount:,}"}
