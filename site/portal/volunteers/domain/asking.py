"""Certificates are asked for: by the volunteer, by an officer who renews, by a school or organisation that may."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from certificates import designs
from certificates.coverage import require_printable_facts
from certificates.domain import correct_certificate, write_log
from certificates.domain.request import living_certificate, require_correctable
from certificates.enums import Action, Actor, State
from certificates.facts import CertificateFacts
from certificates.models import Certificate, LogEntry
from portal.accounts.roles import Role, has_role
from portal.core.queries import rules
from portal.organisations.models import Organisation
from portal.volunteers.domain import errors, telling_requests
from portal.volunteers.domain.certify import (
    ask_for_certificate,
    confirmed_facts,
    holder_key,
    holder_of,
    renew_certificate,
)
from portal.volunteers.domain.scopes import Scope, scope_of
from portal.volunteers.enums import RequestState
from portal.volunteers.models import CertificateRequest, Volunteer
from portal.volunteers.queries import asked_in_name_of
from portal.volunteers.rules import may_ask_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for: of which records, in whose name, in the place of which certificate."""

    scope: Scope
    seal: bool = False
    body: Organisation | None = None
    replaces: Certificate | None = None


def ask(volunteer: Volunteer, wish: Wish, *, by: Any) -> Certificate | CertificateRequest:
    """A certificate on its way, or, where the tenant wants a second person, a request that waits for one.

    Raises NotAllowed, NothingToCertify, GuardianMissing, RequestWaits, or a CertificateError; asked twice, it gives the
    same one.
    """
    check_asker(volunteer, wish, by)
    with transaction.atomic():
        made = _ask_officer(volunteer, wish, by) if rules().certificate_second_person else take(volunteer, wish, by=by)
        if wish.body and isinstance(made, Certificate):
            telling_requests.asked_for_by_body(volunteer, wish.body, made.number)
        return made


def renew(certificate: Certificate, *, by: Any) -> Certificate | CertificateRequest:
    """The same for another in the place of one: its holder's and officers' affair."""
    volunteer, old = holder_of(certificate), certificate.facts
    if volunteer is None:
        raise errors.NotAllowed(_("只有持有人和主管能换发证书。"))
    if old.honour:
        return _renew_honour(volunteer, certificate, by=by)
    return ask(volunteer, Wish(scope=scope_of(old), seal=old.seal, replaces=certificate), by=by)


def facts_of_renewal(certificate: Certificate) -> CertificateFacts:
    """What would take its place now, no number taken. Raises as `renew` where nothing can or need."""
    volunteer, old = holder_of(certificate), certificate.facts
    if volunteer is None:
        raise errors.NotAllowed(_("只有持有人和主管能换发证书。"))
    facts = _renamed(volunteer, old) if old.honour else confirmed_facts(volunteer, scope_of(old), seal=old.seal)
    require_printable_facts(facts)
    require_correctable(certificate, facts)
    return facts


def ask_again(
    volunteer: Volunteer, dropped: Certificate, *, replaces: Certificate | None, by: Any
) -> Certificate | CertificateRequest:
    """The same once more after its sheet was dropped. NotAllowed where what it was to replace was revoked meanwhile.

    Two people decided that the holder shall rely on it no more; what was asked before that does not outlive it.
    """
    if replaces and replaces.state == State.REVOKED:
        raise errors.NotAllowed(_("先前申请的换发随原来的证书一起停办。还要证明的，请按现在的记录重新申请。"))
    facts = dropped.facts
    wish = Wish(scope=scope_of(facts), seal=facts.seal, body=asked_in_name_of(dropped), replaces=replaces)
    return ask(volunteer, wish, by=by)


def _renew_honour(volunteer: Volunteer, certificate: Certificate, *, by: Any) -> Certificate:
    """An honour rests on its award, which two officers stand behind: only a corrected name can make it another."""
    if by.pk != volunteer.user_id and not has_role(by, Role.OFFICER):
        raise errors.NotAllowed(_("只有持有人和主管能换发证书。"))
    return correct_certificate(certificate, _renamed(volunteer, certificate.facts), requested_by=str(by.pk))


def _renamed(volunteer: Volunteer, facts: CertificateFacts) -> CertificateFacts:
    return designs.renamed(facts, name=volunteer.user.name, masked=volunteer.public_name)


def take(volunteer: Volunteer, wish: Wish, *, by: Any) -> Certificate:
    """Take the number; whoever calls has seen to it that it may be taken. A body's asking stands in the log."""
    if wish.replaces:
        made = renew_certificate(wish.replaces, by=by)
    else:
        made = ask_for_certificate(volunteer, wish.scope, seal=wish.seal, by=by)
    _log_body(made, wish, by)
    return made


def _log_body(made: Certificate, wish: Wish, by: Any) -> None:
    if wish.body and not LogEntry.objects.filter(number=made.number, action=Action.ASKED_FOR).exists():
        write_log(Action.ASKED_FOR, number=made.number, actor=Actor.STAFF, account=by.pk, body=str(wish.body.kind))


def check_asker(volunteer: Volunteer, wish: Wish, by: Any) -> None:
    """NotAllowed, saying who may: when it is asked for, and again when it is approved."""
    if wish.body:
        if not may_ask_for(by, wish.body, volunteer):
            raise errors.NotAllowed(_("要本人同意，单位的管理员才能代为申请。"))
    elif by.pk != volunteer.user_id and not (wish.replaces and has_role(by, Role.OFFICER)):
        raise errors.NotAllowed(_("证明由本人申请；换发的，主管也可以办。"))


def _ask_officer(volunteer: Volunteer, wish: Wish, by: Any) -> Certificate | CertificateRequest:
    """What could not be issued now is refused now, what is there is given: nobody waits for either."""
    facts = confirmed_facts(volunteer, wish.scope, seal=wish.seal)
    require_printable_facts(facts)
    if wish.replaces:
        require_correctable(Certificate.objects.get(pk=wish.replaces.pk), facts)
    elif existing := living_certificate(facts, holder_key=holder_key(volunteer)):
        _log_body(existing, wish, by)
        return existing
    return _queue(volunteer, wish, by)


def _queue(volunteer: Volunteer, wish: Wish, by: Any) -> CertificateRequest:
    scope = wish.scope
    made, new = CertificateRequest.objects.select_for_update().get_or_create(
        volunteer=volunteer,
        project=scope.project,
        organiser=scope.organiser,
        start=scope.start,
        end=scope.end,
        state=RequestState.WAITING,
        defaults={"seal": wish.seal, "body": wish.body, "replaces": wish.replaces, "asked_by": by},
    )
    if new:
        telling_requests.request_waits(made)
    else:
        _join(made, wish, by)
    return made


def _join(waiting: CertificateRequest, wish: Wish, by: Any) -> None:
    """One request answers both: what is to be renewed goes along, with whoever asked last. Else RequestWaits."""
    same = (waiting.seal, waiting.body) == (wish.seal, wish.body)
    if not same or (waiting.replaces and wish.replaces and waiting.replaces != wish.replaces):
        raise errors.RequestWaits(
            _("同样范围的另一份申请正等主管核对，要的内容不同。请先收回那一份，或等它核对完，再来申请。")
        )
    if wish.replaces and not waiting.replaces:
        # Whoever wants it replaced is the first person of the two.
        waiting.replaces, waiting.asked_by = wish.replaces, by
        waiting.save(update_fields=["replaces", "asked_by"])
