"""The second person: an officer looks at what was asked for, and approves it or says why not.

The number is taken when it is approved, so that a refusal leaves none behind; what is certified is read then, too, and
must be what the officer has seen.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.domain import write_log
from certificates.domain.request import facts_digest
from certificates.enums import Action, Actor
from certificates.facts import CertificateFacts
from certificates.models import Certificate
from portal.volunteers import rules as who
from portal.volunteers.domain import errors, telling_requests
from portal.volunteers.domain.asking import Wish, check_asker, take
from portal.volunteers.domain.certify import confirmed_facts
from portal.volunteers.domain.locks import lock_volunteer
from portal.volunteers.domain.log import reason_given
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.enums import REQUEST_MOVES, RequestState
from portal.volunteers.models import CertificateRequest


def wish_of(request: CertificateRequest) -> Wish:
    """What was asked for."""
    scope = Scope(start=request.start, end=request.end, project=request.project, organiser=request.organiser)
    return Wish(scope=scope, seal=request.seal, body=request.body, replaces=request.replaces)


def facts_now(request: CertificateRequest) -> CertificateFacts:
    """What it would say if it were approved now. NothingToCertify, GuardianMissing."""
    return confirmed_facts(request.volunteer, wish_of(request).scope, seal=request.seal)


def approve_request(request: CertificateRequest, *, by: Any, seen: str) -> Certificate:
    """Take the number and queue the sheet; `seen` is the digest of the facts that the officer has looked at.

    Raises NotAllowed, also when the asker may ask no longer, MoveRefused, RecordsChanged when the facts are others by
    now, and what asking raises.
    """
    with transaction.atomic():
        lock_volunteer(request.volunteer)
        locked = locked_request(request)
        _check_officer(locked, by)
        check_asker(locked.volunteer, wish_of(locked), locked.asked_by)
        _check_seen(facts_digest(facts_now(locked)), seen)
        certificate = take(locked.volunteer, wish_of(locked), by=locked.asked_by)
        # The lock does not hold off who voids or disputes a record: what was frozen is compared, too.
        _check_seen(certificate.facts_digest, seen)
        if CertificateRequest.objects.filter(certificate=certificate).exists():
            told = _("这些内容已经有证书%(number)s，不用再开。请写明这一点，不同意这份申请。")
            raise errors.MoveRefused(told % {"number": certificate.number})
        decide(locked, RequestState.APPROVED, by=by, certificate=certificate)
        telling_requests.request_approved(locked)
        write_log(Action.APPROVED, number=certificate.number, actor=Actor.STAFF, account=by.pk)
    return certificate


def refuse_request(request: CertificateRequest, *, by: Any, note: str) -> None:
    """No number is taken; holder and asker read why. Raises NotAllowed, MoveRefused, ReasonMissing."""
    note = reason_given(note)
    with transaction.atomic():
        locked = locked_request(request)
        _check_officer(locked, by)
        decide(locked, RequestState.REFUSED, by=by, note=note)
        telling_requests.request_refused(locked)


def withdraw_request(request: CertificateRequest, *, by: Any) -> None:
    """Whoever asked, or whom it is about, does not want it any more."""
    with transaction.atomic():
        locked = locked_request(request)
        if by.pk not in (locked.asked_by_id, locked.volunteer.user_id):
            raise errors.NotAllowed(_("只有申请人和本人能收回。"))
        decide(locked, RequestState.WITHDRAWN, by=by)


def locked_request(request: CertificateRequest) -> CertificateRequest:
    """As it stands now, held until the transaction ends: two officers decide once."""
    CertificateRequest.objects.select_for_update().get(pk=request.pk)
    joined = CertificateRequest.objects.select_related("volunteer__user", "project", "organiser", "body", "asked_by")
    return joined.get(pk=request.pk)


def decide(request: CertificateRequest, to: RequestState, *, by: Any, **fields: Any) -> None:
    """Move a locked request by the table; MoveRefused when somebody was faster."""
    now = RequestState(request.state)
    if to not in REQUEST_MOVES[now]:
        raise errors.MoveRefused(_("这份申请现在是“%(now)s”，不能再改。") % {"now": now.label})
    request.state, request.decided_by, request.decided_at = to, by, timezone.now()
    for name, value in fields.items():
        setattr(request, name, value)
    request.save(update_fields=["state", "decided_by", "decided_at", *fields])


def _check_seen(digest: str, seen: str) -> None:
    if digest != seen:
        raise errors.RecordsChanged(_("您打开以后，服务记录有变动。下面是现在的内容，请再核对一遍。"))


def _check_officer(request: CertificateRequest, by: Any) -> None:
    if not who.may_approve(by, request):
        raise errors.NotAllowed(_("由主管核对；自己的、自己代为申请的，请另一位主管来办。"))
