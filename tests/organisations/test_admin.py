"""Officers keep the register of organisations in the admin."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core.models import Division
from portal.organisations.models import Organisation
from tests.cast import ROLES, TEAM
from tests.factories.people import make_organisation
from tests.queries import queries_of

REGISTER = "/cms/snippets/organisations/organisation/"
GOOD = "91110000600037341L"


def _data(**over: Any) -> dict[str, Any]:
    street = Division.objects.filter(level="street").first()
    return {
        "name": "示例养老院", "kind": "care_home", "uscc": "", "division": street.pk, "address": "示例路1号",
        "contact_name": "示例", "phone": "022-23110000", "is_active": "on", **over,
    }  # fmt: skip


@pytest.fixture
def officer(tenant_a: Any, client_for: Callable[..., Client]) -> Client:
    return client_for(tenant_a, "officer")


def test_a_body_is_entered_and_its_code_kept_in_one_form(officer: Client) -> None:
    response = officer.post(f"{REGISTER}add/", _data(uscc=GOOD.lower()))

    assert response.status_code == 302
    assert Organisation.objects.get(name="示例养老院").uscc == GOOD


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"uscc": GOOD[:-1] + "M"}, "uscc"),
        ({"name": TEAM}, "name"),
        ({"kind": "kingdom"}, "kind"),
        ({"division": 999999}, "division"),
        ({"phone": "打电话"}, "phone"),
        ({"name": ""}, "name"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_kept(
    officer: Client, over: dict[str, Any], field: str
) -> None:
    response = officer.post(f"{REGISTER}add/", _data(**over))

    assert list(response.context["form"].errors) == [field]
    assert not Organisation.objects.filter(name="示例养老院").exists()


def test_the_register_is_searched_and_filtered(officer: Client) -> None:
    streets = Division.objects.filter(level="street")
    home = make_organisation(name="示例养老院", kind="care_home", division=streets[1], is_active=False)

    def found(query: str) -> set[str]:
        return {body.name for body in officer.get(f"{REGISTER}?{query}").context["object_list"]}

    assert found("q=养老院") == {home.name}
    assert found("kind=care_home") == {home.name}
    assert found("is_active=false") == {home.name}
    assert found(f"division={streets[1].pk}") == {home.name}
    assert home.name in found(f"division={streets[1].parent.pk}")


def test_the_register_costs_the_same_however_long(officer: Client) -> None:
    make_organisation()
    few = queries_of(lambda: officer.get(REGISTER))
    for _number in range(3):
        make_organisation()

    assert queries_of(lambda: officer.get(REGISTER)) == few


@pytest.mark.parametrize("who", [role for role in ROLES if role != "officer"])
def test_others_enter_and_change_nothing(tenant_a: Any, client_for: Callable[..., Client], who: str) -> None:
    client = client_for(tenant_a, who)
    team = Organisation.objects.get(name=TEAM)

    client.post(f"{REGISTER}add/", _data())
    client.post(f"{REGISTER}edit/{team.pk}/", _data())
    client.post(f"{REGISTER}delete/{team.pk}/")

    assert Organisation.objects.filter(name=TEAM).exists()
    assert not Organisation.objects.filter(name="示例养老院").exists()


def test_the_table_goes_out_as_a_file_without_people(officer: Client) -> None:
    response = officer.get(f"{REGISTER}?export=csv")

    text = b"".join(response.streaming_content).decode()
    assert TEAM in text
    assert "organisation_manager" not in text
