"""Certificates in the Wagtail admin: who sees them, who takes them back, and the list of the log."""

import csv
import hashlib
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context
from openpyxl import load_workbook

from certificates.domain import write_log
from certificates.enums import Action, Actor, RevocationState, State
from certificates.models import Certificate, LogEntry, Revocation
from portal.accounts.models import User
from portal.core.models import RuleSettings
from portal.core.waiting import waiting_for
from portal.notices.models import Notice
from portal.volunteers.domain.certify import ask_for_certificate, holder_key, outdate_record, renew_certificate
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.enums import RecordState
from portal.volunteers.models import ServiceRecord
from tests.cast import ROLES, person
from tests.confirming import confirmed
from tests.factories.certificates import make_issued
from tests.factories.designs import make_design
from tests.factories.volunteers import make_record, make_volunteer
from tests.tasks import run_queued

ClientFor = Callable[..., Client]
LISTS = ["certificate", "logentry"]
PROPOSAL = {"act": "propose", "ground": "not_theirs", "reason": "冒名领取，已核实"}


def list_of(name: str) -> str:
    return f"/cms/snippets/certificates/{name}/"


def page_of(certificate: Certificate) -> str:
    return f"/cms/certificates/{certificate.pk}/"


@pytest.fixture
def issued(tenant_a: Any) -> Certificate:
    """Of a volunteer with one confirmed record."""
    holder = make_volunteer(name="李小梅")
    make_record(holder, state=RecordState.CONFIRMED)
    today = timezone.localdate()
    ask_for_certificate(holder, Scope(start=today - timedelta(days=300), end=today))
    run_queued()
    return Certificate.objects.get()


@pytest.fixture
def second(tenant_a: Any, client_for: ClientFor) -> Client:
    """Another officer."""
    officer = User.objects.create_user("second", "second@example.org", "x", name="第二主管")
    officer.groups.add(*person("officer").groups.all())
    return client_for(tenant_a, "second")


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_officers_alone_see_certificates_and_their_log(
    issued: Certificate, tenant_a: Any, client_for: ClientFor, role: str
) -> None:
    client = client_for(tenant_a, role)
    expected = 200 if role == "officer" else 302
    assert [client.get(list_of(name)).status_code for name in LISTS] == [expected] * 2
    # Staff with no right to certificates are refused, others are sent to sign in.
    assert client.get(page_of(issued)).status_code in ({200} if role == "officer" else {302, 403})


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_officers_alone_act_on_certificates(
    issued: Certificate, tenant_a: Any, client_for: ClientFor, role: str
) -> None:
    client = client_for(tenant_a, role)
    for act in ("propose", "confirm", "decline", "withdraw", "renew", "retry"):
        confirmed(client, page_of(issued), {**PROPOSAL, "act": act, "note": "x"})
    assert Revocation.objects.count() == (1 if role == "officer" else 0)
    assert Certificate.objects.get().state == State.ISSUED


@pytest.mark.parametrize("name", LISTS)
def test_nobody_writes_rows_past_the_verbs(
    issued: Certificate, tenant_a: Any, client_for: ClientFor, name: str
) -> None:
    client = client_for(tenant_a, "officer")
    pk = issued.pk if name == "certificate" else LogEntry.objects.get().pk
    for path in ("add/", f"edit/{pk}/", f"delete/{pk}/"):
        assert client.get(f"{list_of(name)}{path}").status_code == 302
        assert client.post(f"{list_of(name)}{path}").status_code == 302


def test_another_sites_certificate_is_not_there(issued: Certificate, tenant_b: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_b, "officer")
    assert client.get(page_of(issued)).status_code == 404
    assert confirmed(client, page_of(issued), PROPOSAL).status_code == 404
    assert issued.number not in client.get(list_of("certificate")).text
    assert issued.number not in client.get(list_of("logentry")).text


def test_one_proposes_another_confirms_and_everybody_concerned_learns_of_it(
    issued: Certificate, tenant_a: Any, client_for: ClientFor, second: Client
) -> None:
    first, holder = client_for(tenant_a, "officer"), User.objects.get(name="李小梅")
    assert confirmed(first, page_of(issued), PROPOSAL).status_code == 302
    assert Notice.objects.filter(kind="revocation_proposed").values_list("user__username", flat=True).get() == "second"
    assert [item.url for item in waiting_for(User.objects.get(username="second")).admin] == [page_of(issued)]
    assert waiting_for(person("officer")).admin == []

    page = first.get(page_of(issued)).text
    assert "确认撤销这张证书" not in page
    assert ("收回这次撤销" in page, 'value="renew"' in page) == (True, False)
    refused = confirmed(first, page_of(issued), {"act": "confirm"})
    assert refused.status_code == 422
    assert "另一位主管" in refused.text
    issued.refresh_from_db()
    assert issued.state == State.ISSUED

    assert "示例officer提出：不是持有人本人的服务" in second.get(page_of(issued)).text
    assert confirmed(second, page_of(issued), {"act": "confirm"}).status_code == 302
    issued.refresh_from_db()
    assert (issued.state, issued.ended_by) == (State.REVOKED, str(User.objects.get(username="second").pk))
    notice = Notice.objects.get(kind="certificate_ended")
    assert (notice.user, "冒名领取，已核实" in notice.body, issued.number in notice.subject) == (holder, True, True)
    shown = client_for(tenant_a).get(f"/certificates/check/{issued.number}/").text
    assert ("不是持有人本人的服务" in shown, "冒名" in shown) == (True, False)


def test_who_does_not_agree_says_why_and_the_first_learns_of_it(
    issued: Certificate, tenant_a: Any, client_for: ClientFor, second: Client
) -> None:
    confirmed(client_for(tenant_a, "officer"), page_of(issued), PROPOSAL)
    assert "请写明为什么不同意" in second.post(page_of(issued), {"act": "decline", "note": ""}).text
    assert second.post(page_of(issued), {"act": "decline", "note": "查过，是本人"}).status_code == 302
    notice = Notice.objects.get(kind="revocation_declined")
    assert (notice.user, "查过，是本人" in notice.body) == (person("officer"), True)
    assert Notice.objects.filter(kind="certificate_ended").count() == 0
    assert "查过，是本人" in second.get(page_of(issued)).text
    gone = confirmed(second, page_of(issued), {"act": "confirm"})
    assert (gone.status_code, "可能刚被别人处理了" in gone.text) == (422, True)


def test_what_was_replaced_before_the_second_person_came_is_told_to_the_first(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    ServiceRecord.objects.update(minutes=60, reason="点错")
    outdate_record(ServiceRecord.objects.get(), by=person("officer"))
    renew_certificate(issued, by=person("officer"))
    confirmed(client_for(tenant_a, "officer"), page_of(issued), PROPOSAL)
    run_queued()
    notice = Notice.objects.get(kind="revocation_lapsed")
    assert (notice.user, issued.number in notice.subject) == (person("officer"), True)


def test_whoever_proposed_it_may_take_it_back(issued: Certificate, tenant_a: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_a, "officer")
    confirmed(client, page_of(issued), PROPOSAL)
    assert client.post(page_of(issued), {"act": "withdraw"}).status_code == 302
    assert Revocation.objects.get().state == RevocationState.WITHDRAWN


def test_a_site_may_do_without_the_second_person(issued: Certificate, tenant_a: Any, client_for: ClientFor) -> None:
    RuleSettings.objects.update_or_create(pk=1, defaults={"revocation_second_person": False})
    client = client_for(tenant_a, "officer")
    assert "马上撤销，不能恢复" in client.get(page_of(issued)).text
    confirmed(client, page_of(issued), PROPOSAL)
    issued.refresh_from_db()
    assert issued.state == State.REVOKED
    assert Notice.objects.filter(kind="certificate_ended").count() == 1
    assert "本站不要求第二人" in client.get(page_of(issued)).text


def test_an_officer_neither_proposes_nor_confirms_about_their_own(
    tenant_a: Any, client_for: ClientFor, second: Client
) -> None:
    own = make_issued()
    Certificate.objects.filter(pk=own.pk).update(holder_key=holder_key(make_volunteer("officer")))
    client = client_for(tenant_a, "officer")
    assert confirmed(client, page_of(own), PROPOSAL).status_code == 422
    assert Revocation.objects.count() == 0
    confirmed(second, page_of(own), PROPOSAL)
    refused = confirmed(client, page_of(own), {"act": "confirm"})
    assert (refused.status_code, "自己的请另外的主管来办" in refused.text) == (422, True)


@pytest.mark.parametrize("missing", ["ground", "reason"])
def test_what_is_missing_is_said_at_its_field(
    issued: Certificate, tenant_a: Any, client_for: ClientFor, missing: str
) -> None:
    response = client_for(tenant_a, "officer").post(page_of(issued), {**PROPOSAL, missing: ""})
    assert response.status_code == 422
    assert Revocation.objects.count() == 0


def test_what_nobody_can_ask_is_a_bad_request(issued: Certificate, tenant_a: Any, client_for: ClientFor) -> None:
    assert client_for(tenant_a, "officer").post(page_of(issued), {"act": "burn"}).status_code == 400


def test_an_outdated_one_is_renewed_and_the_chain_is_seen(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    client = client_for(tenant_a, "officer")
    unchanged = confirmed(client, page_of(issued), {"act": "renew"})
    assert (unchanged.status_code, "不需要换发" in unchanged.text) == (422, True)
    ServiceRecord.objects.update(minutes=60, reason="点错")
    record = ServiceRecord.objects.get()
    outdate_record(record, by=person("officer"))
    make_record(record.volunteer, state=RecordState.DISPUTED, reason="时间不对")
    asked = client.post(page_of(issued), {"act": "renew"}).text
    told = ("原来2小时，新的一张1小时", "不列入：1笔有异议")
    assert [word for word in told if word not in asked] == []
    assert confirmed(client, page_of(issued), {"act": "renew"}).status_code == 302
    run_queued()
    issued.refresh_from_db()
    newer = Certificate.objects.get(replaces=issued)
    assert (issued.state, newer.state, newer.facts.minutes) == (State.SUPERSEDED, State.ISSUED, 60)
    body = Notice.objects.get(kind="certificate_ended").body
    assert (newer.number in body, told[0] in body) == (True, True)
    assert f'<a href="{page_of(newer)}">{newer.number}</a>' in client.get(page_of(issued)).text
    assert f'<a href="{page_of(issued)}">{issued.number}</a>' in client.get(page_of(newer)).text
    assert newer.number in client.get(list_of("certificate")).text


def test_given_up_sheets_are_made_again(issued: Certificate, tenant_a: Any, client_for: ClientFor) -> None:
    Certificate.objects.update(state=State.REQUESTED, given_up=True, issued_at=None)
    client = client_for(tenant_a, "officer")
    assert "重新制作" in client.get(page_of(issued)).text
    client.post(page_of(issued), {"act": "retry"})
    assert Certificate.objects.get().given_up is False


def test_the_export_tells_the_versions_behind_each_sheet(tenant_a: Any, client_for: ClientFor) -> None:
    make_issued(design=make_design(version="record/4", heading="志愿服务证明", text="兹证明{name}。"))
    found = client_for(tenant_a, "officer").get(f"{list_of('certificate')}?export=csv")
    (row,) = csv.DictReader(io.StringIO(found.getvalue().decode("utf-8-sig")))
    assert (row["样式版本"], row["模板版本"][:7]) == ("record/4", "record-")
    page = client_for(tenant_a, "officer").get(page_of(Certificate.objects.get())).text
    assert "record/4，record-" in page


def test_lists_and_exports_hold_masked_names_alone(issued: Certificate, tenant_a: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_a, "officer")
    for name in LISTS:
        texts = [client.get(list_of(name)).text]
        sheet: Any = load_workbook(io.BytesIO(client.get(f"{list_of(name)}?export=xlsx").getvalue())).active
        texts.append(" ".join(str(cell) for row in sheet.values for cell in row))
        assert [issued.number in text for text in texts] == [True, True]
        assert ["李小梅" in text for text in texts] == [False, False]


def test_the_log_is_filtered_paged_and_taken_along_so_that_it_can_be_recomputed(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    client_for(tenant_a, "officer").get(f"/desk/certificates/{issued.number}/pdf/")
    client = client_for(tenant_a, "officer")
    for _ in range(100):
        write_log(Action.CHECKED_IN_BULK, actor=Actor.ANYBODY, asked=1, found=0, host="site")
    assert "p=2" in client.get(list_of("logentry")).text
    assert issued.number not in client.get(list_of("logentry")).text
    assert client.get(f"{list_of('logentry')}?action=downloaded").text.count(issued.number) >= 1
    found = client.get(f"{list_of('logentry')}?q={issued.number}&export=csv")
    rows = list(csv.DictReader(io.StringIO(found.getvalue().decode("utf-8-sig"))))
    assert [row["证书编号"] for row in rows] == [issued.number] * 2
    for row in rows:
        text = row["上一条的摘要"] + row["摘要所依据的原文（JSON）"]
        assert hashlib.sha256(text.encode()).hexdigest() == row["摘要"]


def test_each_download_is_logged_by_who_without_a_name(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    holder = User.objects.get(name="李小梅")
    for username in (holder.username, "officer", "publicist"):
        client_for(tenant_a, username).get(f"/desk/certificates/{issued.number}/pdf/")
    entries = LogEntry.objects.filter(action=Action.DOWNLOADED).order_by("sequence")
    assert [(entry.actor, entry.account) for entry in entries] == [
        (Actor.HOLDER, None),
        (Actor.STAFF, person("officer").pk),
    ]


def test_the_holder_reads_of_another_site_nothing(issued: Certificate, tenant_b: Any) -> None:
    with tenant_context(tenant_b):
        assert (Certificate.objects.count(), LogEntry.objects.count(), Revocation.objects.count()) == (0, 0, 0)
