"""The desk: what waits, where one is expected, the hours account."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.organisations.models import Membership
from portal.projects.models import Project
from portal.volunteers.enums import Grade, RecordState
from portal.volunteers.waiting import waiting_items
from tests.cast import ROLES, person
from tests.factories.people import make_membership
from tests.factories.projects import make_organiser, make_project, make_shift
from tests.factories.volunteers import make_record, make_sign_up, make_volunteer, past_shift
from tests.volunteers.counting import queries_of

ClientFor = Callable[..., Client]


@pytest.mark.parametrize("role", ["newcomer", *ROLES])
def test_everybody_has_a_desk(tenant_a: Any, client_for: ClientFor, role: str) -> None:
    assert client_for(tenant_a, role).get("/desk/").status_code == 200


DOORS = {
    "/notices/", "/desk/organisations/", "/desk/projects/", "/cms/", "/accounts/sign-out/", "/accounts/password/"
}  # fmt: skip


@pytest.mark.parametrize(
    ("role", "doors"),
    [
        ("newcomer", {"/notices/", "/accounts/sign-out/", "/accounts/password/"}),
        ("organisation_manager", DOORS - {"/cms/"}),
        ("officer", DOORS - {"/desk/organisations/", "/desk/projects/"}),
    ],
)
def test_every_door_of_a_person_opens_from_the_desk(
    tenant_a: Any, client_for: ClientFor, role: str, doors: set[str]
) -> None:
    if role == "organisation_manager":
        Membership.objects.create(organisation=make_organiser(), user=person(role), role="manager")
    client = client_for(tenant_a, role)
    page = client.get("/desk/").text
    assert {door for door in DOORS if f'="{door}"' in page} == doors
    opened = {door: client.get(door).status_code for door in doors - {"/accounts/sign-out/"}}
    assert opened == dict.fromkeys(opened, 200)


@pytest.mark.parametrize(
    ("role", "way"), [("organisation_manager", "代为申请证明"), ("school_manager", "学生的证书"), ("newcomer", "")]
)
def test_who_runs_an_organisation_finds_its_ways_by_name(
    tenant_a: Any, client_for: ClientFor, role: str, way: str
) -> None:
    client = client_for(tenant_a, role)
    make_membership(organisation=make_organiser(), user=person("newcomer"))  # a member runs nothing
    row = r'<a href="(/desk/\w+/\d+/[^"]*)">(.*?)</a><a class="cap" href="(/desk/organisations/\d+/)">'
    found = re.findall(row, client.get("/desk/").text)
    assert [words for _way, words, _desk in found] == ([way] if way else [])
    assert [client.get(url).status_code for one, _words, desk in found for url in (one, desk)] == [200, 200] * len(
        found
    )


def test_the_desk_asks_visitors_to_sign_in(tenant_a: Any, client_for: ClientFor) -> None:
    for path in (
        "",
        "profile/",
        "account/",
        "shifts/",
        "records/",
        "certificates/",
        "certificates/progress/",
        "card/",
        "card/pdf/",
    ):
        assert client_for(tenant_a).get(f"/desk/{path}").url == f"/accounts/sign-in/?next=/desk/{path}"


def test_coming_shifts_stand_under_their_day_with_a_way_out(tenant_a: Any, client_for: ClientFor) -> None:
    volunteer = make_volunteer("volunteer")
    mine = make_sign_up(make_shift(), volunteer)
    make_sign_up(make_shift(starts_at=timezone.now() + timedelta(days=5)), make_volunteer())
    make_sign_up(past_shift(), volunteer)
    response = client_for(tenant_a, "volunteer").get("/desk/")
    assert [(day.date, rows) for day, rows in response.context["days"]] == [
        (timezone.localdate(mine.shift.starts_at), [mine])
    ]
    assert f'href="/desk/sign-ups/{mine.pk}/withdraw/"' in response.text


def test_the_running_total_counts_confirmed_minutes_alone(tenant_a: Any, client_for: ClientFor) -> None:
    volunteer = make_volunteer("volunteer")
    today = timezone.localdate()
    for days, state, minutes in (
        (9, RecordState.CONFIRMED, 120),
        (8, RecordState.DISPUTED, 600),
        (7, RecordState.CONFIRMED, 90),
        (6, RecordState.SUBMITTED, 60),
        (5, RecordState.VOIDED, 60),
        (4, RecordState.OPEN, 60),
    ):
        date = today - timedelta(days=days)
        make_record(volunteer, past_shift(), state=state, minutes=minutes, date=date, reason="原因")
    make_record(make_volunteer(), state=RecordState.CONFIRMED)

    response = client_for(tenant_a, "volunteer").get("/desk/account/")

    lines = [(line.record.state, line.hours, line.total) for line in response.context["lines"]]
    assert lines == [
        ("voided", "1.0", ""),
        ("submitted", "1.0", ""),
        ("confirmed", "1.5", "3.5"),
        ("disputed", "10.0", ""),
        ("confirmed", "2.0", "2.0"),
    ]
    assert (response.context["hours"], response.context["times"]) == ("3.5", 2)
    assert response.context["grades"] == [(Grade.LEADER_ROLL.label, "3.5")]


def test_what_turns_out_to_be_paid_counts_no_more(tenant_a: Any, client_for: ClientFor) -> None:
    volunteer = make_volunteer("volunteer")
    record, paid = (make_record(volunteer, past_shift(), state=RecordState.CONFIRMED, minutes=60) for _ in range(2))
    Project.objects.filter(pk=paid.project_id).update(is_paid=True)
    context = client_for(tenant_a, "volunteer").get("/desk/account/").context
    assert (context["hours"], context["times"]) == ("1.0", 1)
    assert context["grades"] == [(Grade.LEADER_ROLL.label, "1.0")]
    assert {line.record: line.total for line in context["lines"]} == {record: "1.0", paid: ""}


def test_the_account_has_pages_and_totals_run_across_them(tenant_a: Any, client_for: ClientFor) -> None:
    volunteer = make_volunteer("volunteer")
    for number in range(26):
        date = timezone.localdate() - timedelta(days=number)
        make_record(volunteer, past_shift(), state=RecordState.CONFIRMED, minutes=60, date=date)
    client = client_for(tenant_a, "volunteer")
    assert client.get("/desk/account/").context["lines"][0].total == "26.0"
    assert [line.total for line in client.get("/desk/account/?page=2").context["lines"]] == ["1.0"]


@pytest.mark.parametrize(("path", "queries"), [("/desk/", 25), ("/desk/account/", 12)])
def test_the_pages_cost_the_same_however_much_one_has_done(
    tenant_a: Any, client_for: ClientFor, path: str, queries: int
) -> None:
    volunteer, client = make_volunteer("volunteer"), client_for(tenant_a, "volunteer")
    counts = []
    for day in range(1, 4):
        make_record(volunteer, past_shift(), state=RecordState.CONFIRMED)
        make_sign_up(make_shift(starts_at=timezone.now() + timedelta(days=day)), volunteer)
        counts.append(queries_of(client, path))
    assert counts == [queries] * 3


def test_a_roll_past_its_deadline_waits_for_officers_alone(tenant_a: Any) -> None:
    begun = timezone.now() - timedelta(days=60)
    for role in ("officer", "organisation_manager"):
        project = make_project(in_charge=person(role))
        for _ in range(3):
            make_sign_up(past_shift(project, starts_at=begun, ends_at=begun + timedelta(hours=2)))
        make_sign_up(past_shift(project))
    waiting = {role: len(list(waiting_items(person(role)))) for role in ("officer", "organisation_manager")}
    assert waiting == {"officer": 3, "organisation_manager": 1}


def test_what_waits_costs_twelve_queries_at_most(tenant_a: Any, django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        make_record(state=RecordState.DISPUTED, reason="原因")
        make_sign_up(past_shift(make_project(in_charge=person("officer"))))
        make_record()
    with django_assert_max_num_queries(12):
        items = list(waiting_items(person("officer")))
    assert len(items) == 3 + 3 + 2


def test_the_person_in_charge_is_reminded_of_rolls_until_they_are_taken(tenant_a: Any, client_for: ClientFor) -> None:
    project = make_project(in_charge=person("newcomer"))
    shift = past_shift(project)
    here = make_sign_up(shift)
    past_shift(project)
    make_sign_up(past_shift())
    client = client_for(tenant_a, "newcomer")
    (item,) = client.get("/desk/").context["waiting"]
    assert (item.url, item.due is not None) == (f"/desk/shifts/{shift.pk}/roll/", True)
    here.attended = False
    here.save()
    assert client.get("/desk/").context["waiting"] == []


def test_what_waits_for_confirmation_is_one_line_and_never_ones_own(tenant_a: Any, client_for: ClientFor) -> None:
    make_record(entered_by=person("officer"))
    make_record(make_volunteer("officer"))
    client = client_for(tenant_a, "officer")
    assert client.get("/desk/").context["waiting"] == []
    make_record()
    make_record()
    (item,) = client.get("/desk/").context["waiting"]
    assert (item.title, item.url) == ("确认2笔服务记录", "/desk/records/")
