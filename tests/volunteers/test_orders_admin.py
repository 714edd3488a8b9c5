"""What schools and organisations ordered, as officers read it in the admin."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context

from certificates.domain.request import facts_digest
from certificates.models import Certificate
from portal.core.models import RuleSettings
from portal.organisations.models import Membership, Organisation
from portal.volunteers.domain.approval import approve_request, facts_now, refuse_request
from portal.volunteers.domain.ordering import place_order
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.enums import RecordState, RequestState
from portal.volunteers.models import CertificateRequest, Order, OrderLine, Volunteer
from portal.volunteers.queries import orders_with
from portal.volunteers.views import order_staff
from tests.cast import ROLES, TEAM, person
from tests.factories.projects import make_project
from tests.factories.volunteers import make_record, make_volunteer, past_shift
from tests.queries import queries_of
from tests.tasks import run_queued

LIST = "/cms/snippets/volunteers/order/"


def page_of(order: Order, tail: str = "") -> str:
    return f"/cms/certificate-orders/{order.pk}/{tail}"


def team() -> Organisation:
    return Organisation.objects.get(name=TEAM)


def member(name: str, *, agreed: bool = True) -> Volunteer:
    """Of the team, with two confirmed hours in its project."""
    volunteer = make_volunteer(name=name)
    Membership.objects.create(
        organisation=team(), user=volunteer.user, asking_allowed_at=timezone.now() if agreed else None
    )
    shift = past_shift(make_project(organiser=team()))
    make_record(volunteer, shift, state=RecordState.CONFIRMED, date=timezone.localdate() - timedelta(days=3))
    return volunteer


def order_for(*people: Volunteer, run: bool = True) -> Order:
    today = timezone.localdate()
    scope = Scope(start=today - timedelta(days=30), end=today)
    made = place_order(team(), [one.user_id for one in people], scope=scope, by=person("organisation_manager"))
    if run:
        run_queued()
    return made


def second_person() -> None:
    RuleSettings.objects.update_or_create(pk=1, defaults={"certificate_second_person": True})


@pytest.fixture
def officer(tenant_a: Any, client_for: Callable[..., Client]) -> Client:
    return client_for(tenant_a, "officer")


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_officers_alone_read_orders(tenant_a: Any, client_for: Callable[..., Client], role: str) -> None:
    client, order = client_for(tenant_a, role), order_for(member("李小梅"))
    seen = [client.get(url).status_code for url in (LIST, page_of(order))]
    assert seen == [200, 200] if role == "officer" else 200 not in seen
    menu = client.get("/cms/").content.decode()
    assert (LIST in menu) is (role == "officer")
    for path in ("add/", f"edit/{order.pk}/", f"delete/{order.pk}/"):
        assert client.post(f"{LIST}{path}").status_code == 302
    assert client.post(page_of(order)).status_code in ((405,) if role == "officer" else (302, 403, 405))
    assert Order.objects.get() == order


def test_an_empty_list_says_so(officer: Client) -> None:
    assert "没有" in officer.get(LIST).text


def test_each_person_with_what_became_of_the_wish_and_masked(officer: Client) -> None:
    good, unasked = member("李小梅"), member("王大山", agreed=False)
    order = order_for(good, unasked)
    number = Certificate.objects.get().number
    page = officer.get(page_of(order)).text
    told = [TEAM, person("organisation_manager").name, "办完了", "共2人，已出具 1，没有出具 1", "李**", good.number]
    told += [f'<a href="/cms/certificates/{Certificate.objects.get().pk}/">{number}</a>', "王**", "本人没有同意"]
    assert [word for word in told if word not in page] == []
    assert [name for name in ("李小梅", "王大山") if name in page] == []

    again = order_for(good)
    page = officer.get(page_of(again)).text
    assert ("已有证书" in page, number in page) == (True, True)
    certificate = officer.get(f"/cms/certificates/{Certificate.objects.get().pk}/").text
    assert [f'href="{page_of(one)}"' in certificate for one in (order, again)] == [True, True]
    assert certificate.count("那时已有这张证书") == 1


def test_what_an_officer_has_decided_counts_as_decided(officer: Client) -> None:
    second_person()
    order = order_for(*(member(name) for name in ("李小梅", "王大山", "赵小丽")))
    first, second, _third = CertificateRequest.objects.order_by("pk")
    approve_request(first, by=person("officer"), seen=facts_digest(facts_now(first)))
    refuse_request(second, by=person("officer"), note="先核对签到表")
    page = officer.get(page_of(order)).text
    told = ["共3人，已出具 1，等主管核对 1，没有出具 1", "已同意", "没有同意", "先核对签到表"]
    assert [word for word in told if word not in page] == []
    assert f'href="/cms/certificate-requests/{first.pk}/"' in page
    answer: Any = officer.get(f"{LIST}?export=csv")
    export = answer.getvalue()
    row = next(csv.DictReader(io.StringIO(export.decode("utf-8-sig"))))
    counts = [row[name] for name in ("人数", "已出具", "已有证书", "等主管核对", "没有出具", "排队等候")]
    assert counts == ["3", "1", "0", "1", "1", "0"]


def test_a_certificate_knows_its_orders_whether_made_at_once_decided_or_had(
    tenant_a: Any, django_assert_num_queries: Any
) -> None:
    at_once = order_for(member("李小梅"))
    second_person()
    decided = order_for(member("王大山"))
    (request,) = CertificateRequest.objects.filter(state=RequestState.WAITING)
    approve_request(request, by=person("officer"), seen=facts_digest(facts_now(request)))
    run_queued()
    again = order_for(Volunteer.objects.get(user__name="王大山"))
    first, second = Certificate.objects.order_by("pk")
    with django_assert_num_queries(2):
        assert [[line.order for line in orders_with(one)] for one in (first, second)] == [[at_once], [decided, again]]


def test_the_list_is_searched_and_filtered(officer: Client) -> None:
    one, other = member("李小梅"), member("王大山", agreed=False)
    done = order_for(one, other)
    school = Organisation.objects.get(kind="school")
    day = timezone.localdate()
    waiting = Order.objects.create(organisation=school, start=day, end=day, asked_by=person("school_manager"))
    OrderLine.objects.create(order=waiting, user=one.user)

    def found(query: str) -> set[int]:
        page = officer.get(f"{LIST}?{query}").text
        return {row.pk for row in (done, waiting) if f'href="{page_of(row)}"' in page}

    both = {done.pk, waiting.pk}
    wanted = {
        "": both,
        f"q={TEAM}": {done.pk},
        f"q={school.name}": {waiting.pk},
        "q=没有这个单位": set(),
        "state=under_way": {waiting.pk},
        "state=done": {done.pk},
        "outcome=refused": {done.pk},
        "outcome=refused&outcome=waiting": both,
        "outcome=had": set(),
        f"organisation={school.pk}": {waiting.pk},
        f"asked_at_from={day - timedelta(days=9)}&asked_at_to={day - timedelta(days=8)}": set(),
    }
    assert {query: found(query) for query in wanted} == wanted
    page = officer.get(f"{LIST}?outcome=refused").text
    assert [text in page for text in ("办完了", "已出具 1，没有出具 1")] == [True, True]
    assert "正在办，还有1人" in officer.get(page_of(waiting)).text


def test_what_was_forgotten_says_so(officer: Client) -> None:
    order = order_for(member("李小梅"))
    OrderLine.objects.update(certificate=None, forgotten=True)
    assert "保存期已满" in officer.get(page_of(order)).text


def test_officers_find_it_at_the_organisation(
    officer: Client, tenant_a: Any, client_for: Callable[..., Client]
) -> None:
    link = f"{LIST}?organisation={team().pk}"
    assert [f'href="{link}"' in officer.get(url).text for url in organisation_pages()] == [True, True]
    assert link not in client_for(tenant_a, "organisation_manager").get(f"/desk/organisations/{team().pk}/").text
    assert link not in client_for(tenant_a, "publicist").get("/cms/snippets/organisations/organisation/").text


def organisation_pages() -> tuple[str, str]:
    return "/cms/snippets/organisations/organisation/", f"/desk/organisations/{team().pk}/"


def test_the_page_costs_the_same_for_one_and_for_three(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    second_person()
    people = [member(name) for name in ("李小梅", "王大山", "赵小丽")]
    orders = [order_for(people[0]), order_for(*people)]
    assert [queries_of(partial(officer.get, page_of(order))) for order in orders] == [17, 17]
    monkeypatch.setattr(order_staff, "PER_PAGE", 2)
    assert "1 / 2" in officer.get(page_of(orders[1])).text
    assert 'href="?page=1"' in officer.get(page_of(orders[1], "?page=2")).text


def test_another_sites_order_is_not_there(officer: Client, tenant_b: Any, client_for: Callable[..., Client]) -> None:
    order = order_for(member("李小梅"))
    there = client_for(tenant_b, "officer")
    assert there.get(page_of(order)).status_code == 404
    assert f'href="{page_of(order)}"' not in there.get(LIST).text
    with tenant_context(tenant_b):
        assert Order.objects.count() == 0
