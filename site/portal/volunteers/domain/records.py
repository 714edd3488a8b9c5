"""Confirm, dispute, correct, void: a second person stands behind every hour that counts (令67号; domain §3)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.queries import rules
from portal.volunteers import rules as who
from portal.volunteers.domain import certify, errors, telling
from portal.volunteers.domain.locks import lock_volunteer
from portal.volunteers.domain.log import lock_record, move, reason_given
from portal.volunteers.domain.minutes import hours, length, rounded
from portal.volunteers.enums import RecordState
from portal.volunteers.models import ServiceRecord


def confirm_record(record: ServiceRecord, *, by: Any) -> ServiceRecord:
    """Make it count. Raises NotAllowed or MoveRefused; two at the same moment confirm once."""
    with transaction.atomic():
        # The volunteer's row, so that two records of one day cannot pass the cap side by side.
        lock_volunteer(record.volunteer)
        record = lock_record(record)
        check_confirmer(record, by=by)
        move(record, RecordState.CONFIRMED, by=by, confirmed_by=by, confirmed_at=timezone.now(), reason="")
        telling.confirmed(record)
    return record


def check_confirmer(record: ServiceRecord, *, by: Any) -> None:
    """NotAllowed, saying who may."""
    if record.project.is_paid:
        raise errors.NotAllowed(_("有报酬的活动不计志愿服务时长（民政部令第67号），这笔不能确认，请作废并写明原因。"))
    if not who.is_second_person(by, record):
        raise errors.NotAllowed(_("谁记的、谁的时长，就不能由谁确认。请另一位工作人员来确认。"))
    reach = who.reach_of(by)
    if not reach.covers(record.project):
        raise errors.NotAllowed(_("这笔记录由主办组织、社区或主管确认。"))
    if not reach.officer and who.exceeds_day_cap(record):
        message = _("这位志愿者当天已有%(hours)s小时，加上这笔超过每日%(cap)s小时，请主管确认。")
        day = who.day_minutes(record)
        raise errors.NotAllowed(message % {"hours": hours(day), "cap": hours(rules().day_cap_minutes)})


def dispute_record(record: ServiceRecord, *, by: Any, reason: str) -> ServiceRecord:
    """The volunteer says that it is wrong; it counts no longer until somebody has looked."""
    reason = reason_given(reason)
    with transaction.atomic():
        record = lock_record(record)
        if not who.may_dispute(by, record):
            raise errors.NotAllowed(_("只有本人可以对自己的服务记录提出异议。"))
        move(record, RecordState.DISPUTED, by=by, why=reason, reason=reason, confirmed_by=None, confirmed_at=None)
        telling.disputed(record)
    return record


def correct_record(record: ServiceRecord, *, minutes: int, by: Any, why: str) -> ServiceRecord:
    """Other minutes, with the reason; who corrects has entered it, so that somebody else must confirm."""
    why = reason_given(why)
    with transaction.atomic():
        record = lock_record(record)
        if not who.may_correct(by, record):
            raise errors.NotAllowed(_("更正由主办组织、社区或主管来做，不能改自己的时长。"))
        most = length(record.starts_at, record.ends_at)
        if not 1 <= minutes <= most:
            message = _("这一班一共%(most)s分钟，请填1到%(most)s之间的整数。") % {"most": most}
            raise errors.BadMinutes(message, field="minutes")
        move(
            record,
            RecordState.CORRECTED,
            by=by,
            why=why,
            minutes_given=minutes,
            minutes=rounded(minutes, step=rules().rounding_minutes),
            entered_by=by,
            entered_at=timezone.now(),
            confirmed_by=None,
            confirmed_at=None,
            reason=why,
        )
        telling.corrected(record)
        certify.outdate_record(record, by=by)
    return record


def void_record(record: ServiceRecord, *, by: Any, why: str) -> ServiceRecord:
    """It does not count and never will; the line and its reason stay."""
    why = reason_given(why)
    with transaction.atomic():
        record = lock_record(record)
        if not who.may_void(by, record):
            raise errors.NotAllowed(_("已确认的时长由主管作废；自己的时长请别人处理。"))
        move(record, RecordState.VOIDED, by=by, why=why, reason=why, confirmed_by=None, confirmed_at=None)
        telling.voided(record)
        certify.outdate_record(record, by=by)
    return record
