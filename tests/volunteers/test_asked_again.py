"""Where a second person looks: asked again, after something changed, or beside another request."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certificates.models import Certificate
from portal.organisations.models import Organisation
from portal.volunteers.domain import approval, asking, errors
from portal.volunteers.domain.asking import Wish, ask
from portal.volunteers.domain.records import void_record
from portal.volunteers.models import CertificateRequest, ServiceRecord, Volunteer
from tests.cast import TEAM, person
from tests.confirming import confirmed
from tests.factories.certificates import make_requested
from tests.factories.people import make_membership
from tests.factories.volunteers import make_volunteer
from tests.tasks import run_queued
from tests.volunteers.counting import queries_of
from tests.volunteers.test_approval import LIST, page, scope, second_officer, seen, serve, want_second_person

ClientFor = Callable[..., Client]


@pytest.fixture
def holder(tenant_a: Any) -> Volunteer:
    """With a confirmed record, on a site that wants a second person."""
    want_second_person()
    made = make_volunteer("volunteer")
    serve(made)
    return made


def waiting(holder: Volunteer, *, by: Any = None, **over: Any) -> CertificateRequest:
    made = ask(holder, Wish(scope=scope(), **over), by=by or holder.user)
    assert isinstance(made, CertificateRequest)
    return made


def approve(request: CertificateRequest) -> Certificate:
    return approval.approve_request(request, by=person("officer"), seen=seen(request))


def test_asked_again_with_nothing_new_it_gives_the_certificate(holder: Volunteer) -> None:
    made = approve(waiting(holder))
    assert ask(holder, Wish(scope=scope()), by=holder.user) == made
    assert CertificateRequest.objects.count() == 1


def test_what_has_become_the_same_by_approval_is_refused_there(
    tenant_a: Any, client_for: ClientFor, holder: Volunteer
) -> None:
    made = approve(waiting(holder))
    extra = serve(holder, days=4)
    request = waiting(holder)
    void_record(extra, by=person("officer"), why="没有来")
    answer = confirmed(client_for(tenant_a, "officer"), page(request), {"act": "approve", "seen": seen(request)})
    assert (answer.status_code, f"已经有证书{made.number}" in answer.text) == (422, True)


def test_consent_withdrawn_while_it_waits_ends_it(tenant_a: Any, client_for: ClientFor, holder: Volunteer) -> None:
    team, manager = Organisation.objects.get(name=TEAM), person("organisation_manager")
    member = make_membership(organisation=team, user=holder.user, asking_allowed_at=timezone.now())
    request = waiting(holder, by=manager, body=team)
    member.asking_allowed_at = None
    member.save()
    answer = confirmed(client_for(tenant_a, "officer"), page(request), {"act": "approve", "seen": seen(request)})
    assert (answer.status_code, "要本人同意" in answer.text, Certificate.objects.count()) == (422, True, 0)


def test_a_correction_beside_a_waiting_request_replaces_the_wrong_one(holder: Volunteer) -> None:
    wrong = approve(waiting(holder))
    run_queued()
    wrong.refresh_from_db()
    serve(holder, days=4)
    request = waiting(holder)
    asking.renew(wrong, by=person("officer"))
    request.refresh_from_db()
    assert (request.replaces, waiting(holder)) == (wrong, request)
    with pytest.raises(errors.NotAllowed):
        approve(request)
    new = approval.approve_request(request, by=second_officer(), seen=seen(request))
    assert new.replaces == wrong


def test_another_wish_for_the_same_days_is_refused_while_one_waits(
    tenant_a: Any, client_for: ClientFor, holder: Volunteer
) -> None:
    request, days = waiting(holder), scope()
    form = {"start": str(days.start), "end": str(days.end), "seal": "on"}
    answer = client_for(tenant_a, "volunteer").post("/desk/certificates/", form)
    assert (answer.status_code, "要的内容不同" in answer.text) == (422, True)
    team, manager = Organisation.objects.get(name=TEAM), person("organisation_manager")
    make_membership(organisation=team, user=holder.user, asking_allowed_at=timezone.now())
    with pytest.raises(errors.RequestWaits):
        waiting(holder, by=manager, body=team)
    assert CertificateRequest.objects.get() == request


def test_a_record_that_comes_in_while_it_is_approved_is_not_certified_unseen(
    holder: Volunteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(*given: Any, **over: Any) -> Certificate:
        serve(holder, days=4)
        return asking.take(*given, **over)

    monkeypatch.setattr(approval, "take", overtaken)
    request = waiting(holder)
    approve_it = partial(approval.approve_request, request, by=person("officer"), seen=seen(request))
    with CaptureQueriesContext(connection) as asked, pytest.raises(errors.RecordsChanged):
        approve_it()
    assert (Certificate.objects.count(), ServiceRecord.objects.count()) == (0, 1)
    touched = [query["sql"] for query in asked if "volunteers_" in query["sql"]]
    locks = next(n for n, sql in enumerate(touched) if "FOR NO KEY UPDATE" in sql)
    assert all("volunteers_servicerecord" not in sql for sql in touched[:locks])


def test_lists_ask_no_more_for_more_renewals(tenant_a: Any, client_for: ClientFor, holder: Volunteer) -> None:
    desk, officer = client_for(tenant_a, "volunteer"), client_for(tenant_a, "officer")

    def asked() -> list[int]:
        return [queries_of(desk, "/desk/certificates/"), queries_of(officer, LIST)]

    def renewal(days: int) -> None:
        old = make_requested(holder_name=f"李小梅{'甲' * days}")
        day = timezone.localdate() - timedelta(days=days)
        CertificateRequest.objects.create(volunteer=holder, start=day, end=day, replaces=old, asked_by=holder.user)

    renewal(1)
    few = asked()
    renewal(2)
    renewal(3)
    assert asked() == few
