"""A certificate of an order that is dropped before it is issued: the order goes on with what takes its place."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from certificates.domain.request import facts_digest
from certificates.enums import State
from certificates.models import Certificate
from portal.core.models import RuleSettings
from portal.organisations.models import Organisation
from portal.volunteers.domain import approval, ordering
from portal.volunteers.domain.records import dispute_record
from portal.volunteers.models import CertificateRequest, Order, OrderLine, Volunteer
from tests.cast import person
from tests.tasks import run_queued
from tests.volunteers.views.test_orders import form, join, results, serve, url


def test_what_was_dropped_goes_on_in_the_order_or_says_what_it_says_of_a_refusal(
    team: Organisation, manager: Client
) -> None:
    volunteer = join(team, "李小梅")
    record = serve(volunteer, team)
    serve(volunteer, team, date=timezone.localdate() - timedelta(days=5))
    child = join(team, "小孩子", birth_date="2015-01-01", guardian_name="李", guardian_consented_at=timezone.now())
    childs = serve(child, team)
    manager.post(url(team), form(team))
    ordering.settle_order(Order.objects.get().pk)
    for one in (record, childs):
        dispute_record(one, by=one.volunteer.user, reason="那天是别人")
    Volunteer.objects.filter(pk=child.pk).update(guardian_consented_at=None)
    run_queued()
    assert results(Order.objects.get())["小孩子"] == ("refused", "未成年，还差监护人同意")
    line = OrderLine.objects.select_related("certificate").get(user=volunteer.user)
    assert line.certificate is not None
    assert (line.certificate.state, len(line.certificate.facts.rows)) == (State.ISSUED, 1)
    assert line.certificate.facts.part is not None


@pytest.mark.parametrize(("still", "outcome", "numbers"), [(True, "approval", 0), (False, "made", 1)])
def test_what_was_approved_and_dropped_goes_on_as_well(
    team: Organisation, manager: Client, still: bool, outcome: str, numbers: int
) -> None:
    """Approved by a second person, who is wanted again, or no more; the number that was dropped is named no more."""
    RuleSettings.objects.update_or_create(pk=1, defaults={"certificate_second_person": True})
    volunteer = join(team, "李小梅")
    record = serve(volunteer, team)
    serve(volunteer, team, date=timezone.localdate() - timedelta(days=5))
    manager.post(url(team), form(team))
    ordering.settle_order(Order.objects.get().pk)
    request = CertificateRequest.objects.get()
    approval.approve_request(request, by=person("officer"), seen=facts_digest(approval.facts_now(request)))
    dropped = Certificate.objects.get()
    dispute_record(record, by=volunteer.user, reason="那天是别人")
    RuleSettings.objects.update(certificate_second_person=still)
    run_queued()
    line, issued = OrderLine.objects.get(), Certificate.objects.filter(state=State.ISSUED)
    assert (line.outcome, list(issued.values_list("pk", flat=True))) == (outcome, [line.certificate_id][:numbers])
    assert line.request is None or line.request.certificate is None
    page = manager.get(f"/desk/bodies/{team.pk}/orders/{line.order_id}/").text
    assert (dropped.number in page, [one.number in page for one in issued]) == (False, [True] * numbers)
