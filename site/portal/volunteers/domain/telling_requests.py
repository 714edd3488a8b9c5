"""Who is told what about certificates that are asked for, in the transaction that makes it true."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.models import Certificate
from portal.notices.domain import notify, say
from portal.organisations.models import Organisation
from portal.volunteers.domain.telling import officers
from portal.volunteers.models import CertificateRequest, Volunteer


def certificate_dropped(
    volunteer: Volunteer,
    certificate: Certificate,
    *,
    reason: str,
    again: Certificate | CertificateRequest | None = None,
    refusal: str = "",
) -> None:
    """The holder: it was never issued, why, and what takes its place or keeps that from happening.

    `reason` and `refusal` are lazy: said in each language.
    """

    def wording() -> tuple[str, str]:
        words = {"number": certificate.number, "reason": reason, "refusal": refusal}
        body = _("制作期间%(reason)s，这个编号没有出具，作废。") % words
        if isinstance(again, CertificateRequest):
            body += _("已按现在确认的记录重新申请，等主管核对。")
        elif again:
            body += _("已按现在确认的记录重新办理，新编号%(newer)s。") % {"newer": again.number}
        else:
            body += _("没有重新办理：%(refusal)s") % words
        return _("证明没有出具：%(number)s") % words, body

    notify(volunteer.user, say(wording), kind="certificate_dropped", url=reverse("volunteers:certificates"))


def asked_for_by_body(volunteer: Volunteer, body: Organisation, number: str) -> None:
    """The holder: a body that may has asked in their name."""

    def wording() -> tuple[str, str]:
        words = {"body": body.name, "number": number}
        text = _("编号%(number)s，做好后在您的服务台。不想让它再替您申请，可以在“我的组织”里收回同意。")
        return _("%(body)s替您申请了证明") % words, text % words

    notify(volunteer.user, say(wording), kind="certificate_asked_for", url=reverse("volunteers:certificates"))


def request_waits(request: CertificateRequest) -> None:
    """The officers who may decide; and the volunteer, when a body asked."""
    words = {"name": request.volunteer.masked_name, "body": request.body or ""}
    said = say(
        lambda: (
            _("请核对一份证明申请"),
            _("志愿者%(name)s的记录证明。核对后同意，或写明为什么不同意。") % words,
        )
    )
    for user in officers().exclude(pk__in=[request.asked_by_id, request.volunteer.user_id]):
        notify(user, said, kind="certificate_request", url=reverse("certificates_staff:request", args=[request.pk]))
    if request.body:
        said = say(
            lambda: (
                _("%(body)s替您申请了证明") % words,
                _("要等主管核对。您不同意的话，可以在服务台收回这份申请。"),
            )
        )
        url = reverse("volunteers:certificates")
        notify(request.volunteer.user, said, kind="certificate_asked_for", url=url)


def request_approved(request: CertificateRequest) -> None:
    """Holder, and whoever asked in their name: the number; that the sheet is ready comes by its own notice."""

    def subject() -> str:
        words = {"number": request.certificate.number if request.certificate else ""}
        return _("证明申请已同意，编号%(number)s，正在制作") % words

    _tell_both(request, "certificate_approved", lambda: (subject(), ""))


def request_refused(request: CertificateRequest) -> None:
    """The same people: why not."""

    def wording() -> tuple[str, str]:
        body = _("原因：%(note)s。有不明白的，请打咨询电话。") % {"note": request.note}
        return _("证明申请没有通过"), body

    _tell_both(request, "certificate_refused", wording)


def _tell_both(request: CertificateRequest, kind: str, wording: Callable[[], tuple[str, str]]) -> None:
    """The holder, and whoever asked in their name, who is told whose it is."""

    def about() -> tuple[str, str]:
        subject, body = wording()
        return subject, _("%(name)s的证明。") % {"name": request.volunteer.masked_name} + body

    holder, asker = request.volunteer.user, request.asked_by
    notify(holder, say(wording), kind=kind, url=reverse("volunteers:certificates"))
    if asker != holder:
        notify(asker, say(about), kind=kind)
