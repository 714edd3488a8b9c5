"""Takes the roll of a shift: who came, for how many minutes, and how that is proven."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.models import RuleSettings
from portal.core.queries import rules
from portal.projects.models import Shift
from portal.volunteers import rules as who
from portal.volunteers.domain import errors, telling
from portal.volunteers.domain.deadline import is_late, is_over
from portal.volunteers.domain.locks import lock_shift
from portal.volunteers.domain.log import begin, move
from portal.volunteers.domain.minutes import length, rounded
from portal.volunteers.enums import Grade, RecordState, SignUpState
from portal.volunteers.models import ServiceRecord, SignUp, Volunteer


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the roll; `minutes` are those actually given, the way there not counted."""

    volunteer_id: int
    present: bool
    minutes: int = 0


def take_roll(
    shift: Shift, marks: Sequence[Mark], *, by: Any, hand_in: bool = True, now: datetime | None = None
) -> list[ServiceRecord]:
    """Records for everyone present; handed in they wait for a second person, else they stay open.

    Who has been handed in before is left as it is: a roll sent twice is one roll. Returns what is new or changed.
    Raises RollRefused, NotAllowed, BadMinutes, Overlapping or UnknownVolunteer; then nothing at all is written.
    """
    now = now or timezone.now()
    with transaction.atomic():
        people = _locked([mark.volunteer_id for mark in marks])
        shift = lock_shift(shift)
        limits = rules()
        check_roll(shift, by=by, now=now, limits=limits, hand_in=hand_in)
        grade = Grade.LATE_ENTRY if is_late(shift, limits, now) else Grade.LEADER_ROLL
        roll = _Roll(shift, people, grade, limits, by, now, hand_in)
        done = [record for mark in marks if (record := roll.enter(mark))]
        if hand_in and done:
            telling.roll_taken(shift, done, by=by)
    return done


def check_roll(shift: Shift, *, by: Any, now: datetime, limits: RuleSettings, hand_in: bool) -> None:
    """Whether this person may take this roll at this moment."""
    project = shift.project
    if not who.may_take_roll(by, shift):
        raise errors.NotAllowed(_("点名由带队人、主办组织、社区或主管来做。"))
    if project.is_paid:
        raise errors.RollRefused(_("有报酬的活动不记志愿服务时长（民政部令第67号），这一班不用点名。"))
    if project.is_cancelled or shift.is_cancelled:
        raise errors.RollRefused(_("这一班已经取消，没有服务可记。"))
    if not shift.has_begun(now):
        raise errors.RollRefused(_("这一班还没有开始，开始后才能点名。"))
    if hand_in and not shift.has_ended(now):
        raise errors.RollRefused(_("这一班还没有结束。可以先存着，结束后再交。"))
    if is_over(shift, limits, now) and not who.reach_of(by).officer:
        message = _("活动结束已超过%(days)s个工作日，过了记录期限。确有服务的，请主管补录。")
        raise errors.RollRefused(message % {"days": limits.record_within_workdays})


def find_walk_in(number: str) -> Volunteer:
    """Who came without signing up, by volunteer number. Raises UnknownVolunteer."""
    found = Volunteer.objects.filter(number="".join(number.split())).first()
    if found is None:
        message = _("本站没有编号为%(number)s的志愿者。请核对12位编号；没注册的，请先注册。")
        raise errors.UnknownVolunteer(message % {"number": number[:20]}, field="walk_in")
    return found


def _locked(keys: list[int]) -> dict[int, Volunteer]:
    """In the order of their keys, so that two rolls never wait for each other."""
    rows = Volunteer.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in rows.select_related("user")}


class _Roll:
    """One shift, its marks entered one by one; all rows it reads are locked."""

    def __init__(
        self,
        shift: Shift,
        people: dict[int, Volunteer],
        grade: Grade,
        limits: RuleSettings,
        by: Any,
        now: datetime,
        hand_in: bool,
    ) -> None:
        self.shift, self.people, self.grade, self.limits = shift, people, grade, limits
        self.by, self.now, self.hand_in = by, now, hand_in
        self.most = length(shift.starts_at, shift.ends_at)
        live = SignUp.objects.filter(shift=shift, state=SignUpState.CONFIRMED)
        self.sign_ups = {row.volunteer_id: row for row in live}
        kept = ServiceRecord.objects.filter(shift=shift).exclude(state=RecordState.VOIDED)
        self.records = {row.volunteer_id: row for row in kept}

    def enter(self, mark: Mark) -> ServiceRecord | None:
        """The record of one mark if it is new or changed."""
        volunteer = self.people.get(mark.volunteer_id)
        if volunteer is None:
            raise errors.UnknownVolunteer(_("名单里有一位不是本站的志愿者。刷新页面后再点一次名。"))
        record = self.records.get(volunteer.pk)
        if record is not None and record.state != RecordState.OPEN:
            return None
        self._note_attendance(volunteer, mark.present)
        if not mark.present:
            if record is not None:
                move(record, RecordState.VOIDED, by=self.by, why=_("未到场"), reason=_("未到场"))
            return None
        self._check(volunteer, mark.minutes, record)
        return self._update(record, mark.minutes) if record else self._begin(volunteer, mark.minutes)

    def _note_attendance(self, volunteer: Volunteer, present: bool) -> None:
        sign_up = self.sign_ups.get(volunteer.pk)
        if sign_up is not None and sign_up.attended != present:
            sign_up.attended = present
            sign_up.save(update_fields=["attended"])

    def _check(self, volunteer: Volunteer, minutes: int, record: ServiceRecord | None) -> None:
        words = {"name": volunteer.masked_name, "most": self.most, "cap": self.limits.late_entry_cap_minutes}
        if not 1 <= minutes <= self.most:
            message = _("%(name)s的时长应在1到%(most)s分钟之间，这是这一班的长度。") % words
            raise errors.BadMinutes(message, field=f"minutes_{volunteer.pk}")
        others = ServiceRecord.objects.filter(volunteer=volunteer).exclude(state=RecordState.VOIDED)
        others = others.exclude(pk=record.pk if record else None)
        if others.filter(starts_at__lt=self.shift.ends_at, ends_at__gt=self.shift.starts_at).exists():
            message = _("%(name)s在同一时间已有别的服务记录，请先核对是哪一班。") % words
            raise errors.Overlapping(message, field=f"minutes_{volunteer.pk}")
        if self.grade == Grade.LATE_ENTRY:
            same_day = others.filter(date=timezone.localdate(self.shift.starts_at), grade=Grade.LATE_ENTRY)
            before = same_day.aggregate(sum=Sum("minutes_given", default=0))["sum"]
            if before + minutes > self.limits.late_entry_cap_minutes:
                message = _("%(name)s：事后补录每人每天最多%(cap)s分钟。") % words
                raise errors.BadMinutes(message, field=f"minutes_{volunteer.pk}")

    def _begin(self, volunteer: Volunteer, minutes: int) -> ServiceRecord:
        shift, project = self.shift, self.shift.project
        record = ServiceRecord(
            volunteer=volunteer,
            shift=shift,
            project=project,
            sign_up=self.sign_ups.get(volunteer.pk),
            activity=project.title,
            content=project.summary,
            place=project.service_place[:200],
            organiser=project.organiser.name,
            in_charge=project.in_charge.name,
            date=timezone.localdate(shift.starts_at),
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
            state=RecordState.OPEN,
            entered_by=self.by,
            entered_at=self.now,
            grade=self.grade,
            **self._minutes(minutes),
        )
        begin(record, by=self.by)
        if self.hand_in:
            move(record, RecordState.SUBMITTED, by=self.by)
        return record

    def _update(self, record: ServiceRecord, minutes: int) -> ServiceRecord:
        to = RecordState.SUBMITTED if self.hand_in else RecordState.OPEN
        fields = {"entered_by": self.by, "entered_at": self.now, "grade": self.grade, **self._minutes(minutes)}
        move(record, to, by=self.by, **fields)
        return record

    def _minutes(self, minutes: int) -> dict[str, int]:
        return {"minutes_given": minutes, "minutes": rounded(minutes, step=self.limits.rounding_minutes)}
