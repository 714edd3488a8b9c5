"""The officer's page that puts a volunteer's name and birth date right."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from portal.volunteers.models import Correction, Volunteer
from tests.cast import ROLES, person
from tests.factories.volunteers import make_volunteer

ClientFor = Callable[..., Client]
WHY = "登记时写错，已当面核对身份证"


def address(volunteer: Volunteer) -> str:
    return f"/cms/volunteers/{volunteer.pk}/correct/"


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_who_opens_it(tenant_a: Any, client_for: ClientFor, role: str) -> None:
    status = client_for(tenant_a, role).get(address(make_volunteer("volunteer"))).status_code
    assert (status == 200) == (role == "officer")


def test_it_shows_nothing_unmasked_and_leads_back_to_the_list(tenant_a: Any, client_for: ClientFor) -> None:
    volunteer = make_volunteer(name="欧阳娜娜", birth_date="1962-03-12")
    client = client_for(tenant_a, "officer")
    assert f'href="{address(volunteer)}"' in client.get("/cms/snippets/volunteers/volunteer/").text
    page = client.get(address(volunteer)).text
    assert ("欧***" in page, "欧阳娜娜" in page, "1962-03-12" in page) == (True, False, False)
    done = client.post(address(volunteer), {"name": "欧阳娜", "why": WHY})
    assert (done.status_code, done["Location"]) == (302, "/cms/snippets/volunteers/volunteer/")
    assert WHY in client.get(address(volunteer)).text


def test_what_is_missing_is_named_and_nothing_is_changed(tenant_a: Any, client_for: ClientFor) -> None:
    volunteer = make_volunteer("volunteer")
    client = client_for(tenant_a, "officer")
    for data, words in (({"name": "李晓梅"}, "请写明更正的原因"), ({"why": WHY}, "没有要更正的")):
        answer = client.post(address(volunteer), data)
        assert (answer.status_code, words in answer.text) == (400, True)
    assert Correction.objects.count() == 0


def test_a_volunteers_name_is_not_changed_where_no_reason_is_asked(tenant_a: Any, client_for: ClientFor) -> None:
    user = person("volunteer")
    form = client_for(tenant_a, "officer").get(f"/cms/users/edit/{user.pk}/").context["form"]
    assert form.fields["name"].disabled
    other = client_for(tenant_a, "officer").get(f"/cms/users/edit/{person('publicist').pk}/").context["form"]
    assert not other.fields["name"].disabled


def test_another_tenants_officer_finds_nobody(tenant_a: Any, tenant_b: Any, client_for: ClientFor) -> None:
    volunteer = make_volunteer("volunteer")
    assert client_for(tenant_b, "officer").get(address(volunteer)).status_code == 404
    with tenant_context(tenant_b):
        assert Correction.objects.count() == 0
