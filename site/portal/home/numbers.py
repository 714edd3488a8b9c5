"""Sums that the site shows of itself; every one is counted when it is asked for."""

from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.projects.queries import totals

Sum = tuple[str, int, str]


def numbers() -> list[Sum]:
    """(label, number, unit) for the admin's first page; four queries."""
    sums = totals()
    drafts = Page.objects.filter(depth__gt=1, has_unpublished_changes=True).count()
    return [
        (_("公开的项目"), sums.projects, _("个")),
        (_("还没开始的班次"), sums.coming_shifts, _("个")),
        (_("还差的人"), sums.missing, _("人")),
        (_("有未发布修改的页面"), drafts, _("个")),
    ]
