"""Who is told of a certificate that was made, failed, corrected or ended, in the transaction that makes it true."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.enums import State
from certificates.models import Certificate, Revocation, SigningKey
from certificates.wording import hours
from portal.accounts.models import User
from portal.core.templatetags.yinling import whole_date
from portal.notices.domain import notify
from portal.volunteers.domain.telling import officers
from portal.volunteers.models import Volunteer


def certificate_ready(volunteer: Volunteer, number: str) -> None:
    """The holder: it can be downloaded."""
    notify(
        volunteer.user,
        kind="certificate_ready",
        subject=_("证明做好了：%(number)s") % {"number": number},
        body=_("可以在服务台下载PDF。纸质件和电子件都能凭编号联网核验。"),
        url=reverse("volunteers:certificates"),
    )


def certificate_stuck(volunteer: Volunteer, number: str) -> None:
    """The officers: the worker has given up, somebody has to look."""
    for user in officers():
        notify(
            user,
            kind="certificate_failed",
            subject=_("证明没有做成：%(number)s") % {"number": number},
            body=_("志愿者%(name)s在等。请查看后台的证书，排除问题后重做。") % {"name": volunteer.masked_name},
        )


def key_ending(key: SigningKey) -> None:
    """The officers: a key ends soon or has ended; operators rotate it, and get a mail of their own."""
    words = {"use": key.get_use_display(), "day": whole_date(key.valid_until)}
    subject = _("%(use)s密钥已到期") if key.has_ended else _("%(use)s密钥快到期了")
    body = _("有效期到%(day)s。换新密钥由平台运维人员办理，请联系他们。从前签好的不受影响。")
    for user in officers():
        notify(user, kind="key_ending", subject=subject % words, body=body % words)


def certificate_outdated(volunteer: Volunteer, number: str, *, reason: str, by: Any) -> None:
    """Holder and officers: what the sheet says was corrected, another must take its place."""
    words = {"number": number, "reason": reason, "name": volunteer.masked_name}
    subject = _("证明要换新：%(number)s") % words
    notify(
        volunteer.user,
        kind="certificate_outdated",
        subject=subject,
        body=_("证明上的内容后来更正了，请不要再用这一张。更正的时长确认后，在服务台开一张新的。原因：%(reason)s")
        % words,
        url=reverse("volunteers:certificates"),
    )
    body = _("志愿者%(name)s的这张证明上有后来更正的内容，要换一张新的。原因：%(reason)s") % words
    for user in sorted(set(officers()) - {by, volunteer.user}, key=lambda user: user.pk):
        notify(user, kind="certificate_outdated", subject=subject, body=body)


def certificate_ended(volunteer: Volunteer, certificate: Certificate) -> None:
    """The holder: another took its place, or it was revoked, and why."""
    words = {"number": certificate.number, "reason": certificate.revoked_reason}
    if certificate.state == State.REVOKED:
        subject = _("证明已撤销：%(number)s") % words
        words["ground"] = certificate.get_revoked_ground_display()
        body = _("撤销事由：%(ground)s。具体情况：%(reason)s。联网核验会显示已撤销和事由。不对的话，请打咨询电话。")
    else:
        subject = _("证明已换新：%(number)s") % words
        newer = Certificate.objects.get(replaces=certificate)
        words["newer"] = newer.number
        body = _("这一张不再使用，请用新的%(newer)s。已经交出去的，请告诉收到的人。")
        if newer.facts.minutes != certificate.facts.minutes:
            words |= {"old": hours(certificate.facts.minutes), "new": hours(newer.facts.minutes)}
            body += _("时长有变：原来%(old)s小时，新的一张%(new)s小时。")
    notify(
        volunteer.user,
        kind="certificate_ended",
        subject=subject,
        body=body % words,
        url=reverse("volunteers:certificates"),
    )


def revocation_proposed(certificate: Certificate, revocation: Revocation, *, by: Any) -> None:
    """The other officers: one of them has to look at it."""
    words = {"number": certificate.number, "name": by.name, "ground": revocation.get_ground_display()}
    for user in officers().exclude(pk=by.pk):
        notify(
            user,
            kind="revocation_proposed",
            subject=_("请确认撤销证书：%(number)s") % words,
            body=_("%(name)s提出撤销，事由：%(ground)s。请核对后确认，或写明为什么不同意。") % words,
            url=reverse("certificates_staff:certificate", args=[certificate.pk]),
        )


def revocation_declined(certificate: Certificate, revocation: Revocation) -> None:
    """Whoever proposed it: why not."""
    words = {"number": certificate.number, "note": revocation.note}
    for user in User.objects.filter(pk=revocation.proposed_by, is_active=True):
        notify(
            user,
            kind="revocation_declined",
            subject=_("撤销没有通过：%(number)s") % words,
            body=_("证书继续有效。说明：%(note)s") % words,
            url=reverse("certificates_staff:certificate", args=[certificate.pk]),
        )


def revocation_lapsed(certificate: Certificate, revocation: Revocation) -> None:
    """Whoever proposed it: what they doubted was replaced, and the new one may be as doubtful."""
    words = {"number": certificate.number}
    for user in User.objects.filter(pk=revocation.proposed_by, is_active=True):
        notify(
            user,
            kind="revocation_lapsed",
            subject=_("证书已换发，撤销没有办：%(number)s") % words,
            body=_("您提出撤销以前，换发已经在办，新证书现在已出具。新证书也该撤销的，请对新证书提出。") % words,
            url=reverse("certificates_staff:certificate", args=[certificate.pk]),
        )
