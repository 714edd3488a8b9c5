"""Who is told of a certificate that was made, failed, corrected or ended, in the transaction that makes it true."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.enums import State
from certificates.models import Certificate, Revocation, SigningKey
from certificates.wording import hours
from portal.accounts.models import User
from portal.core.templatetags.yinling import whole_date
from portal.notices.domain import notify, say
from portal.volunteers.domain.telling import officers
from portal.volunteers.models import Volunteer


def certificate_ready(volunteer: Volunteer, number: str) -> None:
    """The holder: it can be downloaded."""
    said = say(
        lambda: (
            _("证明做好了：%(number)s") % {"number": number},
            _("可以在服务台下载PDF。纸质件和电子件都能凭编号联网核验。"),
        )
    )
    notify(volunteer.user, said, kind="certificate_ready", url=reverse("volunteers:certificates"))


def certificate_stuck(volunteer: Volunteer, number: str) -> None:
    """The officers: the worker has given up, somebody has to look."""
    said = say(
        lambda: (
            _("证明没有做成：%(number)s") % {"number": number},
            _("志愿者%(name)s在等。请查看后台的证书，排除问题后重做。") % {"name": volunteer.masked_name},
        )
    )
    for user in officers():
        notify(user, said, kind="certificate_failed")


def key_ending(key: SigningKey) -> None:
    """The officers: a key ends soon or has ended; operators rotate it, and get a mail of their own."""

    def wording() -> tuple[str, str]:
        words = {"use": key.get_use_display(), "day": whole_date(key.valid_until)}
        subject = _("%(use)s密钥已到期") if key.has_ended else _("%(use)s密钥快到期了")
        body = _("有效期到%(day)s。换新密钥由平台运维人员办理，请联系他们。从前签好的不受影响。")
        return subject % words, body % words

    said = say(wording)
    for user in officers():
        notify(user, said, kind="key_ending")


def certificate_outdated(volunteer: Volunteer, number: str, *, reason: str, by: Any) -> None:
    """Holder and officers: what the sheet says was corrected, another must take its place."""
    words = {"number": number, "reason": reason, "name": volunteer.masked_name}

    def wording() -> tuple[str, str]:
        body = _("证明上的内容后来更正了，请不要再用这一张。更正的时长确认后，在服务台开一张新的。原因：%(reason)s")
        return _("证明要换新：%(number)s") % words, body % words

    def wording_for_officers() -> tuple[str, str]:
        body = _("志愿者%(name)s的这张证明上有后来更正的内容，要换一张新的。原因：%(reason)s")
        return _("证明要换新：%(number)s") % words, body % words

    notify(volunteer.user, say(wording), kind="certificate_outdated", url=reverse("volunteers:certificates"))
    said = say(wording_for_officers)
    for user in sorted(set(officers()) - {by, volunteer.user}, key=lambda user: user.pk):
        notify(user, said, kind="certificate_outdated")


def certificate_ended(volunteer: Volunteer, certificate: Certificate) -> None:
    """The holder: another took its place, or it was revoked, and why."""
    if certificate.state == State.REVOKED:
        said = say(partial(_revoked, certificate))
    else:
        said = say(partial(_superseded, certificate, Certificate.objects.get(replaces=certificate)))
    notify(volunteer.user, said, kind="certificate_ended", url=reverse("volunteers:certificates"))


def _revoked(certificate: Certificate) -> tuple[str, str]:
    words = {
        "number": certificate.number,
        "reason": certificate.revoked_reason,
        "ground": certificate.get_revoked_ground_display(),
    }
    body = _("撤销事由：%(ground)s。具体情况：%(reason)s。联网核验会显示已撤销和事由。不对的话，请打咨询电话。")
    return _("证明已撤销：%(number)s") % words, body % words


def _superseded(certificate: Certificate, newer: Certificate) -> tuple[str, str]:
    words = {"number": certificate.number, "newer": newer.number}
    body = _("这一张不再使用，请用新的%(newer)s。已经交出去的，请告诉收到的人。")
    if newer.facts.minutes != certificate.facts.minutes:
        words |= {"old": hours(certificate.facts.minutes), "new": hours(newer.facts.minutes)}
        body += _("时长有变：原来%(old)s小时，新的一张%(new)s小时。")
    return _("证明已换新：%(number)s") % words, body % words


def revocation_proposed(certificate: Certificate, revocation: Revocation, *, by: Any) -> None:
    """The other officers: one of them has to look at it."""

    def wording() -> tuple[str, str]:
        words = {"number": certificate.number, "name": by.name, "ground": revocation.get_ground_display()}
        body = _("%(name)s提出撤销，事由：%(ground)s。请核对后确认，或写明为什么不同意。")
        return _("请确认撤销证书：%(number)s") % words, body % words

    said = say(wording)
    for user in officers().exclude(pk=by.pk):
        notify(user, said, kind="revocation_proposed", url=_staff_page(certificate))


def revocation_declined(certificate: Certificate, revocation: Revocation) -> None:
    """Whoever proposed it: why not."""
    words = {"number": certificate.number, "note": revocation.note}
    said = say(lambda: (_("撤销没有通过：%(number)s") % words, _("证书继续有效。说明：%(note)s") % words))
    for user in User.objects.filter(pk=revocation.proposed_by, is_active=True):
        notify(user, said, kind="revocation_declined", url=_staff_page(certificate))


def revocation_lapsed(certificate: Certificate, revocation: Revocation) -> None:
    """Whoever proposed it: what they doubted was replaced, and the new one may be as doubtful."""
    said = say(
        lambda: (
            _("证书已换发，撤销没有办：%(number)s") % {"number": certificate.number},
            _("您提出撤销以前，换发已经在办，新证书现在已出具。新证书也该撤销的，请对新证书提出。"),
        )
    )
    for user in User.objects.filter(pk=revocation.proposed_by, is_active=True):
        notify(user, said, kind="revocation_lapsed", url=_staff_page(certificate))


def _staff_page(certificate: Certificate) -> str:
    return reverse("certificates_staff:certificate", args=[certificate.pk])
