"""Certificates outlive the account of their holder by at least ten years, in each site by its own rule."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context

from certificates.models import Certificate
from portal.accounts.models import User
from portal.core.models import RuleSettings
from portal.notices.models import Notice
from portal.organisations.models import Organisation
from portal.volunteers.domain.certify import ask_for_certificate
from portal.volunteers.domain.contesting import ask_for_correction, refuse_correction
from portal.volunteers.domain.keeping import forget_what_is_over, over
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.enums import CorrectionAbout, LineOutcome, RecordState, RequestState
from portal.volunteers.models import CertificateRequest, CorrectionRequest, Order, OrderLine, Volunteer
from tests.cast import TEAM, person
from tests.factories.volunteers import make_record, make_volunteer
from tests.forgetting import forget_then_mend
from tests.tasks import run_queued

Forget = Callable[[datetime], int]


def certified(name: str, *, closed: bool) -> tuple[Volunteer, Certificate]:
    volunteer, today = make_volunteer(name=name), timezone.localdate()
    make_record(volunteer, state=RecordState.CONFIRMED)
    asked = ask_for_certificate(volunteer, Scope(start=today - timedelta(days=30), end=today))
    run_queued()
    User.objects.filter(pk=volunteer.user_id).update(is_active=not closed)
    return volunteer, Certificate.objects.get(pk=asked.pk)


def years_later(years: int, *, days: int = 1) -> datetime:
    return timezone.now() + timedelta(days=years * 366 + days)


def test_a_closed_account_keeps_its_certificates_for_the_whole_time(tenant_a: Any, client_for: Any) -> None:
    volunteer, certificate = certified("李小梅", closed=True)
    _other, kept = certified("王小明", closed=False)
    with pytest.raises(ProtectedError):
        volunteer.user.delete()
    client: Client = client_for(tenant_a)
    check = f"/certificates/check/{certificate.number}/"
    assert forget_what_is_over(years_later(9)) == 0
    assert "真的，有效" in client.get(check).text

    assert forget_what_is_over(years_later(10)) == 1
    assert "真的，保存期已满" in client.get(check).text
    kept.refresh_from_db()
    assert kept.forgotten_at is None
    assert forget_what_is_over(years_later(10)) == 0


def ordered(certificate: Certificate, volunteer: Volunteer) -> Order:
    """A team had asked for it, and a second officer approved it."""
    team, day = Organisation.objects.get(name=TEAM), certificate.issued_on
    order = Order.objects.create(
        organisation=team, start=day, end=day, asked_by=person("organisation_manager"), finished_at=timezone.now()
    )
    asked = {"volunteer": volunteer, "certificate": certificate}
    request = CertificateRequest.objects.create(
        **asked,
        start=day,
        end=day,
        state=RequestState.APPROVED,
        asked_by=order.asked_by,
        decided_by=person("officer"),
        decided_at=timezone.now(),
    )
    OrderLine.objects.create(**asked, order=order, user=volunteer.user, outcome=LineOutcome.MADE, request=request)
    return order


@pytest.mark.parametrize("forget", [forget_what_is_over, forget_then_mend])
def test_nothing_joins_its_number_with_the_person_any_more(tenant_a: Any, client_for: Any, forget: Forget) -> None:
    """That it was asked for, and how many there were, stays; the pages show what is left."""
    volunteer, certificate = certified("李小梅", closed=True)
    other, kept = certified("王小明", closed=False)
    orders = [ordered(certificate, volunteer), ordered(kept, other)]
    contested = ask_for_correction(certificate, by=volunteer.user, about=CorrectionAbout.OTHER, claim="应该写李晓梅")
    assert over(years_later(10)).count() == 0  # whoever contests is answered first
    refuse_correction(contested, by=person("officer"), answer="李小梅与证件一致")

    assert forget(years_later(10)) == 1

    for model in (OrderLine, CertificateRequest, CorrectionRequest):
        left = set(model.objects.values_list("volunteer", "certificate"))
        assert left - {(other.pk, kept.pk)} == {(volunteer.pk, None)}
    assert [order.lines.get().outcome for order in orders] == [LineOutcome.MADE] * 2
    named = Notice.objects.filter(body__contains=certificate.number) | Notice.objects.filter(body__contains="李晓梅")
    assert list(named) == []
    assert Notice.objects.filter(user=other.user).exists()
    officer, manager = client_for(tenant_a, "officer"), client_for(tenant_a, "organisation_manager")
    pages = [
        officer.get("/cms/snippets/volunteers/correctionrequest/"),
        officer.get("/cms/snippets/volunteers/correctionrequest/?export=csv"),
        officer.get(f"/cms/correction-requests/{contested.pk}/"),
        officer.get("/cms/snippets/volunteers/certificaterequest/"),
        manager.get(f"/desk/bodies/{orders[0].organisation_id}/orders/{orders[0].pk}/"),
    ]
    assert [page.status_code for page in pages] == [200] * 5


def test_what_was_written_about_it_goes_with_it(tenant_a: Any) -> None:
    volunteer, certificate = certified("李小梅", closed=True)
    other, kept = certified("王小明", closed=False)
    asked, _kept = (
        ask_for_correction(sheet, by=holder.user, about=CorrectionAbout.OTHER, claim="应该写李晓梅")
        for holder, sheet in ((volunteer, certificate), (other, kept))
    )
    refuse_correction(asked, by=person("officer"), answer="李小梅与证件一致")
    forget_what_is_over(years_later(10))
    said = {row.certificate_id: f"{row.claim}{row.answer}" for row in CorrectionRequest.objects.all()}
    assert ["李" in said[pk] for pk in (None, kept.pk)] == [False, True]


def test_each_site_by_its_own_rule(tenant_a: Any, tenant_b: Any) -> None:
    certified("李小梅", closed=True)
    RuleSettings.objects.update_or_create(pk=1, defaults={"certificate_years": 30})
    with tenant_context(tenant_b):
        certified("李小梅", closed=True)
        assert over(years_later(10)).count() == 1
    assert (over(years_later(10)).count(), over(years_later(30)).count()) == (0, 1)


def test_fewer_than_ten_years_are_refused(tenant_a: Any) -> None:
    with pytest.raises(ValidationError, match="10"):
        RuleSettings(certificate_years=9).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSettings.objects.update_or_create(pk=1, defaults={"certificate_years": 9})


def test_the_leap_day_is_a_day_like_others(tenant_a: Any) -> None:
    leap = timezone.make_aware(datetime.combine(date(2036, 2, 29), datetime.min.time()))
    assert over(leap).count() == 0
