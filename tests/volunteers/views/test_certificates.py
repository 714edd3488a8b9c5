"""Asking for a certificate, waiting for it, downloading one's own."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context

from certificates.domain import propose_revocation, withdraw_revocation
from certificates.enums import Action, Actor
from certificates.models import Certificate, LogEntry, ShareLink
from portal.accounts.models import Disclosure
from portal.core.models import RuleSettings
from portal.notices.models import Notice
from portal.volunteers.domain.certify import ask_for_certificate, outdate_record
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.enums import RecordState
from portal.volunteers.models import Volunteer
from tests.cast import ROLES, person
from tests.factories.certificates import make_credential_key
from tests.factories.volunteers import make_record, make_volunteer, past_shift
from tests.tasks import run_queued
from tests.volunteers.domain.test_sign_up_races import at_once

ClientFor = Callable[..., Client]


def period() -> dict[str, str]:
    today = timezone.localdate()
    return {"start": (today - timedelta(days=300)).isoformat(), "end": today.isoformat()}


@pytest.fixture
def volunteer(tenant_a: Any) -> Any:
    made = make_volunteer("volunteer")
    type(made.user).objects.filter(pk=made.user_id).update(name="李小梅")
    return Volunteer.objects.select_related("user").get(pk=made.pk)


def test_the_number_is_there_at_once_and_the_sheet_after_the_worker(
    tenant_a: Any, client_for: ClientFor, volunteer: Any
) -> None:
    make_record(volunteer, state=RecordState.CONFIRMED)
    client = client_for(tenant_a, "volunteer")
    assert client.post("/desk/certificates/", period()).url == "/desk/certificates/"
    certificate = Certificate.objects.get()
    page = client.get("/desk/certificates/").text
    assert certificate.number in page
    assert 'hx-trigger="every 2s"' in page
    assert '<noscript><p><a href="/desk/certificates/">看看做好没有' in page
    pdf = f"/desk/certificates/{certificate.number}/pdf/"
    assert client.get(pdf).status_code == 404

    run_queued()

    assert "hx-trigger" not in client.get("/desk/certificates/progress/").text
    response = client.get(pdf)
    assert (response.status_code, response["Content-Type"], response.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert Notice.objects.filter(kind="certificate_ready", user=volunteer.user).count() == 1


def test_only_confirmed_records_of_the_period_are_on_it_and_the_rest_is_said(
    tenant_a: Any, client_for: ClientFor, volunteer: Any
) -> None:
    today = timezone.localdate()
    for days, state, minutes in (
        (3, RecordState.CONFIRMED, 120),
        (4, RecordState.CONFIRMED, 0),
        (5, RecordState.DISPUTED, 120),
        (6, RecordState.SUBMITTED, 120),
        (400, RecordState.CONFIRMED, 120),
    ):
        make_record(
            volunteer, past_shift(), state=state, minutes=minutes, date=today - timedelta(days=days), reason="原因"
        )
    make_record(make_volunteer(), state=RecordState.CONFIRMED)
    client = client_for(tenant_a, "volunteer")
    client.post("/desk/certificates/", period())
    facts = Certificate.objects.get().facts
    assert [(row.day, row.minutes) for row in facts.rows] == [(today - timedelta(days=3), 120)]
    page = client.get("/desk/certificates/").text
    assert "没有列入的：1笔还没确认；1笔有异议，正在处理；1笔取整后不足起计时长。" in page


def test_facts_are_frozen_when_the_number_is_taken(tenant_a: Any, volunteer: Any) -> None:
    record = make_record(volunteer, state=RecordState.CONFIRMED)
    today = timezone.localdate()
    certificate = ask_for_certificate(volunteer, Scope(start=today - timedelta(days=9), end=today))
    type(record).objects.update(activity="改了", minutes=30)
    certificate.refresh_from_db()
    assert [(row.project, row.minutes) for row in certificate.facts.rows] == [(record.activity, 120)]


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({}, "没有已确认的服务记录"),
        ({"end": "2020-01-01"}, "早于开始"),
        ({"end": "2099-01-01"}, "最晚写到今天"),
        ({"start": ""}, "还差日期"),
        ({"start": "昨天"}, "2026-03-12"),
    ],
)
def test_a_refusal_says_why_and_spends_no_number(
    tenant_a: Any, client_for: ClientFor, volunteer: Any, over: dict[str, str], words: str
) -> None:
    response = client_for(tenant_a, "volunteer").post("/desk/certificates/", {**period(), **over})
    assert response.status_code == 422
    assert words in response.text
    assert Certificate.objects.count() == 0


def test_a_character_without_a_glyph_is_named(tenant_a: Any, client_for: ClientFor, volunteer: Any) -> None:
    make_record(volunteer, state=RecordState.CONFIRMED)
    type(volunteer.user).objects.filter(pk=volunteer.user_id).update(name="李\U00031350")
    response = client_for(tenant_a, "volunteer").post("/desk/certificates/", period())
    assert response.status_code == 422
    assert "U+31350" in response.text
    assert Certificate.objects.count() == 0


def test_the_same_request_twice_is_one_certificate(tenant_a: Any, client_for: ClientFor, volunteer: Any) -> None:
    make_record(volunteer, state=RecordState.CONFIRMED)
    client = client_for(tenant_a, "volunteer")
    for _ in range(2):
        assert client.post("/desk/certificates/", period()).status_code == 302
    assert Certificate.objects.count() == 1
    run_queued()
    again = client.post("/desk/certificates/", period(), follow=True)
    assert f"已有证明{Certificate.objects.get().number}" in again.text


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_the_sheet_is_for_its_holder_and_for_officers_whose_look_is_logged(
    tenant_a: Any, client_for: ClientFor, role: str
) -> None:
    holder = make_volunteer(name="李小梅")
    make_record(holder, state=RecordState.CONFIRMED)
    certificate = ask_for_certificate(holder, Scope(start=date(2026, 1, 1), end=timezone.localdate()))
    run_queued()
    response = client_for(tenant_a, role).get(f"/desk/certificates/{certificate.number}/pdf/")
    expected = {"": 302, "officer": 200}.get(role, 404)
    assert response.status_code == expected
    assert Disclosure.objects.count() == (1 if role == "officer" else 0)


def test_another_sites_officer_finds_no_sheet(tenant_a: Any, tenant_b: Any, client_for: ClientFor) -> None:
    holder = make_volunteer(name="李小梅")
    make_record(holder, state=RecordState.CONFIRMED)
    certificate = ask_for_certificate(holder, Scope(start=date(2026, 1, 1), end=timezone.localdate()))
    run_queued()
    assert client_for(tenant_b, "officer").get(f"/desk/certificates/{certificate.number}/pdf/").status_code == 404


def test_the_credential_is_for_the_same_people_and_each_one_is_logged(
    tenant_a: Any, tenant_b: Any, client_for: ClientFor
) -> None:
    make_credential_key()
    holder = make_volunteer(name="李小梅")
    make_record(holder, state=RecordState.CONFIRMED)
    certificate = ask_for_certificate(holder, Scope(start=date(2026, 1, 1), end=timezone.localdate()))
    run_queued()
    url = f"/desk/certificates/{certificate.number}/credential/"
    roles = ["", "newcomer", *ROLES, holder.user.username]
    answers = {role: client_for(tenant_a, role).get(url) for role in roles}
    assert {role: answer.status_code for role, answer in answers.items()} == {
        **dict.fromkeys(roles, 404),
        "": 302,
        "officer": 200,
        holder.user.username: 200,
    }
    assert answers["officer"].content == answers[holder.user.username].content
    assert "李小梅" in answers["officer"].text
    assert Disclosure.objects.count() == 1
    logged = LogEntry.objects.filter(detail__form="credential").order_by("sequence")
    assert [(entry.action, entry.actor) for entry in logged] == [
        (Action.DOWNLOADED, Actor.STAFF),
        (Action.DOWNLOADED, Actor.HOLDER),
    ]
    assert client_for(tenant_b, "officer").get(url).status_code == 404


def test_the_list_offers_a_credential_where_the_site_signs_such(
    tenant_a: Any, client_for: ClientFor, volunteer: Any
) -> None:
    make_record(volunteer, state=RecordState.CONFIRMED)
    client = client_for(tenant_a, "volunteer")
    client.post("/desk/certificates/", period())
    run_queued()
    url = f"/desk/certificates/{Certificate.objects.get().number}/credential/"
    assert (url in client.get("/desk/certificates/").text, client.get(url).status_code) == (False, 404)
    make_credential_key()
    assert (url in client.get("/desk/certificates/").text, client.get(url).status_code) == (True, 200)


def test_asked_by_ten_threads_at_once_it_is_one_number(committed_a: Any) -> None:
    holder = make_volunteer(name="李小梅")
    make_record(holder, state=RecordState.CONFIRMED)
    today = timezone.localdate()
    ask = [lambda: ask_for_certificate(holder, Scope(start=today - timedelta(days=9), end=today)).number] * 10
    assert len(set(at_once(committed_a, ask))) == 1
    assert Certificate.objects.count() == 1


def test_two_sites_count_apart(tenant_a: Any, tenant_b: Any) -> None:
    numbers = []
    for tenant in (tenant_a, tenant_b):
        with tenant_context(tenant):
            holder = make_volunteer(name="李小梅")
            make_record(holder, state=RecordState.CONFIRMED)
            made = ask_for_certificate(holder, Scope(start=date(2026, 1, 1), end=timezone.localdate()))
            numbers.append((made.sequence, made.number[:6]))
    assert numbers == [(1, "120101"), (1, "450100")]


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_holders_alone_share_and_renew(tenant_a: Any, client_for: ClientFor, role: str) -> None:
    holder = make_volunteer(name="李小梅")
    make_record(holder, state=RecordState.CONFIRMED)
    certificate = ask_for_certificate(holder, Scope(start=date(2026, 1, 1), end=timezone.localdate()))
    run_queued()
    make_volunteer("volunteer")  # who has a desk, but not this certificate
    client = client_for(tenant_a, role)
    for act in ("share", "unshare", "renew"):
        url = f"/desk/certificates/{certificate.number}/{act}/"
        assert client.post(url).status_code in {302, 404}
        assert client.get(url).status_code == 302
    assert (ShareLink.objects.count(), Certificate.objects.count()) == (0, 1)


def test_a_link_is_made_shown_and_taken_back(tenant_a: Any, client_for: ClientFor, volunteer: Any) -> None:
    make_record(volunteer, state=RecordState.CONFIRMED)
    RuleSettings.objects.update_or_create(pk=1, defaults={"share_link_days": 7})
    client = client_for(tenant_a, "volunteer")
    client.post("/desk/certificates/", period())
    run_queued()
    number = Certificate.objects.get().number
    page = client.post(f"/desk/certificates/{number}/share/", follow=True).text
    link = ShareLink.objects.get()
    assert f'readonly value="http://{tenant_a.host}/certificates/shared/{link.token}/"' in page
    assert link.ends_at - link.made_at > timedelta(days=6, hours=23)
    assert Client(SERVER_NAME=tenant_a.host).get(f"/certificates/shared/{link.token}/").status_code == 200
    page = client.post(f"/desk/certificates/{number}/unshare/", follow=True).text
    assert link.token not in page
    assert Client(SERVER_NAME=tenant_a.host).get(f"/certificates/shared/{link.token}/").status_code == 404


def test_an_outdated_certificate_is_replaced_by_its_holder(
    tenant_a: Any, client_for: ClientFor, volunteer: Any
) -> None:
    record = make_record(volunteer, state=RecordState.CONFIRMED)
    client = client_for(tenant_a, "volunteer")
    client.post("/desk/certificates/", period())
    run_queued()
    old = Certificate.objects.get()
    unchanged = client.post(f"/desk/certificates/{old.number}/renew/", follow=True)
    assert "不需要换发" in unchanged.text
    type(record).objects.update(minutes=60, reason="点错")
    record.refresh_from_db()
    outdate_record(record, by=person("officer"))
    proposal = propose_revocation(old, ground="wrong_records", reason="示例", proposed_by="1")
    page = client.get("/desk/certificates/").text
    assert ("renew/" in page, "有了结果才能换发" in page) == (False, True)
    assert "正由主管核对是否撤销" in client.post(f"/desk/certificates/{old.number}/renew/", follow=True).text
    withdraw_revocation(proposal, withdrawn_by="1")
    assert f'action="/desk/certificates/{old.number}/renew/"' in client.get("/desk/certificates/").text
    client.post(f"/desk/certificates/{old.number}/renew/")
    run_queued()
    newer = Certificate.objects.get(replaces=old)
    page = client.get("/desk/certificates/").text
    assert f"已被新证书替换：{newer.number}" in page
    assert "renew/" not in page
    assert Notice.objects.filter(kind="certificate_ended", user=volunteer.user).count() == 1
