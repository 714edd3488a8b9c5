"""Projects and shifts for tests, in the current tenant."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from portal.core.enums import Participation, Recipient, ServiceKind
from portal.core.models import Brand, Division
from portal.organisations.enums import OrganisationKind
from portal.organisations.models import Organisation
from portal.projects.enums import ProjectState
from portal.projects.models import Project, Shift
from tests.cast import person


def make_brand(**over: Any) -> Brand:
    """寸草心, once for each tenant."""
    values = {"name": "寸草心", **over}
    return Brand.objects.get_or_create(slug=values.pop("slug", "cuncaoxin"), defaults=values)[0]


def make_organiser(**over: Any) -> Organisation:
    """A volunteer team, once for each tenant."""
    values = {"kind": OrganisationKind.VOLUNTEER_TEAM, "phone": "022-55550112", **over}
    if "division" not in values:
        values["division"] = Division.objects.filter(level="street").first()
    return Organisation.objects.get_or_create(name=values.pop("name", "示例邻里互助队"), defaults=values)[0]


def make_project(**over: Any) -> Project:
    """A published project without shifts, in the tenant's first street, led by its officer."""
    values: dict[str, Any] = {
        "title": "陪独居老人坐坐",
        "summary": "两人一组，去六位老人家里，各坐二十来分钟。",
        "body": "<ol><li>在社区服务站签到。</li><li>坐下聊天。</li></ol>",
        "service_kinds": [ServiceKind.HOME_VISIT],
        "recipients": [Recipient.LIVING_ALONE],
        "participation": [Participation.INDIVIDUAL],
        "venue": "甲社区服务站",
        "live": True,
        "state": ProjectState.RECRUITING,
        "first_published_at": timezone.now(),
        **over,
    }
    values.setdefault("division", None)
    values["division"] = values["division"] or Division.objects.filter(level="street").first() or Division.objects.get()
    if "in_charge" not in values:
        values["in_charge"] = person("officer")
    if "organiser" not in values:
        values["organiser"] = make_organiser(division=values["division"])
    return Project.objects.create(**values)


def make_shift(project: Project | None = None, **over: Any) -> Shift:
    """A shift of two hours, three days from now at this minute, with four places."""
    starts_at: datetime = over.pop("starts_at", None) or timezone.now() + timedelta(days=3)
    values: dict[str, Any] = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), "places": 4, **over}
    return Shift.objects.create(project=project or make_project(), **values)
