"""Signing up and withdrawing with plain forms."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context

from portal.volunteers.models import SignUp
from tests.cast import ROLES, person
from tests.factories.projects import make_project, make_shift
from tests.factories.volunteers import make_sign_up, make_volunteer

ClientFor = Callable[..., Client]


def test_one_click_on_the_project_page_signs_up_and_offers_the_way_back(tenant_a: Any, client_for: ClientFor) -> None:
    make_volunteer("volunteer")
    shift = make_shift()
    client, page = client_for(tenant_a, "volunteer"), shift.project.get_absolute_url()
    assert f'action="/desk/shifts/{shift.pk}/sign-up/"' in client.get(page).text

    response = client.post(f"/desk/shifts/{shift.pk}/sign-up/")

    assert response.url == page
    mine = SignUp.objects.get()
    shown = client.get(page).text
    assert f'href="/desk/sign-ups/{mine.pk}/withdraw/">取消报名' in shown
    assert "您已报名" in shown


def test_the_same_post_twice_is_one_place(tenant_a: Any, client_for: ClientFor) -> None:
    make_volunteer("volunteer")
    shift = make_shift()
    client = client_for(tenant_a, "volunteer")
    answers = [client.post(f"/desk/shifts/{shift.pk}/sign-up/").status_code for _ in range(2)]
    assert answers == [302, 302]
    assert SignUp.objects.count() == 1
    assert "您已经报过了" in client.get(shift.project.get_absolute_url()).text


def test_a_family_says_how_many(tenant_a: Any, client_for: ClientFor) -> None:
    make_volunteer("volunteer")
    shift = make_shift(make_project(participation=["individual", "family"]))
    client, url = client_for(tenant_a, "volunteer"), f"/desk/shifts/{shift.pk}/sign-up/"
    assert f'action="{url}"' not in client.get(shift.project.get_absolute_url()).text
    assert client.get(url).status_code == 200
    for size in ("99", "0", "x", ""):
        wrong = client.post(url, {"participation": "family", "party_size": size})
        assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["party_size"])
    assert client.post(url, {"participation": "class_group", "party_size": "2"}).status_code == 422
    assert client.post(url, {"participation": "family", "party_size": "3"}).status_code == 302
    assert SignUp.objects.get().party_size == 3


def test_a_refusal_is_said_on_the_page_with_its_status(tenant_a: Any, client_for: ClientFor) -> None:
    volunteer, begins = make_volunteer("volunteer"), timezone.now() + timedelta(days=3)
    make_sign_up(make_shift(starts_at=begins), volunteer)
    response = client_for(tenant_a, "volunteer").post(f"/desk/shifts/{make_shift(starts_at=begins).pk}/sign-up/")
    assert response.status_code == 409
    assert "时间重叠" in response.text


def test_who_is_signed_out_or_not_registered_is_led_on(tenant_a: Any, client_for: ClientFor) -> None:
    shift = make_shift()
    url = f"/desk/shifts/{shift.pk}/sign-up/"
    assert client_for(tenant_a).post(url).url == f"/accounts/sign-in/?next={url}"
    assert client_for(tenant_a, "newcomer").get(url).url.startswith("/join/?next=")
    assert f'href="{url}"' in client_for(tenant_a).get(shift.project.get_absolute_url()).text
    assert SignUp.objects.count() == 0


def test_withdrawing_asks_once_and_gives_the_place_on(tenant_a: Any, client_for: ClientFor) -> None:
    shift = make_shift(places=1)
    mine = make_sign_up(shift, make_volunteer("volunteer"))
    client, url = client_for(tenant_a, "volunteer"), f"/desk/sign-ups/{mine.pk}/withdraw/"
    assert client.get(url).status_code == 200
    assert SignUp.objects.get().state == "confirmed"
    assert client.post(url).url == shift.project.get_absolute_url()
    assert SignUp.objects.get().state == "withdrawn"
    for again in (client.post, client.get):
        assert again(url).url == shift.project.get_absolute_url()
        assert "没有取消报名" in client.get("/desk/").text


@pytest.mark.parametrize("role", ["newcomer", *ROLES])
def test_who_may_withdraw_somebody_elses_sign_up(tenant_a: Any, client_for: ClientFor, role: str) -> None:
    other = make_sign_up(make_shift(make_project(in_charge=make_volunteer().user)))
    make_volunteer(role)
    status = client_for(tenant_a, role).post(f"/desk/sign-ups/{other.pk}/withdraw/").status_code
    assert status == (302 if role in {"officer", "community_worker"} else 404)


def test_forged_and_foreign_keys_lead_nowhere(tenant_a: Any, tenant_b: Any, client_for: ClientFor) -> None:
    make_volunteer("volunteer")
    with tenant_context(tenant_b):
        foreign = make_sign_up(make_shift())
    client = client_for(tenant_a, "volunteer")
    for url in (f"/desk/shifts/{foreign.shift_id}/sign-up/", f"/desk/sign-ups/{foreign.pk}/withdraw/"):
        assert client.post(url).status_code == 404
    draft = make_shift(make_project(live=False, state="draft"))
    assert client.post(f"/desk/shifts/{draft.pk}/sign-up/").status_code == 404
    with tenant_context(tenant_b):
        foreign.refresh_from_db()
    assert foreign.state == "confirmed"


@pytest.mark.parametrize("count", [1, 3])
def test_the_buttons_cost_the_project_page_the_same_for_any_number_of_shifts(
    tenant_a: Any, client_for: ClientFor, django_assert_num_queries: Any, count: int
) -> None:
    from django.test import RequestFactory

    from portal.volunteers.views.sign_up import actions

    project, volunteer = make_project(), make_volunteer("volunteer")
    shifts = [make_shift(project, starts_at=timezone.now() + timedelta(days=n + 1)) for n in range(count)]
    for shift in shifts:
        make_sign_up(shift, volunteer)
    request = RequestFactory().get("/")
    request.user = person("volunteer")
    with django_assert_num_queries(2):
        assert set(actions(request, project, shifts)["mine"]) == {shift.pk for shift in shifts}
