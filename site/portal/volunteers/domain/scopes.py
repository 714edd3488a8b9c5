"""Which records a certificate is asked for, which of them count, and why the others do not (令67号)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.enums import PartKind
from certificates.facts import CertificateFacts, Part
from certificates.wording import period
from portal.organisations.models import Organisation
from portal.projects.models import Project
from portal.volunteers.domain import errors
from portal.volunteers.enums import LeftOut, RecordState
from portal.volunteers.models import ServiceRecord, Volunteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A period, or one project whenever it was; of a period perhaps only what one organiser ran."""

    start: date | None = None
    end: date | None = None
    project: Project | None = None
    organiser: Organisation | None = None

    @property
    def field(self) -> str:
        """The input at fault when nothing is found."""
        return "project" if self.project else "start"

    @property
    def part(self) -> Part | None:
        """What the sheet says of it; None for everything of a period."""
        if self.project:
            return Part(kind=PartKind.PROJECT, name=self.project.title, number=self.project.number)
        return Part(kind=PartKind.ORGANISER, name=self.organiser.name) if self.organiser else None

    @property
    def words(self) -> str:
        """As people read it: days, or the project."""
        if self.project:
            return _("“%(title)s”项目") % {"title": self.project.title}
        days = period(self.start, self.end) if self.start and self.end else ""
        return days + _("，") + self.organiser.name if self.organiser else days

    def within(self) -> Q:
        """As a filter on service records."""
        found = Q()
        if self.start and self.end:
            found &= Q(date__range=(self.start, self.end))
        if self.project:
            found &= Q(project=self.project)
        return found & Q(project__organiser=self.organiser) if self.organiser else found

    def check(self) -> None:
        """NothingToCertify for days that cannot be certified."""
        if self.project is None and not (self.start and self.end):
            raise errors.NothingToCertify(gettext_lazy("请选一段时间或一个项目。"), field="start")
        if self.end and self.end > timezone.localdate():
            raise errors.NothingToCertify(gettext_lazy("结束日期还没到，最晚写到今天。"), field="end")
        if self.start and self.end and self.end < self.start:
            raise errors.NothingToCertify(gettext_lazy("结束日期早于开始日期，请对调或改一改。"), field="end")


def scope_of(facts: CertificateFacts) -> Scope:
    """The scope of a certificate that was made. NothingToCertify when its project or organiser is there no more."""
    part = facts.part
    if part is None:
        return Scope(start=facts.period_start, end=facts.period_end)
    if part.kind == PartKind.PROJECT and (project := Project.objects.filter(number=part.number).first()):
        return Scope(project=project)
    organiser = Organisation.objects.filter(name=part.name).first() if part.kind == PartKind.ORGANISER else None
    if organiser:
        return Scope(start=facts.period_start, end=facts.period_end, organiser=organiser)
    raise errors.NothingToCertify(gettext_lazy("证书上的项目或单位已经不在本站，请按时间另开一张。"))


@dataclass(frozen=True, slots=True)
class Found:
    """The records that count, oldest first, and how many do not for each reason."""

    records: tuple[ServiceRecord, ...]
    left_out: Mapping[LeftOut, int]

    @property
    def words(self) -> str:
        """还没确认2笔、有异议，正在处理1笔; empty when nothing is left out."""
        counts = ((reason.label, self.left_out[reason]) for reason in LeftOut if self.left_out.get(reason))
        lines = (_("%(count)s笔%(reason)s") % {"reason": reason, "count": count} for reason, count in counts)
        return _("；").join(lines)


def look_up(volunteer: Volunteer, scope: Scope) -> Found:
    """Every record handed in within the scope, told apart; one query."""
    rows = ServiceRecord.objects.filter(scope.within(), volunteer=volunteer).exclude(state=RecordState.OPEN)
    rows = rows.select_related("project__brand", "project__organiser").order_by("date", "pk")
    told = [(record, why_not(record)) for record in rows]
    counting = tuple(record for record, reason in told if reason is None)
    return Found(counting, Counter(reason for _record, reason in told if reason is not None))


def why_not(record: ServiceRecord) -> LeftOut | None:
    """What keeps a record from a certificate; paid activity first, since it never will stand on one."""
    if record.project.is_paid:
        return LeftOut.PAID
    by_state = {
        RecordState.CONFIRMED: None if record.minutes else LeftOut.TOO_SHORT,
        RecordState.DISPUTED: LeftOut.DISPUTED,
        RecordState.VOIDED: LeftOut.VOIDED,
    }
    return by_state.get(RecordState(record.state), LeftOut.NOT_CONFIRMED)
