"""Volunteers, sign-ups and service records in the Wagtail admin."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context
from openpyxl import load_workbook

from portal.projects.models import Project
from portal.volunteers.enums import RecordState
from portal.volunteers.models import ServiceRecord
from tests.cast import ROLES, person
from tests.factories.volunteers import make_record, make_sign_up, make_volunteer
from tests.volunteers.counting import queries_of

ClientFor = Callable[..., Client]
BASE = "/cms/snippets/volunteers/"
LISTS = ["volunteer", "signup", "servicerecord"]
BULK = "/cms/bulk/volunteers/servicerecord/confirm/"


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
@pytest.mark.parametrize("name", LISTS)
def test_who_reads_the_lists(tenant_a: Any, client_for: ClientFor, name: str, role: str) -> None:
    make_record()
    make_sign_up()
    status = client_for(tenant_a, role).get(f"{BASE}{name}/").status_code
    assert status == (200 if role in {"officer", "community_worker"} else 302)


@pytest.mark.parametrize("name", LISTS)
def test_nobody_writes_rows_past_the_verbs(tenant_a: Any, client_for: ClientFor, name: str) -> None:
    keys = {"volunteer": make_volunteer().pk, "signup": make_sign_up().pk, "servicerecord": make_record().pk}
    client = client_for(tenant_a, "officer")
    for path in ("add/", f"edit/{keys[name]}/", f"delete/{keys[name]}/"):
        assert client.get(f"{BASE}{name}/{path}").status_code == 302
        assert client.post(f"{BASE}{name}/{path}").status_code == 302
    assert client.get(f"{BASE}{name}/").status_code == 200


def test_lists_and_exports_hold_masked_names_alone_and_count_no_paid_hours(
    tenant_a: Any, client_for: ClientFor
) -> None:
    volunteer = make_volunteer(name="欧阳娜娜", mobile="13812345678", birth_date="1962-03-12")
    make_record(volunteer)
    confirmed, paid = (make_record(volunteer, state=RecordState.CONFIRMED) for _ in range(2))
    make_record(state=RecordState.CONFIRMED, minutes=60)
    Project.objects.filter(pk=paid.project_id).update(is_paid=True)
    make_sign_up(volunteer=volunteer)
    client = client_for(tenant_a, "officer")
    rows = client.get(f"{BASE}volunteer/").context["object_list"]
    assert {(row.counted, row.times) for row in rows if row.records.exists()} == {(confirmed.minutes, 1), (60, 1)}
    for name in LISTS:
        page = client.get(f"{BASE}{name}/").text
        table = client.get(f"{BASE}{name}/?export=xlsx")
        sheet: Any = load_workbook(io.BytesIO(table.getvalue())).active
        cells = [str(cell) for row in sheet.values for cell in row]
        for secret in ("欧阳娜娜", "13812345678", "1962-03-12"):
            assert (secret in page, secret in " ".join(cells)) == (False, False)
        assert "欧***" in page
        assert "欧***" in " ".join(cells)


def test_records_are_filtered(tenant_a: Any, client_for: ClientFor) -> None:
    waiting, _done = make_record(), make_record(state=RecordState.CONFIRMED)
    response = client_for(tenant_a, "officer").get(f"{BASE}servicerecord/?state=submitted")
    assert list(response.context["object_list"]) == [waiting]


def test_an_officer_confirms_many_but_not_what_they_entered(tenant_a: Any, client_for: ClientFor) -> None:
    mine, one, two = make_record(entered_by=person("officer")), make_record(), make_record()
    client, url = client_for(tenant_a, "officer"), f"{BULK}?id={mine.pk}&id={one.pk}&id={two.pk}"
    page = client.get(url)
    assert [row["item"] for row in page.context["items"]] == [two, one]
    assert page.context["items_with_no_access"] == [mine]
    assert client.post(url).status_code == 302
    assert list(ServiceRecord.objects.order_by("pk").values_list("state", flat=True)) == [
        "submitted", "confirmed", "confirmed",
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["publicist", "reviewer", "volunteer"])
def test_the_bulk_action_confirms_nothing_for_others(tenant_a: Any, client_for: ClientFor, role: str) -> None:
    record = make_record()
    client_for(tenant_a, role).post(f"{BULK}?id={record.pk}")
    record.refresh_from_db()
    assert record.state == "submitted"


def test_nothing_of_another_site_is_listed_or_confirmed(tenant_a: Any, tenant_b: Any, client_for: ClientFor) -> None:
    with tenant_context(tenant_b):
        foreign = make_record(make_volunteer(name="南宁人"))
    client = client_for(tenant_a, "officer")
    client.post(f"{BULK}?id={foreign.pk}")
    assert [len(client.get(f"{BASE}{name}/").context["object_list"]) for name in LISTS] == [0, 0, 0]
    with tenant_context(tenant_b):
        foreign.refresh_from_db()
    assert foreign.state == "submitted"


def test_personal_data_is_shown_for_a_purpose_and_the_look_is_logged(tenant_a: Any, client_for: ClientFor) -> None:
    volunteer = make_volunteer(id_number="110101199003070011", birth_date="1990-03-07")
    client, url = client_for(tenant_a, "officer"), f"/cms/people/{volunteer.user_id}/disclose/"
    assert f'href="{url}"' in client.get(f"{BASE}volunteer/").text
    assert "110101199003070011" not in client.post(url, {"field": "id_number", "purpose": ""}).text
    assert "110101199003070011" in client.post(url, {"field": "id_number", "purpose": "核对证件"}).text
    assert volunteer.user.disclosures.get().field == "id_number"


@pytest.mark.parametrize(("name", "queries"), [("volunteer", 17), ("signup", 16)])
def test_lists_cost_the_same_however_long(tenant_a: Any, client_for: ClientFor, name: str, queries: int) -> None:
    client, counts = client_for(tenant_a, "officer"), []
    for _ in range(3):
        make_record()
        make_sign_up()
        counts.append(queries_of(client, f"{BASE}{name}/"))
    assert counts == [queries] * 3
