"""The roll as a form."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from portal.volunteers.models import ServiceRecord
from tests.cast import ROLES, person
from tests.factories.people import make_user
from tests.factories.projects import make_project
from tests.factories.volunteers import make_sign_up, make_volunteer, past_shift
from tests.volunteers.counting import queries_of

ClientFor = Callable[..., Client]


@pytest.fixture
def shift(tenant_a: Any) -> Any:
    return past_shift(make_project(in_charge=person("newcomer")))


def test_the_roll_is_taken_by_a_form_and_then_shows_its_records(
    tenant_a: Any, client_for: ClientFor, shift: Any
) -> None:
    here, absent = make_sign_up(shift), make_sign_up(shift)
    client, url = client_for(tenant_a, "newcomer"), f"/desk/shifts/{shift.pk}/roll/"
    assert client.get(url).status_code == 200
    form = {
        f"present_{here.volunteer_id}": "yes",
        f"minutes_{here.volunteer_id}": "90",
        f"present_{absent.volunteer_id}": "no",
        f"minutes_{absent.volunteer_id}": "",
        "hand_in": "1",
    }
    assert client.post(url, form).url == url
    record = ServiceRecord.objects.get()
    assert (record.volunteer, record.minutes, record.state) == (here.volunteer, 90, "submitted")
    assert f'href="/desk/records/{record.pk}/"' in client.get(url).text
    assert client.post(url, form).status_code == 302
    assert ServiceRecord.objects.count() == 1


def test_a_roll_is_kept_and_found_again(tenant_a: Any, client_for: ClientFor, shift: Any) -> None:
    here = make_sign_up(shift)
    client, url = client_for(tenant_a, "newcomer"), f"/desk/shifts/{shift.pk}/roll/"
    client.post(url, {f"present_{here.volunteer_id}": "yes", f"minutes_{here.volunteer_id}": "77", "keep": "1"})
    assert ServiceRecord.objects.get().state == "open"
    assert 'value="77"' in client.get(url).text


def test_who_came_unannounced_is_added_by_number(tenant_a: Any, client_for: ClientFor, shift: Any) -> None:
    walk_in = make_volunteer()
    client, url = client_for(tenant_a, "newcomer"), f"/desk/shifts/{shift.pk}/roll/"
    wrong = client.post(url, {"walk_in": "120101999999", "hand_in": "1"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["walk_in"])
    client.post(url, {"walk_in": walk_in.number, "hand_in": "1"})
    assert (ServiceRecord.objects.get().volunteer, ServiceRecord.objects.get().minutes) == (walk_in, 120)


@pytest.mark.parametrize("minutes", ["0", "121", "abc", ""])
def test_wrong_minutes_are_shown_beside_the_person(
    tenant_a: Any, client_for: ClientFor, shift: Any, minutes: str
) -> None:
    here = make_sign_up(shift)
    field = f"minutes_{here.volunteer_id}"
    response = client_for(tenant_a, "newcomer").post(
        f"/desk/shifts/{shift.pk}/roll/", {f"present_{here.volunteer_id}": "yes", field: minutes, "hand_in": "1"}
    )
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert ServiceRecord.objects.count() == 0


def test_a_paid_activity_says_that_it_has_no_roll(tenant_a: Any, client_for: ClientFor) -> None:
    shift = past_shift(make_project(is_paid=True))
    response = client_for(tenant_a, "officer").get(f"/desk/shifts/{shift.pk}/roll/")
    assert "有报酬的活动不记志愿服务时长" in response.text
    assert "hand_in" not in response.text


def test_the_roll_shows_no_whole_name_or_number(tenant_a: Any, client_for: ClientFor, shift: Any) -> None:
    make_sign_up(shift, make_volunteer(name="欧阳娜娜", mobile="13812345678"))
    text = client_for(tenant_a, "newcomer").get(f"/desk/shifts/{shift.pk}/roll/").text
    assert ("欧阳娜娜" in text, "13812345678" in text, "欧***" in text) == (False, False, True)


@pytest.mark.parametrize("role", ["newcomer", *ROLES])
def test_who_sees_a_roll(tenant_a: Any, client_for: ClientFor, role: str) -> None:
    shift = past_shift(make_project(in_charge=make_user()))
    status = client_for(tenant_a, role).get(f"/desk/shifts/{shift.pk}/roll/").status_code
    assert status == (200 if role in {"officer", "community_worker"} else 403)


def test_a_roll_of_another_site_does_not_exist(tenant_a: Any, tenant_b: Any, client_for: ClientFor) -> None:
    with tenant_context(tenant_b):
        foreign = past_shift()
    assert client_for(tenant_a, "officer").get(f"/desk/shifts/{foreign.pk}/roll/").status_code == 404


def test_the_roll_costs_the_same_for_any_number_of_people(tenant_a: Any, client_for: ClientFor, shift: Any) -> None:
    client, counts = client_for(tenant_a, "newcomer"), []
    for _ in range(3):
        make_sign_up(shift)
        counts.append(queries_of(client, f"/desk/shifts/{shift.pk}/roll/"))
    assert counts == [14, 14, 14]
