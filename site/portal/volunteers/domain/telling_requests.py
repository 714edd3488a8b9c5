"""Who is told what about certificates that are asked for, in the transaction that makes it true."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.models import Certificate
from portal.notices.domain import notify
from portal.organisations.models import Organisation
from portal.volunteers.domain.telling import officers
from portal.volunteers.models import CertificateRequest, Volunteer


def certificate_dropped(
    volunteer: Volunteer,
    certificate: Certificate,
    *,
    again: Certificate | CertificateRequest | None = None,
    refusal: str = "",
) -> None:
    """The holder: it was never issued, why, and what takes its place or keeps that from happening."""
    words = {"number": certificate.number, "reason": certificate.outdated_reason, "refusal": refusal}
    body = _("制作期间%(reason)s，这个编号没有出具，作废。") % words
    if isinstance(again, CertificateRequest):
        body += _("已按现在确认的记录重新申请，等主管核对。")
    elif again:
        body += _("已按现在确认的记录重新办理，新编号%(newer)s。") % {"newer": again.number}
    else:
        body += _("没有重新办理：%(refusal)s") % words
    notify(
        volunteer.user,
        kind="certificate_dropped",
        subject=_("证明没有出具：%(number)s") % words,
        body=body,
        url=reverse("volunteers:certificates"),
    )


def asked_for_by_body(volunteer: Volunteer, body: Organisation, number: str) -> None:
    """The holder: a body that may has asked in their name."""
    words = {"body": body.name, "number": number}
    notify(
        volunteer.user,
        kind="certificate_asked_for",
        subject=_("%(body)s替您申请了证明") % words,
        body=_("编号%(number)s，做好后在您的服务台。不想让它再替您申请，可以在“我的组织”里收回同意。") % words,
        url=reverse("volunteers:certificates"),
    )


def request_waits(request: CertificateRequest) -> None:
    """The officers who may decide; and the volunteer, when a body asked."""
    words = {"name": request.volunteer.masked_name, "body": request.body or ""}
    for user in officers().exclude(pk__in=[request.asked_by_id, request.volunteer.user_id]):
        notify(
            user,
            kind="certificate_request",
            subject=_("请核对一份证明申请"),
            body=_("志愿者%(name)s的记录证明。核对后同意，或写明为什么不同意。") % words,
            url=reverse("certificates_staff:request", args=[request.pk]),
        )
    if request.body:
        notify(
            request.volunteer.user,
            kind="certificate_asked_for",
            subject=_("%(body)s替您申请了证明") % words,
            body=_("要等主管核对。您不同意的话，可以在服务台收回这份申请。"),
            url=reverse("volunteers:certificates"),
        )


def request_approved(request: CertificateRequest) -> None:
    """Holder, and whoever asked in their name: the number; that the sheet is ready comes by its own notice."""
    words = {"number": request.certificate.number if request.certificate else ""}
    _tell_both(request, "certificate_approved", _("证明申请已同意，编号%(number)s，正在制作") % words, "")


def request_refused(request: CertificateRequest) -> None:
    """The same people: why not."""
    body = _("原因：%(note)s。有不明白的，请打咨询电话。") % {"note": request.note}
    _tell_both(request, "certificate_refused", _("证明申请没有通过"), body)


def _tell_both(request: CertificateRequest, kind: str, subject: str, body: str) -> None:
    people: dict[int, Any] = {user.pk: user for user in (request.volunteer.user, request.asked_by)}
    for user in people.values():
        own = user.pk == request.volunteer.user_id
        url = reverse("volunteers:certificates") if own else ""
        about = "" if own else _("%(name)s的证明。") % {"name": request.volunteer.masked_name}
        notify(user, kind=kind, subject=subject, body=f"{about}{body}", url=url)
