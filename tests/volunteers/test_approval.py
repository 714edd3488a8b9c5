"""Where the tenant wants a second person: what was asked for waits, and takes its number when it is approved."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from certificates.domain.request import facts_digest
from certificates.enums import Action, State
from certificates.models import Certificate, LogEntry, NumberSequence
from portal.accounts.models import User
from portal.core.models import RuleSettings
from portal.core.waiting import waiting_for
from portal.notices.models import Notice
from portal.volunteers.domain import approval, asking, errors
from portal.volunteers.domain.asking import Wish, ask
from portal.volunteers.domain.certify import ask_for_certificate
from portal.volunteers.domain.records import void_record
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.enums import RecordState, RequestState
from portal.volunteers.models import CertificateRequest, ServiceRecord, Volunteer
from tests.cast import ROLES, person
from tests.confirming import confirmed
from tests.factories.volunteers import make_record, make_volunteer, past_shift
from tests.tasks import run_queued
from tests.volunteers.domain.test_sign_up_races import at_once

ClientFor = Callable[..., Client]
LIST = "/cms/snippets/volunteers/certificaterequest/"


def scope() -> Scope:
    today = timezone.localdate()
    return Scope(start=today - timedelta(days=30), end=today)


def serve(volunteer: Volunteer, *, days: int = 2) -> ServiceRecord:
    day = timezone.localdate() - timedelta(days=days)
    return make_record(volunteer, past_shift(), state=RecordState.CONFIRMED, date=day)


def second_officer(name: str = "second") -> User:
    officer = User.objects.create(username=name, name="第二主管")
    officer.groups.add(*person("officer").groups.all())
    return officer


def want_second_person() -> None:
    RuleSettings.objects.update_or_create(pk=1, defaults={"certificate_second_person": True})


@pytest.fixture
def volunteer(tenant_a: Any) -> Volunteer:
    want_second_person()
    made = make_volunteer("volunteer")
    serve(made)
    return made


def page(request: CertificateRequest) -> str:
    return f"/cms/certificate-requests/{request.pk}/"


def seen(request: CertificateRequest) -> str:
    return facts_digest(approval.facts_now(request))


def test_it_waits_is_approved_as_seen_and_only_then_has_a_number(
    tenant_a: Any, client_for: ClientFor, volunteer: Volunteer
) -> None:
    desk, days = client_for(tenant_a, "volunteer"), scope()
    for _ in range(2):
        form = {"start": str(days.start), "end": str(days.end)}
        assert "已提交，等主管核对" in desk.post("/desk/certificates/", form, follow=True).text
    request = CertificateRequest.objects.get()
    assert (Certificate.objects.count(), NumberSequence.objects.count()) == (0, 0)
    told = Notice.objects.filter(kind="certificate_request").values_list("user__username", flat=True)
    assert list(told) == ["officer"]
    (item,) = [item for item in waiting_for(person("officer")).admin if "证明申请" in item.title]
    assert (item.title, item.url) == ("核对1份证明申请", f"{LIST}?state=waiting")

    officer = client_for(tenant_a, "officer")
    assert volunteer.number in officer.get(item.url).text
    text = officer.get(page(request)).text
    assert ("陪独居老人坐坐" in text, f'name="seen" value="{seen(request)}"' in text) == (True, True)
    assert confirmed(officer, page(request), {"act": "approve", "seen": seen(request)}).status_code == 302
    run_queued()

    certificate = Certificate.objects.get()
    request.refresh_from_db()
    assert (request.state, request.certificate, request.decided_by) == (
        RequestState.APPROVED, certificate, person("officer"),
    )  # fmt: skip
    assert (certificate.state, certificate.requested_by) == (State.ISSUED, str(volunteer.user_id))
    entry = LogEntry.objects.get(action=Action.APPROVED)
    assert (entry.number, entry.account) == (certificate.number, person("officer").pk)
    assert Notice.objects.filter(kind="certificate_approved", user=volunteer.user).count() == 1
    assert waiting_for(person("officer")).admin == []


def test_refused_it_says_why_and_leaves_no_number_behind(
    tenant_a: Any, client_for: ClientFor, volunteer: Volunteer
) -> None:
    request = ask(volunteer, Wish(scope=scope()), by=volunteer.user)
    assert isinstance(request, CertificateRequest)
    officer = client_for(tenant_a, "officer")
    assert "请写明为什么不同意" in confirmed(officer, page(request), {"act": "refuse", "note": ""}).text
    assert confirmed(officer, page(request), {"act": "refuse", "note": "时长待社区核实"}).status_code == 302
    assert "时长待社区核实" in Notice.objects.get(kind="certificate_refused", user=volunteer.user).body
    assert "没有同意：时长待社区核实" in client_for(tenant_a, "volunteer").get("/desk/certificates/").text
    assert (Certificate.objects.count(), NumberSequence.objects.count()) == (0, 0)
    gone = confirmed(officer, page(request), {"act": "approve", "seen": seen(request)})
    assert (gone.status_code, "不能再改" in gone.text) == (422, True)
    assert isinstance(ask(volunteer, Wish(scope=scope()), by=volunteer.user), CertificateRequest)


def test_what_changed_since_it_was_opened_is_looked_at_again(
    tenant_a: Any, client_for: ClientFor, volunteer: Volunteer
) -> None:
    request = ask(volunteer, Wish(scope=scope()), by=volunteer.user)
    assert isinstance(request, CertificateRequest)
    record, opened = serve(volunteer, days=5), seen(request)
    serve(volunteer, days=9)
    answer = confirmed(client_for(tenant_a, "officer"), page(request), {"act": "approve", "seen": opened})
    assert (answer.status_code, "服务记录有变动" in answer.text) == (422, True)
    assert f'value="{seen(request)}"' in answer.text
    for left in ServiceRecord.objects.all():
        void_record(left, by=person("officer"), why="没有来")
    with pytest.raises(errors.NothingToCertify):
        approval.approve_request(request, by=person("officer"), seen=opened)
    assert "现在开不出来" in client_for(tenant_a, "officer").get(page(request)).text
    assert (Certificate.objects.count(), record.volunteer) == (0, volunteer)


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_officers_alone_decide(tenant_a: Any, client_for: ClientFor, volunteer: Volunteer, role: str) -> None:
    request = ask(volunteer, Wish(scope=scope()), by=volunteer.user)
    assert isinstance(request, CertificateRequest)
    client = client_for(tenant_a, role)
    confirmed(client, page(request), {"act": "approve", "seen": seen(request)})
    assert Certificate.objects.count() == (1 if role == "officer" else 0)
    assert client.get(LIST).status_code == (200 if role == "officer" else 302)


def test_nobody_approves_their_own_or_what_they_asked_for(tenant_a: Any, client_for: ClientFor) -> None:
    want_second_person()
    own = make_volunteer("officer")
    serve(own)
    request = ask(own, Wish(scope=scope()), by=own.user)
    assert isinstance(request, CertificateRequest)
    client = client_for(tenant_a, "officer")
    assert "请另一位主管来核对" in client.get(page(request)).text
    assert confirmed(client, page(request), {"act": "approve", "seen": seen(request)}).status_code == 422
    assert waiting_for(person("officer")).admin == []
    decided = {"decided_by": own.user, "decided_at": timezone.now(), "certificate": None}
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateRequest.objects.filter(pk=request.pk).update(state="approved", **decided)
    made = approval.approve_request(request, by=second_officer(), seen=seen(request))
    assert made.requested_by == str(own.user_id)


def test_a_renewal_by_an_officer_needs_another_officer(tenant_a: Any) -> None:
    volunteer = make_volunteer("volunteer")
    serve(volunteer)
    old = ask_for_certificate(volunteer, scope())
    run_queued()
    serve(volunteer, days=4)
    want_second_person()
    request = asking.renew(old, by=person("officer"))
    assert isinstance(request, CertificateRequest)
    with pytest.raises(errors.NotAllowed):
        approval.approve_request(request, by=person("officer"), seen=seen(request))
    new = approval.approve_request(request, by=second_officer(), seen=seen(request))
    assert (new.replaces, new.requested_by) == (old, str(person("officer").pk))


def test_its_holder_takes_it_back_and_nobody_else(
    tenant_a: Any, tenant_b: Any, client_for: ClientFor, volunteer: Volunteer
) -> None:
    request = ask(volunteer, Wish(scope=scope()), by=volunteer.user)
    url = f"/desk/certificates/requests/{request.pk}/withdraw/"
    make_volunteer("newcomer")
    assert client_for(tenant_a, "newcomer").post(url).status_code == 404
    assert client_for(tenant_b, "officer").get(f"/cms/certificate-requests/{request.pk}/").status_code == 404
    client_for(tenant_a, "volunteer").post(url)
    assert CertificateRequest.objects.get().state == RequestState.WITHDRAWN
    assert "没有收回" in client_for(tenant_a, "volunteer").post(url, follow=True).text


def test_what_could_never_be_printed_is_refused_before_it_waits(volunteer: Volunteer) -> None:
    ServiceRecord.objects.update(place="\U00031350路")
    with pytest.raises(Exception, match=r"U\+31350"):
        ask(volunteer, Wish(scope=scope()), by=volunteer.user)
    assert CertificateRequest.objects.count() == 0


def test_nobody_asks_for_somebody_else(volunteer: Volunteer) -> None:
    for role in ("officer", "school_manager", "newcomer"):
        with pytest.raises(errors.NotAllowed):
            ask(volunteer, Wish(scope=scope()), by=person(role))


def test_two_officers_at_once_take_one_number(committed_a: Any) -> None:
    want_second_person()
    volunteer = make_volunteer(name="李小梅")
    serve(volunteer)
    request = ask(volunteer, Wish(scope=scope()), by=volunteer.user)
    assert isinstance(request, CertificateRequest)
    approve = partial(approval.approve_request, request, seen=seen(request))
    refuse = partial(approval.refuse_request, request, by=person("officer"), note="不行")
    both = [partial(approve, by=person("officer")), partial(approve, by=second_officer())]
    answers = at_once(committed_a, [*both, refuse])
    request.refresh_from_db()
    assert (answers.count("MoveRefused"), request.state != RequestState.WAITING) == (2, True)
    assert Certificate.objects.count() == (1 if request.state == RequestState.APPROVED else 0)
