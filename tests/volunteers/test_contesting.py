"""A holder contests a certificate: it goes to who can put it right, has a day, and is answered once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from certificates.domain import confirm_revocation, issue_certificate, propose_revocation, request_certificate
from certificates.enums import State
from certificates.models import Certificate
from portal.core.errors import DomainError
from portal.core.models import RuleSettings
from portal.core.templatetags.yinling import whole_date
from portal.core.waiting import waiting_for
from portal.core.workdays import workdays_after
from portal.notices.models import Notice
from portal.volunteers.domain import errors
from portal.volunteers.domain.certify import ask_for_certificate, holder_key
from portal.volunteers.domain.contesting import answer_corrected, ask_for_correction, remind
from portal.volunteers.domain.correct import correct_person
from portal.volunteers.domain.records import confirm_record, correct_record, dispute_record
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.enums import CorrectionAbout, CorrectionState, RecordState
from portal.volunteers.models import CorrectionRequest, RecordChange, ServiceRecord
from tests.cast import ROLES, person
from tests.confirming import confirmed
from tests.factories.certificates import make_honour
from tests.factories.people import make_membership
from tests.factories.projects import make_organiser, make_project
from tests.factories.volunteers import make_record, make_volunteer, past_shift
from tests.tasks import run_queued

ClientFor = Callable[..., Client]
LIST = "/cms/snippets/volunteers/correctionrequest/"
CLAIM = "那天是一小时，不是两小时"


@pytest.fixture
def record(tenant_a: Any) -> ServiceRecord:
    """Of a project that somebody else leads, entered by the community worker."""
    organiser = make_organiser()
    make_membership(organisation=organiser, user=person("organisation_manager"), role="manager")
    project = make_project(organiser=organiser, in_charge=person("newcomer"))
    volunteer = make_volunteer("volunteer")
    day = timezone.localdate() - timedelta(days=3)
    return make_record(volunteer, past_shift(project), state=RecordState.CONFIRMED, date=day)


@pytest.fixture
def certificate(record: ServiceRecord) -> Certificate:
    today = timezone.localdate()
    ask_for_certificate(record.volunteer, Scope(start=today - timedelta(days=30), end=today))
    run_queued()
    return Certificate.objects.get()


def address(certificate: Certificate) -> str:
    return f"/desk/certificates/{certificate.number}/correction/"


def staff_page(request: CorrectionRequest) -> str:
    return f"/cms/correction-requests/{request.pk}/"


def contest(certificate: Certificate, **over: Any) -> CorrectionRequest:
    values = {"about": CorrectionAbout.PERSON, "claim": CLAIM, **over}
    return ask_for_correction(certificate, by=person("volunteer"), **values)


def test_a_wrong_line_is_put_right_and_the_certificate_renewed(
    tenant_a: Any, client_for: ClientFor, certificate: Certificate, record: ServiceRecord
) -> None:
    desk = client_for(tenant_a, "volunteer")
    assert f'href="{address(certificate)}"' in desk.get("/desk/certificates/").text
    assert "陪独居老人坐坐 2.0小时" in desk.get(address(certificate)).text
    assert 'class="checks checks--rows"' in desk.get(address(certificate)).text
    assert desk.post(address(certificate), {"what": "line-1", "claim": CLAIM}).url == "/desk/certificates/"

    request = CorrectionRequest.objects.get()
    page = desk.get(address(certificate)).text
    told = ("陪独居老人坐坐 2.0小时", CLAIM, f"{whole_date(request.due_on)}前答复您", "更正的，由另一人确认")
    assert ([word for word in told if word not in page], 'name="claim"' in page) == ([], False)
    record.refresh_from_db()
    assert (request.record, record.state, record.reason) == (record, RecordState.DISPUTED, CLAIM)
    assert request.due_on == workdays_after(timezone.localdate(), 10).date
    told = Notice.objects.filter(kind="correction_asked").values_list("user__username", "url")
    staff, theirs = staff_page(request), f"/desk/records/{record.pk}/"
    assert sorted(told) == [("newcomer", theirs), ("officer", staff), ("organisation_manager", theirs)]
    (item,) = [item for item in waiting_for(person("officer")).admin if item.url == staff]
    assert (item.due and timezone.localdate(item.due), CLAIM in item.detail) == (request.due_on, True)

    officer = client_for(tenant_a, "officer")
    for data in ({"act": "corrected"}, {"act": "refuse", "answer": "查过"}):
        refused = officer.post(staff, data)  # at once: nobody is asked about what cannot be
        assert (refused.status_code, "还没有处理完" in refused.text) == (422, True)
    correct_record(record, minutes=60, by=person("community_worker"), why="核对签到表")
    confirm_record(record, by=person("officer"))
    assert confirmed(officer, staff, {"act": "corrected"}).status_code == 302
    run_queued()

    request.refresh_from_db()
    newer = Certificate.objects.get(replaces=certificate)
    assert (request.state, request.answered_by) == (CorrectionState.CORRECTED, person("officer"))
    assert (newer.state, [row.minutes for row in newer.facts.rows]) == (State.ISSUED, [60])
    assert "已更正，正在换发" in Notice.objects.get(kind="correction_answered").subject
    page = desk.get("/desk/certificates/").text
    assert (CLAIM in page, "已更正，换发" in page) == (True, True)
    assert officer.get(f"{LIST}?state=corrected").text.count(certificate.number) >= 1


def test_refused_it_says_why_and_the_certificate_counts(
    tenant_a: Any, client_for: ClientFor, certificate: Certificate
) -> None:
    request = contest(certificate, about=CorrectionAbout.OTHER)
    officer = client_for(tenant_a, "officer")
    assert "请写明为什么不更正" in confirmed(officer, staff_page(request), {"act": "refuse", "answer": ""}).text
    assert confirmed(officer, staff_page(request), {"act": "refuse", "answer": "签到表是两小时"}).status_code == 302
    assert "签到表是两小时" in client_for(tenant_a, "volunteer").get("/desk/certificates/").text
    assert "签到表是两小时" in Notice.objects.get(kind="correction_answered").body
    certificate.refresh_from_db()
    assert certificate.state == State.ISSUED
    again = confirmed(officer, staff_page(request), {"act": "refuse", "answer": "再说一次"})
    assert (again.status_code, "不能再改" in again.text) == (422, True)

    again = staff_page(contest(certificate))
    assert "证书仍然有效" in officer.post(again, {"act": "refuse", "answer": "查过"}).text
    proposed = propose_revocation(certificate, ground="not_theirs", reason="冒名领取", proposed_by="1")
    page = officer.get(again).text + officer.post(again, {"act": "refuse", "answer": "查过"}).text
    assert (page.count("正由主管核对是否撤销"), "仍然有效" in page) == (2, False)
    confirm_revocation(proposed, confirmed_by="2")
    page = officer.get(again).text
    assert ("冒名领取" in page, 'value="corrected"' in page, 'value="refuse"' in page) == (True, False, True)
    assert "只有有效的证书才能更正" in officer.post(again, {"act": "corrected"}).text
    asked = officer.post(again, {"act": "refuse", "answer": "查过"}).text
    assert ("证书现在是“已撤销”" in asked, "仍然有效" in asked) == (True, False)


def test_a_wrong_name_is_put_right_first(tenant_a: Any, certificate: Certificate) -> None:
    request = contest(certificate)
    with pytest.raises(Exception, match="不需要换发"):
        answer_corrected(request, by=person("officer"))
    correct_person(request.volunteer, by=person("officer"), why="核对证件", name="李小梅")
    answer_corrected(request, by=person("officer"))
    assert Certificate.objects.get(replaces=certificate).facts.holder_name == "李小梅"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "请选哪里不对"),
        ({"what": "line-1"}, "请写明应该是怎样"),
        ({"what": "line-7", "claim": CLAIM}, "line-7"),
        ({"what": "other", "claim": "长" * 201}, "不超过200字"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    tenant_a: Any, client_for: ClientFor, certificate: Certificate, form: dict[str, str], words: str
) -> None:
    answer = client_for(tenant_a, "volunteer").post(address(certificate), form)
    assert (answer.status_code, words in answer.text, CorrectionRequest.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_holders_contest_and_officers_answer(
    tenant_a: Any, client_for: ClientFor, certificate: Certificate, role: str
) -> None:
    client = client_for(tenant_a, role)
    client.post(address(certificate), {"what": "other", "claim": CLAIM})
    assert CorrectionRequest.objects.count() == (1 if role == "volunteer" else 0)
    request = CorrectionRequest.objects.first() or contest(certificate)
    confirmed(client, staff_page(request), {"act": "refuse", "answer": "查过"})
    request.refresh_from_db()
    assert (request.state == CorrectionState.REFUSED) == (role == "officer")
    assert client.get(LIST).status_code == (200 if role == "officer" else 302)


def test_others_and_other_sites_learn_nothing(
    tenant_a: Any, tenant_b: Any, client_for: ClientFor, certificate: Certificate
) -> None:
    request = contest(certificate)
    make_volunteer("community_worker")
    other = client_for(tenant_a, "community_worker")
    assert other.get(address(certificate)).status_code == 404
    assert other.post(f"/desk/certificates/corrections/{request.pk}/withdraw/").status_code == 404
    assert client_for(tenant_b, "officer").get(staff_page(request)).status_code == 404
    assert CLAIM not in client_for(tenant_b, "officer").get(LIST).text


def test_one_at_a_time_and_taken_back_by_its_holder(
    tenant_a: Any, client_for: ClientFor, certificate: Certificate
) -> None:
    request = contest(certificate, about=CorrectionAbout.LINE, line=1)
    desk = client_for(tenant_a, "volunteer")
    page = desk.post(address(certificate), {"what": "other", "claim": CLAIM}).text
    shown = [words in page for words in ("更正申请在办", "收回后不再有答复期限")]
    assert (shown, CorrectionRequest.objects.count()) == ([True, True], 1)
    with pytest.raises(DomainError, match="已有一份更正申请在办"):
        contest(certificate)
    told = desk.post(f"/desk/certificates/corrections/{request.pk}/withdraw/", follow=True).text
    request.refresh_from_db()
    record = f"/desk/records/{request.record_id}/"
    assert (request.state, "那笔服务记录仍有异议，暂不计入" in told, f'href="{record}"' in told) == (
        CorrectionState.WITHDRAWN, True, True,
    )  # fmt: skip
    notice, due = Notice.objects.get(url=record, subject__contains="记录仍有异议"), request.due_on
    assert (notice.user, f"还要在{whole_date(due)}前更正或作废" in notice.body) == (person("officer"), True)
    # The record has the day that it had since it was disputed; the request has none any more.
    (item,) = waiting_for(person("officer")).admin
    assert (item.url, item.due and timezone.localdate(item.due)) == (record, due)
    officer = client_for(tenant_a, "officer")
    read = [officer.get(staff_page(request)).text, officer.get(LIST).text]
    day, holder = whole_date(due), request.volunteer.user.name
    assert [(CLAIM in page, day in page, date_format(due) in page, holder in page) for page in read] == [
        (True, False, False, False)
    ] * 2

    assert desk.post(address(certificate), {"what": "other", "claim": CLAIM}).status_code == 302
    page = desk.get(address(certificate)).text
    assert ("主管核对您写的。" in page, "收回后不再有答复期限" in page) == (True, False)
    other = CorrectionRequest.objects.get(state=CorrectionState.OPEN)
    told = desk.post(f"/desk/certificates/corrections/{other.pk}/withdraw/", follow=True).text
    assert ("申请已收回" in told, "仍有异议" in told) == (True, False)


def test_every_disputed_record_has_a_day_and_the_longest_disputed_stands_first(
    tenant_a: Any, record: ServiceRecord
) -> None:
    dispute_record(record, by=record.volunteer.user, reason=CLAIM)
    old = make_record(record.volunteer, past_shift(record.project), state=RecordState.DISPUTED, reason=CLAIM)
    since = timezone.now() - timedelta(days=40)
    RecordChange.objects.create(record=old, by=record.volunteer.user, to_state=RecordState.DISPUTED, at=since)
    desk = waiting_for(person("organisation_manager")).desk
    items = [item for item in desk if item.url.startswith("/desk/records/")]
    told = [(item.url, item.due and timezone.localdate(item.due), item.detail) for item in items]
    assert told == [
        (f"/desk/records/{old.pk}/", workdays_after(timezone.localdate(since), 10).date, f"已过处理期限。{CLAIM}"),
        (f"/desk/records/{record.pk}/", workdays_after(timezone.localdate(), 10).date, CLAIM),
    ]


def test_of_an_honour_the_form_speaks_of_names_and_not_of_hours(tenant_a: Any, client_for: ClientFor) -> None:
    key = holder_key(make_volunteer("volunteer"))
    honour = issue_certificate(request_certificate(make_honour(), holder_key=key, requested_by="test").pk)
    page = client_for(tenant_a, "volunteer").get(address(honour)).text
    assert ("能换发的是姓名" in page, "姓名应是" in page, "选某一行" in page, "是3小时" in page) == (
        True,
        True,
        False,
        False,
    )


def test_nobody_answers_about_their_own(tenant_a: Any, client_for: ClientFor) -> None:
    volunteer = make_volunteer("officer")
    today = timezone.localdate()
    make_record(volunteer, state=RecordState.CONFIRMED, confirmed_by=person("newcomer"))
    ask_for_certificate(volunteer, Scope(start=today - timedelta(days=30), end=today))
    run_queued()
    request = ask_for_correction(Certificate.objects.get(), by=volunteer.user, about=CorrectionAbout.OTHER, claim=CLAIM)
    page = client_for(tenant_a, "officer").get(staff_page(request)).text
    assert ("请另一位主管来答复" in page, 'value="corrected"' in page) == (True, False)
    with pytest.raises(errors.NotAllowed):
        answer_corrected(request, by=person("officer"))
    assert waiting_for(person("officer")).admin == []


def test_the_officers_are_reminded_once_when_the_day_is_near(tenant_a: Any, certificate: Certificate) -> None:
    RuleSettings.objects.update_or_create(pk=1, defaults={"correction_workdays": 3})
    request = contest(certificate)
    assert request.due_on == workdays_after(timezone.localdate(), 3).date
    near = timezone.now() + (request.due_on - timezone.localdate()) - timedelta(days=1)
    assert [remind(near - timedelta(days=1)), remind(near), remind(near + timedelta(days=5))] == [0, 1, 0]
    assert Notice.objects.filter(kind="correction_due").values_list("user__username", flat=True).get() == "officer"
    CorrectionRequest.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    (item,) = [item for item in waiting_for(person("officer")).admin if item.url == staff_page(request)]
    assert item.detail.startswith("已过答复期限。")
