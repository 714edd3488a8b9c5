"""Projects of a demo site in the terms of the policy that governs it, with shifts around today."""

import random
import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.core.models import Brand, Division
from portal.demo.people import BODIES, COMMUNITIES, sample_phone
from portal.demo.places import sample_position
from portal.organisations.models import Organisation
from portal.projects.enums import ProjectState
from portal.projects.models import Project, Shift
from tenants.models import Tenant

_FILE = Path(__file__).with_name("data") / "projects.toml"

#: Where people meet, by the kind of body that runs the project.
_VENUES = {
    "community": "社区服务站",
    "school": "学院南门",
    "social": "社工站活动室",
    "complex": "养老服务综合体一楼",
    "care_home": "养老院接待处",
    "hospital": "卫生服务中心门诊厅",
    "department": "社区党群服务中心",
}


def fill(*, tenant: Tenant, today: date, rng: random.Random) -> None:
    """Every sample of the programme, published; past shifts included, so that there are hours to show."""
    programme = "tianjin" if tenant.division_code.startswith("12") else "guangxi"
    brands = {brand.slug: brand for brand in Brand.objects.all()}
    communities = list(Division.objects.filter(level="community").select_related("parent"))
    bodies = _bodies(tenant)
    users = {
        user.username: user
        for user in User.objects.filter(username__in=["community_worker", "school_manager", "organisation_manager"])
    }
    for number, sample in enumerate(samples(programme)):
        community = communities[(number + rng.randrange(2)) % len(communities)]
        key = sample["organiser"]
        if key == "community":
            # A residents' committee works in its own community.
            community = bodies[key].division
        project = Project.objects.create(
            brand=brands.get(sample["brand"]),
            division=community,
            organiser=bodies[key],
            in_charge=users[
                {"community": "community_worker", "school": "school_manager"}.get(key, "organisation_manager")
            ],
            contact_phone=sample_phone(tenant, 100 + number),
            # Not everybody has looked it up.
            **(sample_position(tenant.division_code, number) if number % 3 else {}),
            **words(sample, community, key),
        )
        Shift.objects.bulk_create(_shift(project, shift, today) for shift in sample["shifts"])


def samples(programme: str) -> list[dict[str, Any]]:
    """The samples of `tianjin` or `guangxi`."""
    with _FILE.open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)[programme]
    return rows


def _bodies(tenant: Tenant) -> dict[str, Organisation]:
    by_kind = {body.kind: body for body in Organisation.objects.select_related("division__parent")}
    return {key: by_kind[kind] for key, (kind, _) in BODIES.items()}


def words(sample: dict[str, Any], community: Division, key: str) -> dict[str, Any]:
    """The fields of a project, as its sample says them of this community."""
    places = {"community": community.name, "street": community.parent.name}
    published = timezone.now() - timedelta(days=24 + len(sample["shifts"]))
    steps = "".join(f"<li>{step}</li>" for step in sample["steps"])
    return {
        "title": sample["title"].format(**places),
        "summary": sample["summary"].format(**places),
        "body": f"<ol>{steps}</ol>",
        "service_kinds": sample["kinds"],
        "recipients": sample["recipients"],
        "participation": sample["join"],
        "venue": _VENUES[key],
        "address": f"{community.parent.name}示例路{12 + COMMUNITIES.index(community.name)}号",
        "contact_name": f"{community.name}助老员（示例）",
        "who_note": sample.get("who", ""),
        "min_age": sample.get("min_age"),
        "max_age": sample.get("max_age"),
        "skills": sample.get("skills", ""),
        "guardian_required": sample.get("guardian", False),
        "insurance": "组织方统一购买",
        "live": True,
        "state": ProjectState.RECRUITING,
        "created_at": published,
        "first_published_at": published,
        "last_published_at": published,
    }


def _shift(project: Project, sample: dict[str, Any], today: date) -> Shift:
    begins = datetime.combine(
        today + timedelta(days=sample["day"]), time.fromisoformat(sample["at"]), tzinfo=timezone.get_current_timezone()
    )
    return Shift(
        project=project,
        starts_at=begins,
        ends_at=begins + timedelta(hours=sample["hours"]),
        places=sample["places"],
    )
