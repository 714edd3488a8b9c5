"""Who is told what of stars and rounds, in the transaction that makes it true."""

from collections.abc import Callable, Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.models import Certificate
from portal.accounts.models import User
from portal.core.templatetags.yinling import whole_date
from portal.honours.models import Round, StarApplication
from portal.notices.domain import notify, say
from portal.organisations.models import Organisation
from portal.organisations.queries import managers_of
from portal.volunteers.domain.minutes import hours
from portal.volunteers.domain.telling import officers


def applied(application: StarApplication) -> None:
    """The volunteer: until when it is public."""

    def wording() -> tuple[str, str]:
        words = _words(application)
        body = _("公示到%(until)s。公示期满、没有异议的，由主管评定，结果会通知您。")
        return _("%(star)s的申请已公示") % words, body % words

    _tell_volunteer(application, "star_applied", wording)


def objected(application: StarApplication) -> None:
    """The volunteer: a decision takes longer; who said what stays inside."""

    def wording() -> tuple[str, str]:
        body = _("公示中有人提出异议，主管正在核实，核实后才评定，结果会通知您。")
        return _("%(star)s的申请有异议") % _words(application), body

    _tell_volunteer(application, "star_objected", wording)


def star_refused(application: StarApplication) -> None:
    """The volunteer: why."""

    def wording() -> tuple[str, str]:
        words = _words(application)
        body = _("原因：%(note)s。不对的话，请打咨询电话；情况变了可以再申请。")
        return _("%(star)s没有通过") % words, body % words

    _tell_volunteer(application, "star_refused", wording)


def star_awarded(application: StarApplication) -> None:
    """The volunteer."""

    def wording() -> tuple[str, str]:
        return _("您已评定为%(star)s") % _words(application), _("证书正在制作，做好后在服务台下载。")

    _tell_volunteer(application, "star_awarded", wording)


def star_proposed(application: StarApplication, *, by: Any) -> None:
    """The other officers: one of them decides."""

    def wording() -> tuple[str, str]:
        words = {**_words(application), "name": by.name, "who": application.volunteer.masked_name}
        body = _("%(name)s已审核，公示期满。请核对后批准，或写明为什么退回。")
        return _("请批准：%(who)s评定为%(star)s") % words, body % words

    said = say(wording)
    for user in officers().exclude(pk__in=[by.pk, application.applied_by_id]):
        notify(user, said, kind="star_proposed", url=reverse("honours_staff:star", args=[application.pk]))


def star_returned(application: StarApplication, proposer: Any, *, note: str) -> None:
    """Whoever proposed it."""

    def wording() -> tuple[str, str]:
        words = {**_words(application), "who": application.volunteer.masked_name, "note": note}
        return _("退回：%(who)s评定为%(star)s") % words, _("说明：%(note)s") % words

    notify(proposer, say(wording), kind="star_returned", url=reverse("honours_staff:star", args=[application.pk]))


def round_proposed(award: Round, *, by: Any, chosen: int) -> None:
    """The other officers: one of them approves."""
    words = {"title": award.title, "name": by.name, "count": chosen}
    said = say(
        lambda: (
            _("请批准颁发证书：%(title)s") % words,
            _("%(name)s提出，共%(count)s张。请核对名单后批准，或写明为什么退回。") % words,
        )
    )
    for user in officers().exclude(pk=by.pk):
        notify(user, said, kind="round_proposed", url=reverse("honours_staff:round", args=[award.pk]))


def round_returned(award: Round, proposer: Any) -> None:
    """Whoever proposed it."""
    words = {"title": award.title, "note": award.note}
    said = say(lambda: (_("退回：%(title)s") % words, _("说明：%(note)s") % words))
    notify(proposer, said, kind="round_returned", url=reverse("honours_staff:round", args=[award.pk]))


def round_done(award: Round, *, issued: int, left_out: int) -> None:
    """Who proposed and who approved: how many, and whether somebody fell out on the way."""

    def wording() -> tuple[str, str]:
        words = {"title": award.title, "issued": issued, "left_out": left_out}
        body = _("已取编号%(issued)s张。") % words
        if left_out:
            body += _("有%(left_out)s个在批准后不再符合条件，没有颁发，原因见名单。") % words
        return _("证书已颁发：%(title)s") % words, body

    said = say(wording)
    for user in sorted({award.proposed_by, award.decided_by}, key=lambda user: user.pk):
        notify(user, said, kind="round_done", url=reverse("honours_staff:round", args=[award.pk]))


def too_few_left(certificate: Certificate, minutes: int, *, by: Any) -> None:
    """The officers, whoever changed the record left out: one of them looks whether to revoke it."""
    words = {"number": certificate.number, "who": certificate.facts.holder_masked, "hours": hours(minutes)}
    said = say(
        lambda: (
            _("请核对荣誉证书：%(number)s") % words,
            _("%(who)s的服务记录更正或作废了，现在已确认%(hours)s小时，不够颁发时的条件。核实后需要的，请撤销。")
            % words,
        )
    )
    for user in officers().exclude(pk=by.pk):
        notify(user, said, kind="honour_doubted", url=_staff_page(certificate))


def not_honoured(certificate: Certificate, officers_: Collection[int | None], *, why: str) -> None:
    """Who proposed and who approved: what it rests on changed before the sheet was made, nothing was issued.

    `why` is lazy: said in each language.
    """
    words = {"number": certificate.number, "who": certificate.facts.holder_masked, "why": why}
    said = say(
        lambda: (
            _("荣誉证书没有出具：%(number)s") % words,
            _("制作期间情况有变，%(who)s不再符合条件，没有颁发。原因：%(why)s") % words,
        )
    )
    for user in User.objects.filter(pk__in={pk for pk in officers_ if pk}, is_active=True).order_by("pk"):
        notify(user, said, kind="honour_dropped", url=_staff_page(certificate))


def group_certificate_ready(organisation: Organisation, certificate: Certificate) -> None:
    """Those who run the organisation."""
    words = {"name": organisation.name, "number": certificate.number}
    said = say(
        lambda: (_("%(name)s的证书做好了：%(number)s") % words, _("可以在“我的组织”里下载PDF，凭编号联网核验。"))
    )
    for user in managers_of(organisation):
        notify(user, said, kind="group_certificate", url=reverse("honours:group_sheets", args=[organisation.pk]))


def group_certificate_ended(organisation: Organisation, certificate: Certificate) -> None:
    """The same people: it counts no more."""

    def wording() -> tuple[str, str]:
        words = {"name": organisation.name, "number": certificate.number}
        body = _("现在的状态：%(state)s。") % {"state": certificate.get_state_display()}
        if certificate.revoked_reason:
            body += _("原因：%(reason)s。不对的话，请打咨询电话。") % {"reason": certificate.revoked_reason}
        return _("%(name)s的证书停用：%(number)s") % words, body

    said, url = say(wording), reverse("honours:group_sheets", args=[organisation.pk])
    for user in managers_of(organisation):
        notify(user, said, kind="group_certificate_ended", url=url)


def group_certificate_stuck(organisation: Organisation, certificate: Certificate) -> None:
    """The officers: the worker has given up."""
    words = {"name": organisation.name, "number": certificate.number}
    said = say(
        lambda: (
            _("证明没有做成：%(number)s") % words,
            _("%(name)s在等。请查看后台的证书，排除问题后重做。") % words,
        )
    )
    for user in officers():
        notify(user, said, kind="certificate_failed", url=_staff_page(certificate))


def _tell_volunteer(application: StarApplication, kind: str, wording: Callable[[], tuple[str, str]]) -> None:
    notify(application.volunteer.user, say(wording), kind=kind, url=reverse("honours:star"))


def _staff_page(certificate: Certificate) -> str:
    return reverse("certificates_staff:certificate", args=[certificate.pk])


def _words(application: StarApplication) -> dict[str, Any]:
    star = _("%(star)s级志愿者") % {"star": application.star}
    return {"star": star, "until": whole_date(application.publicity_until), "note": application.note}
