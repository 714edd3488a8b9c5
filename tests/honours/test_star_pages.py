"""The pages of a star: the volunteer's desk, the publicity that anybody sees, and the officers' in the admin."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django_tenants.utils import tenant_context

from portal.core.waiting import waiting_for
from portal.honours.domain import record_objection
from portal.honours.enums import StarState
from portal.honours.models import Objection, StarApplication
from tests.cast import ROLES, person
from tests.confirming import confirmed
from tests.counting import own_queries
from tests.factories.honours import (
    few_hours_a_star,
    make_application,
    make_due,
    make_proposed,
    second_officer,
    serve,
)
from tests.factories.volunteers import make_volunteer

ClientFor = Callable[..., Client]
LIST = "/cms/snippets/honours/starapplication/"


def page_of(application: StarApplication) -> str:
    return f"/cms/honours/stars/{application.pk}/"


@pytest.fixture
def volunteer(tenant_a: Any, client_for: ClientFor) -> Client:
    """The volunteer of the cast, who has served two hours."""
    few_hours_a_star()
    serve(make_volunteer("volunteer"))
    return client_for(tenant_a, "volunteer")


def test_the_desk_offers_the_star_that_the_hours_allow(volunteer: Client) -> None:
    page = volunteer.get("/desk/star/").content.decode()
    assert ("申请一星" in page, 'name="level" value="1"' in page) == (True, True)
    assert 'href="/desk/star/"' in volunteer.get("/desk/").content.decode()

    answer = volunteer.post("/desk/star/", {"level": "1", "publicity_consent": "on"}, follow=True)
    assert "申请已提交" in answer.content.decode()
    made = StarApplication.objects.get()
    assert "申请一星" not in answer.content.decode()

    volunteer.post(f"/desk/star/{made.pk}/withdraw/")
    made.refresh_from_db()
    assert made.state == StarState.WITHDRAWN


def test_without_consent_to_publicity_nothing_is_applied_for(volunteer: Client) -> None:
    assert volunteer.post("/desk/star/", {"level": "1"}).status_code == 422
    assert volunteer.post("/desk/star/", {"level": "3", "publicity_consent": "on"}).status_code == 422
    assert not StarApplication.objects.exists()


def test_another_persons_application_cannot_be_withdrawn(volunteer: Client) -> None:
    theirs = make_application()
    assert volunteer.post(f"/desk/star/{theirs.pk}/withdraw/").status_code == 404


def test_hours_that_do_not_count_stand_apart(volunteer: Client) -> None:
    one = person("volunteer").volunteer
    serve(one, ago=4, state="submitted")
    serve(one, ago=5, state="disputed", reason="不对")
    page = volunteer.get("/desk/star/").content.decode()
    assert ("2.0小时，确认后才算" in page, "2.0小时，处理完才算" in page) == (True, True)


def test_anybody_sees_who_is_under_publicity_masked_and_until_when(
    tenant_a: Any, tenant_b: Any, client_for: ClientFor
) -> None:
    shown = make_application(days=2, level=2)
    with tenant_context(tenant_b):
        few_hours_a_star()
        theirs = make_volunteer(name="韦青山")
        serve(theirs)
        make_application(theirs)
    record_objection(shown, by=person("officer"), content="没有来过", objector="邻居王某")

    page = client_for(tenant_a).get("/stars/").content.decode()

    assert re.findall(r'<th scope="row">(.*?)</th>', page) == ["李**"]
    assert ("二星" in page, "4.0" in page) == (True, True)
    hidden = [
        word for word in ("李小梅", "韦", shown.volunteer.number, "没有来过", "邻居王某", "异议，正在") if word in page
    ]
    assert hidden == []
    english = client_for(tenant_a)
    english.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    told = english.get("/stars/").text
    assert ("How to object" in told, "Disputed" in told, "2, 4, 6, 8, 10 hours" in told) == (True, False, True)


def test_what_is_over_is_taken_down(tenant_a: Any, client_for: ClientFor) -> None:
    make_due()
    assert "现在没有公示" in client_for(tenant_a).get("/stars/").content.decode()


def test_a_closed_account_is_not_shown(tenant_a: Any, client_for: ClientFor) -> None:
    closed = make_application().volunteer.user
    closed.is_active = False
    closed.save()
    assert "现在没有公示" in client_for(tenant_a).get("/stars/").content.decode()


def test_names_under_publicity_are_for_no_search_engine(tenant_a: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_a)
    assert '<meta name="robots" content="noindex">' in client.get("/stars/").content.decode()
    assert "/stars/" not in client.get("/sitemap.xml").content.decode()
    assert 'href="/stars/"' in client.get("/site-map/").content.decode()


def test_the_publicity_costs_the_same_for_one_and_for_three(tenant_a: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_a)
    make_application()
    one = own_queries(client, "/stars/")
    make_application()
    make_application()
    assert (own_queries(client, "/stars/"), one) == (5, 5)


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_who_sees_applications_in_the_admin(tenant_a: Any, client_for: ClientFor, role: str) -> None:
    client, due = client_for(tenant_a, role), make_due()
    seen = {url: client.get(url).status_code for url in (LIST, page_of(due))}
    assert (set(seen.values()) == {200}) is (role == "officer")


def test_officers_propose_award_and_the_volunteer_reads_it(
    tenant_a: Any, client_for: ClientFor, volunteer: Client
) -> None:
    own = person("volunteer").volunteer
    due = make_due(volunteer=own)
    officer, second = client_for(tenant_a, "officer"), client_for(tenant_a, second_officer().username)
    assert [item.title for item in waiting_for(person("officer")).admin] == ["评定星级：示**********，一星"]
    assert confirmed(officer, page_of(due), {"act": "propose"}).status_code == 302
    assert confirmed(officer, page_of(due), {"act": "award"}).status_code == 422
    assert waiting_for(person("officer")).admin == []
    assert "工作台里有1件事等您办" in second.get("/desk/").text
    assert len(waiting_for(second_officer()).admin) == 1
    assert confirmed(second, page_of(due), {"act": "award"}).status_code == 302
    due.refresh_from_db()
    assert due.state == StarState.AWARDED
    assert "已评定为一星级志愿者" in volunteer.get("/desk/star/").content.decode()
    assert "志愿服务证书" in volunteer.get("/desk/certificates/").content.decode()


def test_objections_are_written_down_and_answered(tenant_a: Any, client_for: ClientFor) -> None:
    officer, due = client_for(tenant_a, "officer"), make_due()
    assert officer.post(page_of(due), {"act": "object", "content": ""}).status_code == 422
    officer.post(page_of(due), {"act": "object", "content": "没有来过", "objector": "邻居，13800000000"})
    objection = Objection.objects.get()
    assert "13800000000" in officer.get(page_of(due)).content.decode()
    answer = {"act": "settle", "objection": objection.pk, "upheld": "no", "answer": "有签到记录"}
    assert confirmed(officer, page_of(due), answer).status_code == 302
    page = officer.get(page_of(due)).content.decode()
    assert ("有签到记录" in page, "13800000000" in page) == (True, False)
    assert confirmed(officer, page_of(due), answer).status_code == 422


@pytest.mark.parametrize("data", [{}, {"act": "marry"}, {"act": "settle", "objection": "9" * 30, "answer": "x"}])
def test_nonsense_is_refused(tenant_a: Any, client_for: ClientFor, data: dict[str, str]) -> None:
    assert client_for(tenant_a, "officer").post(page_of(make_due()), data).status_code in (400, 422)


def test_refusing_and_returning_ask_for_a_reason(tenant_a: Any, client_for: ClientFor) -> None:
    officer, second = client_for(tenant_a, "officer"), client_for(tenant_a, second_officer().username)
    proposed = make_proposed()
    assert second.post(page_of(proposed), {"act": "return"}).status_code == 422
    assert second.post(page_of(proposed), {"act": "return", "note": "再核对"}).status_code == 302
    assert confirmed(officer, page_of(proposed), {"act": "refuse", "note": "记录有误"}).status_code == 302
    proposed.refresh_from_db()
    assert (proposed.state, proposed.note) == (StarState.REFUSED, "记录有误")


def test_the_list_says_stars_in_words(tenant_a: Any, client_for: ClientFor) -> None:
    make_application()
    client = client_for(tenant_a, "officer")
    listed = {level: re.findall(r"<td[^>]*>\s*(.星)", client.get(f"{LIST}?level={level}").text) for level in (1, 2)}
    assert listed == {1: ["一星"], 2: []}


def test_another_sites_application_is_not_found(tenant_a: Any, tenant_b: Any, client_for: ClientFor) -> None:
    due = make_due()
    with tenant_context(tenant_b):
        assert client_for(tenant_b, "officer").get(page_of(due)).status_code == 404
