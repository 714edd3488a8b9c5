"""What has become of a project: the step of service in its chain, and the ways staff go from it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import BigAutoField, Count, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.queries import rules
from portal.projects.models import Project
from portal.volunteers.counted import COUNTED
from portal.volunteers.domain.minutes import hours
from portal.volunteers.models import ServiceRecord
from tenants.reads import Given, Read

_SERVED = Read(
    lambda: (
        ServiceRecord.objects.filter(COUNTED, project=Given("project", BigAutoField()))
        .order_by()
        .values_list("project")
        .annotate(times=Count("pk"), shifts=Count("shift", distinct=True), minutes=Sum("minutes"))
    )
)


def steps(project: Project) -> Iterable[tuple[str, str, str, str]]:
    """Confirmed service so far; few people are not counted out in public (domain: cells under five are hidden)."""
    if project.is_paid:
        return [(_("服务"), _("有报酬，不计志愿服务时长"), "", "")]
    # By key, which a project in its first preview does not have yet.
    found = _SERVED(project=project.pk)
    if not found:
        return [(_("服务"), _("还没有。服务结束、点名确认后写在这里"), "", "later")]
    sums = dict(zip(("times", "shifts", "minutes"), found[0][1:], strict=True))
    fewest = rules().hide_cells_below
    if sums["times"] < fewest:
        return [(_("服务"), _("已完成%(shifts)s班，少于%(fewest)s人次") % {**sums, "fewest": fewest}, "", "")]
    text = _("已完成%(shifts)s班，%(times)s人次，%(hours)s小时（已确认）")
    return [(_("服务"), text % {**sums, "hours": hours(sums["minutes"])}, "", "")]


def staff_links(project: Project, user: Any) -> Iterable[tuple[str, str]]:
    """Sign-ups and records of the project in the admin, and the rolls that wait."""
    if not user.has_perm("volunteers.view_signup"):
        return []
    found = urlencode({"q": project.number})
    return [
        (_("报名与候补"), f"{reverse('wagtailsnippets_volunteers_signup:list')}?{found}"),
        (_("服务记录"), f"{reverse('wagtailsnippets_volunteers_servicerecord:list')}?{found}"),
        (_("要点名的班次"), reverse("volunteers:shifts")),
    ]
