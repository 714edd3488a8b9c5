"""What a project's page says: facts, shifts, where the matter stands."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.core.almanac import WEEKDAYS
from portal.core.days import long_day
from portal.core.enums import Participation, Recipient, ServiceKind
from portal.core.templatetags.yinling import whole_date
from portal.projects import slots
from portal.projects.enums import ProjectState
from portal.projects.listing import requirement
from portal.projects.models import Project, Shift
from portal.projects.status import status_of

_STATUS = {
    ProjectState.RECRUITING: "open",
    ProjectState.FULL: "full",
    ProjectState.RUNNING: "running",
    ProjectState.FINISHED: "done",
    ProjectState.CANCELLED: "cancelled",
}


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One line of the table of shifts."""

    shift: Shift
    who: str
    begun: bool
    ended: bool

    @property
    def weekday(self) -> str:
        return str(WEEKDAYS[timezone.localtime(self.shift.starts_at).weekday()])

    @property
    def until(self) -> str:
        """12:00, with the day when it is another one."""
        start, end = timezone.localtime(self.shift.starts_at), timezone.localtime(self.shift.ends_at)
        clock = f"{end:%H:%M}"
        return clock if start.date() == end.date() else _("次日%(clock)s") % {"clock": clock}

    @property
    def open(self) -> bool:
        return not (self.begun or self.shift.is_cancelled)


class ProjectPage:
    """`project` with brand, division and organiser; `shifts` in order of time, saved or, in a preview, not."""

    def __init__(self, project: Project, shifts: Sequence[Shift], now: dt.datetime, *, preview: bool = False) -> None:
        self.project, self.now, self.preview = project, now, preview
        self.rows = [ShiftRow(s, requirement(project, s), s.has_begun(now), s.has_ended(now)) for s in shifts]
        state = str(ProjectState.RECRUITING) if preview and project.state != ProjectState.CANCELLED else project.state
        self.status = status_of(state, shifts, now)

    @property
    def status_kind(self) -> str:
        return _STATUS.get(self.status, "draft")  # type: ignore[call-overload]  # statuses are texts

    @property
    def status_label(self) -> str:
        return str(ProjectState(self.status).label)

    @cached_property
    def coming(self) -> list[ShiftRow]:
        return [row for row in self.rows if row.open]

    @cached_property
    def shown(self) -> list[ShiftRow]:
        """What has ended stays only when nothing else is left to show."""
        return [row for row in self.rows if not row.ended] or self.rows

    @property
    def missing(self) -> int:
        return sum(row.shift.left for row in self.coming)

    @property
    def is_cancelled(self) -> bool:
        return self.status == ProjectState.CANCELLED

    @property
    def is_finished(self) -> bool:
        return self.status == ProjectState.FINISHED

    @property
    def may_come(self) -> bool:
        return bool(self.coming) and not self.is_cancelled

    @property
    def next_line(self) -> str:
        """周三14:00 …: when the next shift begins."""
        if not self.coming:
            return ""
        return whole_date(self.coming[0].shift.starts_at)

    @property
    def last_line(self) -> str:
        if len(self.coming) < 2:
            return ""
        words = {"number": len(self.coming), "day": long_day(self.coming[-1].shift.ends_at)}
        return _("共%(number)s班，到%(day)s") % words

    @property
    def who(self) -> str:
        return requirement(self.project) or _("不限年龄")

    @property
    def company(self) -> str:
        return labels(Participation, self.project.participation)

    @property
    def kinds(self) -> str:
        return labels(ServiceKind, self.project.service_kinds)

    @property
    def recipients(self) -> str:
        return labels(Recipient, self.project.recipients)

    @property
    def place(self) -> str:
        division = self.project.division
        return f"{division.name}·{self.project.venue}" if division else self.project.venue

    @property
    def access_line(self) -> str:
        parts = [self.project.address, _("无台阶，轮椅可到") if self.project.step_free else ""]
        return "；".join(part for part in parts if part)

    @property
    def guardian_line(self) -> str:
        return _("未成年人须由监护人同行") if self.project.guardian_required else ""

    @property
    def contact(self) -> str:
        return self.project.contact_name or (self.project.organiser.name if self.project.organiser_id else "")

    @property
    def phone(self) -> str:
        """An office telephone, never somebody's own."""
        return self.project.contact_phone or (self.project.organiser.phone if self.project.organiser_id else "")

    @property
    def steps(self) -> list[tuple[str, str, str, str]]:
        """The chain: this project, then what apps above know of it."""
        published = self.project.first_published_at
        text = _("%(day)s发布，本页") % {"day": long_day(published)} if published else _("尚未发布")
        return [(_("项目"), text, "", "here"), *slots.chain_steps(self.project)]


def labels(choices: type, values: Sequence[str]) -> str:
    """上门探访、电话问候."""
    known = dict(choices.choices)  # type: ignore[attr-defined]  # TextChoices has choices
    return "、".join(str(known[value]) for value in values if value in known)
