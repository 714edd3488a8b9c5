"""One certificate in the Wagtail admin: what became of it, and what an officer may do about it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certificates.domain import retry_certificate
from certificates.enums import TRANSITIONS, RevocationState, State
from certificates.models import Certificate, LogEntry, Revocation
from certificates.queries import chain_of, offers_credential
from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.core.queries import rules
from portal.volunteers.domain import asking, revoke
from portal.volunteers.domain.certify import holder_of
from portal.volunteers.forms.certificates import DeclineForm, RevocationForm
from portal.volunteers.log_words import told, who, with_names
from portal.volunteers.models import CertificateRequest
from portal.volunteers.queries import orders_with
from portal.volunteers.rules import may_revoke
from portal.volunteers.views import questions
from portal.volunteers.views.acts import Act, perform

_ENTRIES = 50
"""Lines of the log shown beside a certificate; the list of the log has them all."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts, chain, revocations and log; a POST names in `act` what to do."""
    if not request.user.has_perm("certificates.view_certificate"):
        raise PermissionDenied
    found = get_object_or_404(Certificate, pk=pk)
    if request.method != "POST":
        return _page(request, found, {}, 200)
    url = reverse("certificates_staff:certificate", args=[found.pk])
    return perform(request, _ACTS, found, _page, url)


def _waiting(found: Certificate) -> Revocation:
    waiting = found.waiting_revocation()
    if waiting is None:
        raise DomainError(_("没有等着确认的撤销，可能刚被别人处理了。"))
    return waiting


def _propose(found: Certificate, by: Any, data: dict[str, Any]) -> str:
    made = revoke.propose_revocation(found, by=by, **data)
    if made.state == RevocationState.PROPOSED:
        return _("已提出撤销，通知了其他主管。确认之前证书仍然有效。")
    return _("已撤销，并通知了持有人。")


def _confirm(found: Certificate, by: Any, data: dict[str, Any]) -> str:
    revoke.confirm_revocation(_waiting(found), by=by)
    return _("已撤销，并通知了持有人。")


def _decline(found: Certificate, by: Any, data: dict[str, Any]) -> str:
    revoke.decline_revocation(_waiting(found), by=by, **data)
    return _("没有撤销，已告诉提出的人。")


def _withdraw(found: Certificate, by: Any, data: dict[str, Any]) -> str:
    revoke.withdraw_revocation(_waiting(found), by=by)
    return _("已收回，证书仍然有效。")


def _renew(found: Certificate, by: Any, data: dict[str, Any]) -> str:
    new = asking.renew(found, by=by)
    if isinstance(new, CertificateRequest):
        return _("已提交换发，等另一位主管核对。")
    return _("正在换发%(number)s，做好后这一张停用，并通知持有人。") % {"number": new.number}


def _retry(found: Certificate, by: Any, data: dict[str, Any]) -> str:
    retry_certificate(found)
    return _("已重新排队制作。")


_ACTS = {
    "propose": Act(_propose, RevocationForm, ask=questions.revoking_alone),
    "confirm": Act(_confirm, ask=questions.revoking),
    "decline": Act(_decline, DeclineForm),
    "withdraw": Act(_withdraw),
    "renew": Act(_renew, ask=questions.renewing),
    "retry": Act(_retry),
}


def _page(request: HttpRequest, found: Certificate, given: dict[str, Any], status: int) -> HttpResponse:
    revocations = list(found.revocations.all())
    waiting = next((one for one in revocations if one.state == RevocationState.PROPOSED), None)
    people = _people(revocations)
    allowed = may_revoke(request.user, holder_of(found))
    log = LogEntry.objects.filter(number=found.number)
    context = {
        "certificate": found,
        "offers": offers_credential(found),
        "facts": found.facts,
        "chain": chain_of(found),
        "ordered": orders_with(found),
        "revocations": [(one, *_names(one, people)) for one in revocations],
        "waiting": waiting,
        "own": bool(waiting and waiting.proposed_by == str(request.user.pk)),
        "may_propose": allowed and waiting is None and State.REVOKED in TRANSITIONS[found.state],
        "may_decide": allowed and waiting is not None,
        "second_person": rules().revocation_second_person,
        "may_renew": waiting is None
        and found.state == State.ISSUED
        and (found.facts.honour is None or found.needs_replacing),
        "forms": {"propose": RevocationForm(), "decline": DeclineForm(), **given},
        "entries": [(entry, who(entry), told(entry)) for entry in with_names(log)[:_ENTRIES]],
    }
    return render(request, "volunteers/admin/certificate.html", context, status=status)


def _people(revocations: list[Revocation]) -> dict[str, str]:
    keys = {key for one in revocations for key in (one.proposed_by, one.decided_by) if key.isdigit()}
    return {str(pk): name for pk, name in User.objects.filter(pk__in=keys).values_list("pk", "name")}


def _names(revocation: Revocation, people: dict[str, str]) -> tuple[str, str]:
    return people.get(revocation.proposed_by, ""), people.get(revocation.decided_by, "")
