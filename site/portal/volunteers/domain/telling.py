"""Who is told what, in the transaction that makes it true."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.core.queries import rules
from portal.core.templatetags.yinling import whole_date
from portal.notices.domain import notify
from portal.projects.models import Project, Shift
from portal.volunteers.domain.minutes import hours
from portal.volunteers.models import Correction, ServiceRecord, SignUp, Volunteer


def officers() -> QuerySet[User]:
    """The active officers of the tenant."""
    return User.objects.filter(groups__name=Role.OFFICER, is_active=True)


def when(shift: Shift) -> str:
    """10月23日（周五）09:30—11:30."""
    return f"{whole_date(shift.starts_at)}—{timezone.localtime(shift.ends_at):%H:%M}"


def signed_up(sign_up: SignUp) -> None:
    """The volunteer and the person in charge."""
    shift, words = sign_up.shift, _words(sign_up)
    if sign_up.is_waiting:
        words["position"] = sign_up.position
        subject = _("已加入候补第%(position)s位：%(title)s") % words
        body = _("%(when)s，%(place)s。前面有人取消时按次序递补，轮到您会立即通知。") % words
    else:
        subject = _("报名成功：%(title)s") % words
        body = _("%(when)s，%(place)s。请提前10分钟到。去不了时请尽早取消报名，好让候补的人补上。") % words
    notify(sign_up.volunteer.user, kind="signed_up", subject=subject, body=body, url=shift.project.get_absolute_url())
    _tell_in_charge(
        shift, "signed_up", _("有人报名：%(title)s") % words, _("%(when)s，%(name)s，%(people)s人，%(state)s。") % words
    )


def moved_up(sign_up: SignUp) -> None:
    """A waiting party got its places."""
    shift, words = sign_up.shift, _words(sign_up)
    subject = _("候补轮到您了：%(title)s") % words
    body = _("%(when)s，%(place)s，已为您留好%(people)s个名额。去不了时请在服务台取消报名，让给下一位。") % words
    notify(sign_up.volunteer.user, kind="moved_up", subject=subject, body=body, url=reverse("volunteers:desk"))
    _tell_in_charge(
        shift, "moved_up", _("候补已递补：%(title)s") % words, _("%(when)s，%(name)s，%(people)s人。") % words
    )


def withdrawn(sign_up: SignUp, *, by: Any) -> None:
    """The person in charge when it is late; the volunteer when somebody else did it."""
    shift, words = sign_up.shift, _words(sign_up)
    late = shift.starts_at - timezone.now() < timedelta(hours=rules().late_withdrawal_hours)
    if late and by != shift.project.in_charge:
        _tell_in_charge(
            shift,
            "withdrawn_late",
            _("临时有人取消报名：%(title)s") % words,
            _("%(when)s，%(name)s，%(people)s人取消报名。") % words,
        )
    if by != sign_up.volunteer.user:
        body = _("%(when)s的报名已由工作人员取消。有疑问请联系带队人。") % words
        notify(sign_up.volunteer.user, kind="withdrawn", subject=_("报名已取消：%(title)s") % words, body=body)


def cancelled(project: Project, sign_ups: Iterable[SignUp], *, reason: str, by: Any) -> None:
    """Everyone signed up, the person in charge and the officers, with the reason."""
    count = 0
    for sign_up in sign_ups:
        words = _words(sign_up) | {"reason": reason}
        notify(
            sign_up.volunteer.user,
            kind="cancelled",
            subject=_("已取消：%(title)s") % words,
            body=_("%(when)s的服务取消了，您不用去了。原因：%(reason)s") % words,
            url=project.get_absolute_url(),
        )
        count += 1
    words = {"title": project.title, "reason": reason, "count": count}
    others = {project.in_charge, *officers()} - {by}
    for user in sorted(others, key=lambda user: user.pk):
        body = _("已通知%(count)s位报名的人。原因：%(reason)s") % words
        notify(
            user, kind="cancelled", subject=_("已取消：%(title)s") % words, body=body, url=project.get_absolute_url()
        )


def moved_in_time(shift: Shift, sign_ups: Iterable[SignUp]) -> None:
    """The shift has another time now."""
    for sign_up in sign_ups:
        words = _words(sign_up)
        body = _("现在是%(when)s，%(place)s。去不了时请在服务台取消报名。") % words
        notify(
            sign_up.volunteer.user,
            kind="shift_moved",
            subject=_("时间变了：%(title)s") % words,
            body=body,
            url=reverse("volunteers:desk"),
        )


def roll_taken(shift: Shift, records: Iterable[ServiceRecord], *, by: Any) -> None:
    """Each volunteer about their own minutes; person in charge and officers that records wait."""
    count = 0
    for record in records:
        count += 1
        words = _record_words(record)
        body = _("%(date)s，%(hours)s小时，等另一位工作人员确认后计入。不对的话，请在服务台提出异议。") % words
        notify(
            record.volunteer.user,
            kind="roll_taken",
            subject=_("已点名：%(title)s") % words,
            body=body,
            url=reverse("volunteers:account"),
        )
    words = {"title": shift.project.title, "when": when(shift), "count": count}
    for user in sorted({shift.project.in_charge, *officers()} - {by}, key=lambda user: user.pk):
        body = _("%(when)s，%(count)s笔服务记录等另一人确认。") % words
        notify(
            user,
            kind="roll_taken",
            subject=_("点名已交：%(title)s") % words,
            body=body,
            url=reverse("volunteers:to_confirm"),
        )


def confirmed(record: ServiceRecord) -> None:
    """The volunteer: it counts now."""
    words = _record_words(record)
    body = _("%(date)s，%(hours)s小时，已计入您的时长存折。") % words
    _tell_volunteer(record, "record_confirmed", _("时长已确认：%(title)s") % words, body)


def disputed(record: ServiceRecord) -> None:
    """Person in charge and officers: somebody has to look."""
    words = _record_words(record) | {"reason": record.reason, "name": record.volunteer.masked_name}
    for user in sorted({record.project.in_charge, *officers()} - {record.volunteer.user}, key=lambda user: user.pk):
        notify(
            user,
            kind="record_disputed",
            subject=_("服务记录有异议：%(title)s") % words,
            body=_("%(date)s，%(name)s，%(hours)s小时。理由：%(reason)s") % words,
            url=reverse("volunteers:record", args=[record.pk]),
        )


def corrected(record: ServiceRecord) -> None:
    """The volunteer: what it says now."""
    words = _record_words(record)
    body = _("%(date)s，改为%(hours)s小时，等另一位工作人员确认后计入。") % words
    _tell_volunteer(record, "record_corrected", _("服务记录已更正：%(title)s") % words, body)


def voided(record: ServiceRecord) -> None:
    """The volunteer: it does not count, and why."""
    words = _record_words(record) | {"reason": record.reason}
    body = _("%(date)s的记录作废，不计入时长。原因：%(reason)s") % words
    _tell_volunteer(record, "record_voided", _("服务记录已作废：%(title)s") % words, body)


def _tell_volunteer(record: ServiceRecord, kind: str, subject: str, body: str) -> None:
    notify(record.volunteer.user, kind=kind, subject=subject, body=body, url=reverse("volunteers:account"))


def _tell_in_charge(shift: Shift, kind: str, subject: str, body: str) -> None:
    notify(
        shift.project.in_charge, kind=kind, subject=subject, body=body, url=reverse("volunteers:roll", args=[shift.pk])
    )


def _words(sign_up: SignUp) -> dict[str, Any]:
    shift = sign_up.shift
    return {
        "title": shift.project.title,
        "when": when(shift),
        "place": shift.project.venue,
        "name": sign_up.volunteer.masked_name,
        "people": sign_up.party_size,
        "state": sign_up.get_state_display(),
    }


def _record_words(record: ServiceRecord) -> dict[str, Any]:
    return {"title": record.activity, "date": whole_date(record.date), "hours": hours(record.minutes)}


def person_corrected(volunteer: Volunteer, corrections: Sequence[Correction]) -> None:
    """The volunteer: which data, why, and what to do if it is wrong."""
    words = {
        "what": "、".join(str(correction.get_field_display()) for correction in corrections),
        "why": corrections[0].why,
    }
    notify(
        volunteer.user,
        kind="person_corrected",
        subject=_("您的%(what)s已更正") % words,
        body=_("工作人员更正了您登记的%(what)s。原因：%(why)s。不对的话，请打咨询电话。") % words,
        url=reverse("volunteers:profile"),
    )
