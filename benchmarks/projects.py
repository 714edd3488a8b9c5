"""The public list with 10,000 projects, with and without filters, and one project's page: time and queries."""

import random
import sys
from datetime import timedelta
from typing import Any

from benchmarks.timing import keep, percentiles, set_up, times

HOST = "tianjin.localhost"
PROJECTS = 10_000
#: How many of them still have shifts to come; the rest lie in the past. The worst case, `python -m benchmarks.projects
#: all`, is every one of them.
COMING = PROJECTS if "all" in sys.argv[1:] else 1_000
PATHS = {
    "list": "/projects/",
    "list_page_200": "/projects/?page=200",
    "list_filtered": "/projects/?when=month&kind=home_visit&kind=meals_errands&who=family&division=120104",
    "list_words": "/projects/?q=视频通话",
}
_TITLES = [
    "陪独居老人坐坐",
    "电话问候二十位老人",
    "手机课堂助教",
    "给高龄老人送午饭",
    "养老院里的合唱",
    "社区健康义诊引导",
]
_BODY = "<ol><li>在社区服务站签到，领记录单。</li><li>%s</li><li>把难处写下来，由社区接着办。</li></ol>" % (
    "坐下聊天；顺手看煤气、电线、地面、药盒，有隐患当场告诉带队人。" * 6
)


def main() -> None:
    set_up("projects-all" if COMING == PROJECTS else "projects")
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["*"]
    connection.set_tenant(_tenant())
    detail = _filled()
    client = Client(SERVER_NAME=HOST)
    figures: dict[str, Any] = {"projects": PROJECTS, "with_coming_shifts": COMING}
    for name, path in {**PATHS, "detail": detail}.items():

        def ask(path: str = path) -> Any:
            response = client.get(path)
            assert response.status_code == 200, (path, response.status_code)
            return response

        taken = times(ask, count=40, warm=3)
        with CaptureQueriesContext(connection) as captured:
            size = len(ask().content)
        figures[name] = {**percentiles(taken), "queries": len(captured), "kb": round(size / 1000, 1)}
    keep("projects-all" if COMING == PROJECTS else "projects", figures)


def _tenant() -> Any:
    from tenants.domain import create_tenant
    from tenants.domain.platform import prepare_platform
    from tenants.models import Tenant

    prepare_platform(domain="localhost")
    tenant = Tenant.objects.filter(division_code="120000").first()
    return tenant or create_tenant(division="120000", domain=HOST)


def _filled() -> str:
    """The address of one of 10,000 projects, which are made on the first run."""
    from portal.projects.models import Project

    if not Project.objects.exists():
        fill_projects(PROJECTS, coming=COMING)
    return str(Project.objects.order_by("pk")[16].get_absolute_url())


def fill_projects(count: int, *, coming: int | None = None) -> None:
    """`count` projects with two shifts each in the current tenant, the same on every run.

    One in ten has its shifts ahead, the others in the past, unless `coming` says how many.
    """
    from django.db import connection, transaction

    from portal.projects.models import Project, Shift
    from search import listings

    chance = random.Random(12)
    context = _context()
    ahead = count // 10 if coming is None else coming
    projects = Project.objects.bulk_create([_project(n, chance, context) for n in range(count)], batch_size=1000)
    shifts = [s for n, p in enumerate(projects) for s in _two_shifts(p, chance, context["now"], coming=n < ahead)]
    Shift.objects.bulk_create(shifts, batch_size=2000)
    with transaction.atomic():  # bulk writes send no signal
        listings.write("project", [project.pk for project in projects])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _context() -> dict[str, Any]:
    from django.utils import timezone

    from portal.accounts.models import User
    from portal.core.models import Brand, Division
    from portal.organisations.models import Organisation

    streets = list(Division.objects.filter(level="street"))
    return {
        "streets": streets,
        "brands": list(Brand.objects.filter(is_active=True)),
        "user": User.objects.create_user("bench", name="示例"),
        "team": Organisation.objects.create(
            name="示例测量队", kind="volunteer_team", division=streets[0], phone="022-55550112"
        ),
        "now": timezone.now().replace(minute=0, second=0, microsecond=0),
    }


def _project(n: int, chance: random.Random, context: dict[str, Any]) -> Any:
    from portal.core.enums import Participation, Recipient, ServiceKind
    from portal.projects.models import Project

    title = f"{chance.choice(_TITLES)}（{n}）"
    summary = "两人一组，去六位老人家里，教老人视频通话。" if n % 9 == 0 else "两人一组，各坐二十来分钟。"
    return Project(
        number=f"bench-2026-{n + 1:05d}", title=title, summary=summary, body=_BODY,
        words=f"{title}\n{summary}\n{_BODY}",
        brand=chance.choice(context["brands"]), division=chance.choice(context["streets"]),
        service_kinds=sorted(chance.sample(ServiceKind.values, chance.randint(1, 3))),
        recipients=chance.sample(Recipient.values, 2),
        participation=sorted(chance.sample(Participation.values, 2)),
        venue="甲社区服务站", step_free=n % 3 == 0, organiser=context["team"], in_charge=context["user"],
        state="recruiting", live=True, first_published_at=context["now"],
    )  # fmt: skip


def _two_shifts(project: Any, chance: random.Random, now: Any, *, coming: bool) -> list[Any]:
    from portal.projects.models import Shift

    first = chance.randint(1, 60) if coming else -chance.randint(14, 400)
    shifts = []
    for more in (0, 7):
        start = now + timedelta(days=first + more, hours=chance.randint(0, 10))
        places = chance.choice([4, 6, 10, 12, 20, 40])
        end = start + timedelta(hours=2)
        taken = chance.randint(0, places)
        shifts.append(Shift(project=project, starts_at=start, ends_at=end, places=places, taken=taken))
    return shifts


if __name__ == "__main__":
    main()
