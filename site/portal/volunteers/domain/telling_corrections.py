"""Who is told what about contested certificates, in the transaction that makes it true."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.queries import rules
from portal.core.templatetags.yinling import whole_date
from portal.notices.domain import Said, notify, say
from portal.organisations.queries import managers_of
from portal.volunteers.domain.deadline import answer_by
from portal.volunteers.domain.telling import officers
from portal.volunteers.models import CorrectionRequest, ServiceRecord
from portal.volunteers.queries import disputed_at


def asked(request: CorrectionRequest) -> None:
    """The officers; and of a line those who recorded it, with a link to their record and nothing of the certificate."""

    def wording() -> tuple[str, str]:
        words = _words(request)
        body = _("志愿者%(name)s说：%(claim)s。请在%(due)s前答复。")
        return _("请答复更正申请：%(number)s") % words, body % words

    said = say(wording)
    for user in officers().exclude(pk=request.volunteer.user_id):
        notify(user, said, kind="correction_asked", url=reverse("certificates_staff:correction", args=[request.pk]))
    if request.record is not None:
        _tell_recorders(request, request.record)


def _tell_recorders(request: CorrectionRequest, record: ServiceRecord) -> None:
    def wording() -> tuple[str, str]:
        words = _words(request) | {"title": record.activity}
        body = _("志愿者%(name)s说：%(claim)s。请核对后更正或作废，好让主管在%(due)s前答复。")
        return _("请核对一笔服务记录：%(title)s") % words, body % words

    said, project = say(wording), record.project
    people = {project.in_charge, *managers_of(project.organiser)} - {request.volunteer.user, *officers()}
    for user in sorted(people, key=lambda user: user.pk):
        notify(user, said, kind="correction_asked", url=reverse("volunteers:record", args=[record.pk]))


def withdrawn(request: CorrectionRequest) -> None:
    """The officers: there is nothing to answer any more, but the record is still disputed and has its own day."""
    due_on = answer_by(timezone.localdate(disputed_at(request.record) or request.asked_at), rules())

    def wording() -> tuple[str, str]:
        words = _words(request) | {"title": request.record.activity, "due": whole_date(due_on)}
        body = _("志愿者%(name)s收回了对%(number)s的更正申请，这笔服务记录还要在%(due)s前更正或作废。")
        return _("更正申请已收回，记录仍有异议：%(title)s") % words, body % words

    said = say(wording)
    for user in officers().exclude(pk=request.volunteer.user_id):
        notify(user, said, kind="correction_asked", url=reverse("volunteers:record", args=[request.record_id]))


def corrected(request: CorrectionRequest) -> None:
    """The holder: it was put right."""

    def wording() -> tuple[str, str]:
        subject = _("证明%(number)s已更正，正在换发") % {"number": request.number}
        return subject, _("新的做好后通知您，旧的一张到那时停用。")

    _tell_holder(request, say(wording))


def refused(request: CorrectionRequest) -> None:
    """The holder: why not."""
    words = {"number": request.number, "answer": request.answer}
    said = say(lambda: (_("证明%(number)s没有更正") % words, _("答复：%(answer)s。还有疑问，请打咨询电话。") % words))
    _tell_holder(request, said)


def due(request: CorrectionRequest) -> None:
    """The officers: the day is near, or over."""

    def wording() -> tuple[str, str]:
        words = _words(request)
        return _("更正申请快到期或已过期：%(number)s") % words, _("答复期限是%(due)s。") % words

    said = say(wording)
    for user in officers().exclude(pk=request.volunteer.user_id):
        notify(user, said, kind="correction_due", url=reverse("certificates_staff:correction", args=[request.pk]))


def _tell_holder(request: CorrectionRequest, said: Said) -> None:
    notify(request.volunteer.user, said, kind="correction_answered", url=reverse("volunteers:certificates"))


def _words(request: CorrectionRequest) -> dict[str, str]:
    return {
        "number": request.number,
        "name": request.volunteer.masked_name,
        "claim": request.claim,
        "due": whole_date(request.due_on),
    }
