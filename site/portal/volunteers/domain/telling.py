"""Who is told what, in the transaction that makes it true."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.core.queries import rules
from portal.core.templatetags.yinling import whole_date
from portal.notices.domain import Said, notify, say
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

    def wording() -> tuple[str, str]:
        words = _words(sign_up)
        if not sign_up.is_waiting:
            body = _("%(when)s，%(place)s。请提前10分钟到。去不了时请尽早取消报名，好让候补的人补上。")
            return _("报名成功：%(title)s") % words, body % words
        words["position"] = sign_up.position
        return (
            _("已加入候补第%(position)s位：%(title)s") % words,
            _("%(when)s，%(place)s。前面有人取消时按次序递补，轮到您会立即通知。") % words,
        )

    def wording_in_charge() -> tuple[str, str]:
        words = _words(sign_up)
        return _("有人报名：%(title)s") % words, _("%(when)s，%(name)s，%(people)s人，%(state)s。") % words

    shift = sign_up.shift
    notify(sign_up.volunteer.user, say(wording), kind="signed_up", url=shift.project.get_absolute_url())
    _tell_in_charge(shift, say(wording_in_charge), "signed_up")


def moved_up(sign_up: SignUp) -> None:
    """A waiting party got its places."""

    def wording() -> tuple[str, str]:
        words = _words(sign_up)
        body = _("%(when)s，%(place)s，已为您留好%(people)s个名额。去不了时请在服务台取消报名，让给下一位。")
        return _("候补轮到您了：%(title)s") % words, body % words

    def wording_in_charge() -> tuple[str, str]:
        words = _words(sign_up)
        return _("候补已递补：%(title)s") % words, _("%(when)s，%(name)s，%(people)s人。") % words

    notify(sign_up.volunteer.user, say(wording), kind="moved_up", url=reverse("volunteers:desk"))
    _tell_in_charge(sign_up.shift, say(wording_in_charge), "moved_up")


def withdrawn(sign_up: SignUp, *, by: Any) -> None:
    """The person in charge when it is late; the volunteer when somebody else did it."""

    def wording() -> tuple[str, str]:
        words = _words(sign_up)
        body = _("%(when)s的报名已由工作人员取消。有疑问请联系带队人。")
        return _("报名已取消：%(title)s") % words, body % words

    def wording_in_charge() -> tuple[str, str]:
        words = _words(sign_up)
        return _("临时有人取消报名：%(title)s") % words, _("%(when)s，%(name)s，%(people)s人取消报名。") % words

    shift = sign_up.shift
    late = shift.starts_at - timezone.now() < timedelta(hours=rules().late_withdrawal_hours)
    if late and by != shift.project.in_charge:
        _tell_in_charge(shift, say(wording_in_charge), "withdrawn_late")
    if by != sign_up.volunteer.user:
        notify(sign_up.volunteer.user, say(wording), kind="withdrawn")


def cancelled(project: Project, sign_ups: Iterable[SignUp], *, reason: str, by: Any) -> None:
    """Everyone signed up, the person in charge and the officers, with the reason."""
    count = 0
    for sign_up in sign_ups:
        said = say(partial(_cancelled, sign_up, reason))
        notify(sign_up.volunteer.user, said, kind="cancelled", url=project.get_absolute_url())
        count += 1
    words = {"title": project.title, "reason": reason, "count": count}
    said = say(lambda: (_("已取消：%(title)s") % words, _("已通知%(count)s位报名的人。原因：%(reason)s") % words))
    others = {project.in_charge, *officers()} - {by}
    for user in sorted(others, key=lambda user: user.pk):
        notify(user, said, kind="cancelled", url=project.get_absolute_url())


def _cancelled(sign_up: SignUp, reason: str) -> tuple[str, str]:
    words = _words(sign_up) | {"reason": reason}
    return _("已取消：%(title)s") % words, _("%(when)s的服务取消了，您不用去了。原因：%(reason)s") % words


def moved_in_time(shift: Shift, sign_ups: Iterable[SignUp]) -> None:
    """The shift has another time now."""
    for sign_up in sign_ups:
        said = say(partial(_moved_in_time, sign_up))
        notify(sign_up.volunteer.user, said, kind="shift_moved", url=reverse("volunteers:desk"))


def _moved_in_time(sign_up: SignUp) -> tuple[str, str]:
    words = _words(sign_up)
    body = _("现在是%(when)s，%(place)s。去不了时请在服务台取消报名。")
    return _("时间变了：%(title)s") % words, body % words


def roll_taken(shift: Shift, records: Iterable[ServiceRecord], *, by: Any) -> None:
    """Each volunteer about their own minutes; person in charge and officers that records wait."""
    count = 0
    for record in records:
        count += 1
        _tell_volunteer(record, say(partial(_on_the_roll, record)), "roll_taken")

    def wording() -> tuple[str, str]:
        words = {"title": shift.project.title, "when": when(shift), "count": count}
        return _("点名已交：%(title)s") % words, _("%(when)s，%(count)s笔服务记录等另一人确认。") % words

    said = say(wording)
    for user in sorted({shift.project.in_charge, *officers()} - {by}, key=lambda user: user.pk):
        notify(user, said, kind="roll_taken", url=reverse("volunteers:to_confirm"))


def _on_the_roll(record: ServiceRecord) -> tuple[str, str]:
    words = _record_words(record)
    body = _("%(date)s，%(hours)s小时，等另一位工作人员确认后计入。不对的话，请在服务台提出异议。")
    return _("已点名：%(title)s") % words, body % words


def confirmed(record: ServiceRecord) -> None:
    """The volunteer: it counts now."""

    def wording() -> tuple[str, str]:
        words = _record_words(record)
        return _("时长已确认：%(title)s") % words, _("%(date)s，%(hours)s小时，已计入您的时长存折。") % words

    _tell_volunteer(record, say(wording), "record_confirmed")


def disputed(record: ServiceRecord) -> None:
    """Person in charge and officers: somebody has to look."""

    def wording() -> tuple[str, str]:
        words = _record_words(record) | {"reason": record.reason, "name": record.volunteer.masked_name}
        body = _("%(date)s，%(name)s，%(hours)s小时。理由：%(reason)s")
        return _("服务记录有异议：%(title)s") % words, body % words

    said = say(wording)
    for user in sorted({record.project.in_charge, *officers()} - {record.volunteer.user}, key=lambda user: user.pk):
        notify(user, said, kind="record_disputed", url=reverse("volunteers:record", args=[record.pk]))


def corrected(record: ServiceRecord) -> None:
    """The volunteer: what it says now."""

    def wording() -> tuple[str, str]:
        words = _record_words(record)
        body = _("%(date)s，改为%(hours)s小时，等另一位工作人员确认后计入。")
        return _("服务记录已更正：%(title)s") % words, body % words

    _tell_volunteer(record, say(wording), "record_corrected")


def voided(record: ServiceRecord) -> None:
    """The volunteer: it does not count, and why."""

    def wording() -> tuple[str, str]:
        words = _record_words(record) | {"reason": record.reason}
        body = _("%(date)s的记录作废，不计入时长。原因：%(reason)s")
        return _("服务记录已作废：%(title)s") % words, body % words

    _tell_volunteer(record, say(wording), "record_voided")


def _tell_volunteer(record: ServiceRecord, said: Said, kind: str) -> None:
    notify(record.volunteer.user, said, kind=kind, url=reverse("volunteers:account"))


def _tell_in_charge(shift: Shift, said: Said, kind: str) -> None:
    notify(shift.project.in_charge, said, kind=kind, url=reverse("volunteers:roll", args=[shift.pk]))


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

    def wording() -> tuple[str, str]:
        fields = (str(correction.get_field_display()) for correction in corrections)
        words = {"what": _("、").join(fields), "why": corrections[0].why}
        body = _("工作人员更正了您登记的%(what)s。原因：%(why)s。不对的话，请打咨询电话。")
        return _("您的%(what)s已更正") % words, body % words

    notify(volunteer.user, say(wording), kind="person_corrected", url=reverse("volunteers:profile"))
