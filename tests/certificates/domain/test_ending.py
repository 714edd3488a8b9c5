"""Every move of the table is possible, every other is refused, and the database agrees."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from certificates.domain import revoke_certificate
from certificates.domain.transitions import move
from certificates.enums import TRANSITIONS, State
from certificates.errors import ReasonMissing, TransitionRefused
from certificates.models import Certificate
from tests.factories.certificates import make_issued, make_requested

ENDED = {"ended_at": timezone.now(), "revoked_reason": "冒名"}


def test_a_revocation_keeps_who_when_and_why(tenant_a: Any) -> None:
    revoked = revoke_certificate(make_issued(), reason=" 冒名领取 ", revoked_by="officer")
    assert (revoked.state, revoked.revoked_reason, revoked.ended_by) == (State.REVOKED, "冒名领取", "officer")
    assert revoked.ended_at is not None


def test_a_revocation_without_reason_is_refused(tenant_a: Any) -> None:
    certificate = make_issued()
    with pytest.raises(ReasonMissing) as refusal:
        revoke_certificate(certificate, reason="  ", revoked_by="officer")
    assert refusal.value.field == "reason"
    certificate.refresh_from_db()
    assert certificate.state == State.ISSUED


@pytest.mark.parametrize("now", State)
@pytest.mark.parametrize("to", State)
def test_no_move_beside_the_table(tenant_a: Any, now: Any, to: Any) -> None:
    certificate = make_issued()
    Certificate.objects.filter(pk=certificate.pk).update(state=now, **ENDED)
    certificate.refresh_from_db()
    if to in TRANSITIONS[now]:
        move(certificate, to, **ENDED)
        assert certificate.state == to
    else:
        with pytest.raises(TransitionRefused, match=certificate.number):
            move(certificate, to)


def test_the_database_refuses_an_issued_certificate_without_its_pdf(tenant_a: Any) -> None:
    certificate = make_requested()
    with pytest.raises(IntegrityError, match="certificate_issued_has_pdf"), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(state=State.ISSUED)


def test_the_database_refuses_a_revocation_without_reason(tenant_a: Any) -> None:
    certificate = make_issued()
    with pytest.raises(IntegrityError, match="certificate_revoked_has_reason"), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(state=State.REVOKED)
