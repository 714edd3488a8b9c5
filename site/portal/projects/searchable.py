"""What search may know of projects: what their public pages say, and when that changes."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.enums import Participation, Recipient, ServiceKind
from portal.core.listed import PLACE, earliest, label_words, lines, occasion, place_names, plain, told
from portal.core.models import Brand, Division
from portal.organisations.models import Organisation
from portal.projects.detail import ProjectPage
from portal.projects.enums import PUBLISHED, ProjectState
from portal.projects.models import Project, Shift
from portal.projects.queries import public_projects
from search.documents import Document
from search.registry import Declaration, declare


def listed_projects() -> QuerySet[Project]:
    """With everything that `documents` reads, in two queries."""
    shifts = Prefetch("shifts", queryset=Shift.objects.order_by("starts_at", "pk"), to_attr="all_shifts")
    return public_projects().select_related("brand", "organiser", PLACE).prefetch_related(shifts)


def documents(project: Project) -> Iterator[Document]:
    """One project, with its next shift: the one that is under way, else the one to come."""
    now = timezone.now()
    page = ProjectPage(project, project.all_shifts, now)
    held = [] if page.is_cancelled else [row.shift for row in page.rows if not row.shift.is_cancelled]
    following = next((shift for shift in held if not shift.has_begun(now)), None)
    yield Document(
        url=project.get_absolute_url(),
        title=project.title,
        summary=project.summary,
        body=lines(plain(project.body), page.access_line, page.guardian_line, page.contact),
        keywords=_keywords(project, page),
        number=project.number,
        organiser=project.organiser.name,
        place=page.place,
        shown={"beside": [project.division.name, project.organiser.name], "facts": _facts(page, following)},
        division_code=project.division.code,
        brand=project.brand.name if project.brand else "",
        services=project.service_kinds,
        recipients=project.recipients,
        participation=project.participation,
        status=page.status,
        starts_at=following.starts_at if following else None,
        ends_at=following.ends_at if following else None,
        published_on=timezone.localdate(project.first_published_at) if project.first_published_at else None,
        latitude=project.position[0] if project.position else None,
        longitude=project.position[1] if project.position else None,
        visible_until=project.expire_at,
        stale_at=_changes(held, now),
    )


def _keywords(project: Project, page: ProjectPage) -> list[str]:
    labels = [
        *label_words(ServiceKind, project.service_kinds),
        *label_words(Recipient, project.recipients),
        *label_words(Participation, project.participation),
    ]
    access = _("轮椅可到") if project.step_free else ""
    return [*labels, *place_names(project.division), *told(page.phone, project.skills, project.who_note, access)]


def _facts(page: ProjectPage, following: Shift | None) -> list[str]:
    if page.status in {ProjectState.CANCELLED, ProjectState.FINISHED, ProjectState.RUNNING}:
        return told(page.status_label, page.who)
    when = occasion(following.starts_at, following.ends_at) if following else _("时间还没有定")
    full = _("已满，可以候补") if page.status == ProjectState.FULL else ""
    return told(when, full, page.who)


def _changes(held: list[Shift], now: dt.datetime) -> dt.datetime | None:
    """When time alone makes another status or another next shift."""
    return earliest((moment for shift in held for moment in (shift.starts_at, shift.ends_at)), after=now)


#: In the order in which a project passes through them.
_SHOWN = PUBLISHED | {ProjectState.CANCELLED}

declare(
    Declaration(
        kind="project",
        label=gettext_lazy("项目"),
        model=Project,
        public=listed_projects,
        documents=documents,
        statuses={state.value: state.label for state in ProjectState if state in _SHOWN},
        depends={
            Shift: lambda shift: [shift.project_id],
            Organisation: lambda organiser: Project.objects.filter(organiser=organiser),
            Brand: lambda brand: Project.objects.filter(brand=brand),
            Division: lambda place: Project.objects.filter(division__code__startswith=place.prefix),
        },
    )
)
