"""A revocation needs a reason and a second person; every move of the tables is possible, every other is refused."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from certificates.domain import (
    confirm_revocation,
    correct_certificate,
    decline_revocation,
    issue_certificate,
    propose_revocation,
    withdraw_revocation,
)
from certificates.domain.ending import _decide
from certificates.domain.transitions import move
from certificates.enums import REVOCATION_TRANSITIONS, TRANSITIONS, Action, Ground, RevocationState, State
from certificates.errors import CertificateError, ReasonMissing, SamePerson, TransitionRefused
from certificates.models import Certificate, LogEntry, Revocation
from tests.factories.certificates import make_facts, make_issued, make_requested
from tests.volunteers.domain.test_sign_up_races import at_once

ENDED = {"ended_at": timezone.now(), "revoked_reason": "冒名", "revoked_ground": Ground.NOT_THEIRS}


def propose(certificate: Certificate, **over: Any) -> Revocation:
    given = {"ground": Ground.NOT_THEIRS, "reason": " 冒名领取 ", "proposed_by": "1"}
    return propose_revocation(certificate, **{**given, **over})


def actions() -> list[str]:
    return list(LogEntry.objects.order_by("sequence").values_list("action", flat=True))


def test_the_second_person_revokes_and_who_when_and_why_are_kept(tenant_a: Any) -> None:
    certificate = make_issued()
    proposal = propose(certificate)
    certificate.refresh_from_db()
    assert (proposal.state, certificate.state) == (RevocationState.PROPOSED, State.ISSUED)
    decided = confirm_revocation(proposal, confirmed_by="2")
    certificate.refresh_from_db()
    assert (decided.state, decided.proposed_by, decided.decided_by) == (RevocationState.CONFIRMED, "1", "2")
    assert (certificate.state, certificate.revoked_ground, certificate.revoked_reason, certificate.ended_by) == (
        State.REVOKED, Ground.NOT_THEIRS, "冒名领取", "2",
    )  # fmt: skip
    assert certificate.ended_at == decided.decided_at
    assert actions() == [Action.ISSUED, Action.REVOCATION_PROPOSED, Action.REVOKED]


def test_the_first_person_is_no_second(tenant_a: Any) -> None:
    certificate = make_issued()
    proposal = propose(certificate)
    with pytest.raises(SamePerson):
        confirm_revocation(proposal, confirmed_by="1")
    with pytest.raises(SamePerson):
        decline_revocation(proposal, declined_by="1", note="不撤了")
    with pytest.raises(SamePerson):
        withdraw_revocation(proposal, withdrawn_by="2")
    certificate.refresh_from_db()
    assert certificate.state == State.ISSUED


def test_where_no_second_person_is_wanted_one_revokes_alone(tenant_a: Any) -> None:
    certificate = make_issued()
    done = propose(certificate, second_person=False)
    certificate.refresh_from_db()
    assert (done.state, done.alone, done.decided_by, certificate.state) == (
        RevocationState.CONFIRMED, True, "1", State.REVOKED,
    )  # fmt: skip
    assert LogEntry.objects.get(action=Action.REVOKED).detail == {"ground": "not_theirs", "alone": True}


@pytest.mark.parametrize("ending", ["declined", "withdrawn"])
def test_what_is_not_agreed_to_leaves_the_certificate_valid_and_may_be_proposed_anew(
    tenant_a: Any, ending: str
) -> None:
    certificate = make_issued()
    proposal = propose(certificate)
    if ending == "declined":
        ended = decline_revocation(proposal, declined_by="2", note=" 查过，是本人 ")
        assert ended.note == "查过，是本人"
    else:
        ended = withdraw_revocation(proposal, withdrawn_by="1")
    certificate.refresh_from_db()
    assert (ended.state, certificate.state) == (ending, State.ISSUED)
    assert LogEntry.objects.get(action=Action.REVOCATION_DROPPED).detail["outcome"] == ending
    with pytest.raises(TransitionRefused):
        confirm_revocation(proposal, confirmed_by="3")
    propose(certificate)


def test_a_refusal_needs_its_reason_too(tenant_a: Any) -> None:
    with pytest.raises(ReasonMissing) as refusal:
        decline_revocation(propose(make_issued()), declined_by="2", note=" ")
    assert refusal.value.field == "note"


@pytest.mark.parametrize(("over", "field"), [({"reason": "  "}, "reason"), ({"ground": "whim"}, "ground")])
def test_a_revocation_without_reason_or_ground_is_refused(tenant_a: Any, over: dict[str, str], field: str) -> None:
    certificate = make_issued()
    with pytest.raises(ReasonMissing) as refusal:
        propose(certificate, **over)
    assert refusal.value.field == field
    assert Revocation.objects.count() == 0


def test_a_second_proposal_is_refused_while_one_waits(tenant_a: Any) -> None:
    certificate = make_issued()
    propose(certificate)
    with pytest.raises(TransitionRefused, match="等第二人确认"):
        propose(certificate, proposed_by="3")
    with pytest.raises(IntegrityError, match="revocation_one_waits"), transaction.atomic():
        Revocation.objects.create(certificate=certificate, ground=Ground.MISISSUED, reason="x", proposed_by="3")


def test_what_waits_comes_to_nothing_when_a_correction_ends_the_certificate(tenant_a: Any) -> None:
    old = make_issued()
    new = correct_certificate(old, make_facts(main_content="上门探访"), requested_by="1")
    proposal = propose(old)
    issue_certificate(new.pk)
    proposal.refresh_from_db()
    assert proposal.state == RevocationState.LAPSED
    entry = LogEntry.objects.get(action=Action.REVOCATION_DROPPED)
    assert (entry.number, entry.detail["outcome"]) == (old.number, "lapsed")
    with pytest.raises(TransitionRefused):
        confirm_revocation(proposal, confirmed_by="2")
    with pytest.raises(TransitionRefused, match="不能撤销"):
        propose(old)


def test_two_confirmations_at_once_revoke_once(committed_a: Any) -> None:
    certificate = make_issued()
    proposal = propose(certificate)

    def confirm(by: str) -> str:
        try:
            return str(confirm_revocation(Revocation.objects.get(pk=proposal.pk), confirmed_by=by).state)
        except CertificateError as refusal:
            return type(refusal).__name__

    answers = at_once(committed_a, [lambda by=by: confirm(by) for by in ("2", "3", "4", "5")])  # type: ignore[misc]  # the lambda's own default
    assert sorted(answers) == ["TransitionRefused"] * 3 + ["confirmed"]
    assert LogEntry.objects.filter(action=Action.REVOKED).count() == 1
    certificate.refresh_from_db()
    proposal.refresh_from_db()
    assert certificate.ended_by == proposal.decided_by


def test_confirming_and_declining_at_once_does_one_of_them(committed_a: Any) -> None:
    certificate = make_issued()
    proposal = propose(certificate)

    def decide(yes: bool) -> str:
        try:
            if yes:
                return str(confirm_revocation(proposal, confirmed_by="2").state)
            return str(decline_revocation(proposal, declined_by="3", note="不撤").state)
        except CertificateError as refusal:
            return type(refusal).__name__

    answers = at_once(committed_a, [lambda: decide(True), lambda: decide(False)])
    assert sorted(answers) in (["TransitionRefused", "confirmed"], ["TransitionRefused", "declined"])
    certificate.refresh_from_db()
    assert (certificate.state == State.REVOKED) == ("confirmed" in answers)


@pytest.mark.parametrize("now", State)
@pytest.mark.parametrize("to", State)
def test_no_move_beside_the_table(tenant_a: Any, now: Any, to: Any) -> None:
    certificate, never = make_issued(), {**ENDED, "issued_at": None, "outdated_reason": "改了"}
    fields = {State.DROPPED: never}
    Certificate.objects.filter(pk=certificate.pk).update(state=now, **fields.get(now, ENDED))
    certificate.refresh_from_db()
    if to in TRANSITIONS[now]:
        move(certificate, to, **fields.get(to, ENDED))
        assert certificate.state == to
    else:
        with pytest.raises(TransitionRefused, match=certificate.number):
            move(certificate, to)


@pytest.mark.parametrize("now", RevocationState)
def test_no_decision_beside_the_table(tenant_a: Any, now: Any) -> None:
    proposal = propose(make_issued())
    for to in RevocationState:
        Revocation.objects.filter(pk=proposal.pk).update(state=now, decided_by="2", decided_at=timezone.now())
        proposal.refresh_from_db()
        if to in REVOCATION_TRANSITIONS[now]:
            _decide(proposal, to, by="2")
        else:
            with pytest.raises(TransitionRefused):
                _decide(proposal, to, by="2")


def test_the_database_refuses_an_issued_certificate_without_its_pdf(tenant_a: Any) -> None:
    certificate = make_requested()
    with pytest.raises(IntegrityError, match="certificate_issued_has_pdf"), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(state=State.ISSUED)


def test_the_database_refuses_a_revocation_without_reason_or_second_person(tenant_a: Any) -> None:
    certificate = make_issued()
    with pytest.raises(IntegrityError, match="certificate_revoked_has_reason"), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(
            state=State.REVOKED, revoked_reason="x", ended_at=timezone.now()
        )
    proposal = propose(certificate)
    with pytest.raises(IntegrityError, match="revocation_second_person"), transaction.atomic():
        Revocation.objects.filter(pk=proposal.pk).update(
            state=RevocationState.CONFIRMED, decided_by="1", decided_at=timezone.now()
        )
