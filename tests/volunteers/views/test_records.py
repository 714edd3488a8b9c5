"""Confirming by list, and one record with what may be done to it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from portal.volunteers.enums import RecordState
from portal.volunteers.models import ServiceRecord
from tests.cast import ROLES, person
from tests.factories.people import make_user
from tests.factories.projects import make_project
from tests.factories.volunteers import make_record, make_volunteer, past_shift
from tests.volunteers.counting import queries_of

ClientFor = Callable[..., Client]


def test_ticked_records_are_confirmed_and_the_others_wait(tenant_a: Any, client_for: ClientFor) -> None:
    ticked, other = make_record(), make_record()
    client = client_for(tenant_a, "officer")
    assert [record for record, _ in client.get("/desk/records/").context["lines"]] == [ticked, other]
    assert client.post("/desk/records/", {"record": [ticked.pk]}).status_code == 302
    assert list(ServiceRecord.objects.order_by("pk").values_list("state", flat=True)) == ["confirmed", "submitted"]


def test_forged_ticks_confirm_nothing(tenant_a: Any, tenant_b: Any, client_for: ClientFor) -> None:
    own = make_record(entered_by=person("officer"))
    with tenant_context(tenant_b):
        foreign = make_record()
    client = client_for(tenant_a, "officer")
    client.post("/desk/records/", {"record": [own.pk, foreign.pk, "1 OR 1=1", ""]})
    assert "还没有勾选" in client.get("/desk/records/").text
    assert ServiceRecord.objects.get().state == "submitted"
    with tenant_context(tenant_b):
        assert ServiceRecord.objects.get().state == "submitted"


@pytest.mark.parametrize("role", ["newcomer", *ROLES])
def test_whose_records_one_finds_to_confirm(tenant_a: Any, client_for: ClientFor, role: str) -> None:
    make_record(entered_by=make_user(), shift=past_shift(make_project(in_charge=make_user())))
    lines = client_for(tenant_a, role).get("/desk/records/").context["lines"]
    assert len(lines) == (1 if role in {"officer", "community_worker"} else 0)


@pytest.mark.parametrize("role", ["newcomer", *ROLES])
def test_who_sees_a_record(tenant_a: Any, client_for: ClientFor, role: str) -> None:
    record = make_record(entered_by=make_user(), shift=past_shift(make_project(in_charge=make_user())))
    status = client_for(tenant_a, role).get(f"/desk/records/{record.pk}/").status_code
    assert status == (200 if role in {"officer", "community_worker"} else 404)


def test_the_volunteer_disputes_the_worker_corrects_the_officer_confirms(tenant_a: Any, client_for: ClientFor) -> None:
    record = make_record(make_volunteer("volunteer"), state=RecordState.CONFIRMED)
    url = f"/desk/records/{record.pk}/"
    own, worker, officer = (client_for(tenant_a, role) for role in ("volunteer", "community_worker", "officer"))

    assert list(own.post(url, {"act": "dispute"}).context["dispute"].errors) == ["reason"]
    assert own.post(url, {"act": "dispute", "reason": "是一个半小时"}).status_code == 302
    wrong = worker.post(url, {"act": "correct", "minutes": "500", "reason": "对过"})
    assert (wrong.status_code, list(wrong.context["correct"].errors)) == (422, ["minutes"])
    worker.post(url, {"act": "correct", "minutes": "90", "reason": "对过"})
    worker.post(url, {"act": "confirm"})
    assert ServiceRecord.objects.get().state == "corrected"
    officer.post(url, {"act": "confirm"})
    assert (ServiceRecord.objects.get().state, ServiceRecord.objects.get().minutes) == ("confirmed", 90)
    page = own.get(url).text
    assert ("120分钟改为90分钟" in page, "是一个半小时" in page) == (True, True)


def test_buttons_are_those_that_would_work(tenant_a: Any, client_for: ClientFor) -> None:
    record = make_record(make_volunteer("volunteer"))
    url = f"/desk/records/{record.pk}/"
    seen = {
        role: {
            name
            for name in ("may_confirm", "dispute", "correct", "void")
            if client_for(tenant_a, role).get(url).context[name]
        }
        for role in ("volunteer", "community_worker", "officer")
    }
    assert seen == {"volunteer": {"dispute"}, "community_worker": {"void"}, "officer": {"may_confirm", "void"}}


def test_an_unknown_act_changes_nothing(tenant_a: Any, client_for: ClientFor) -> None:
    record = make_record()
    assert client_for(tenant_a, "officer").post(f"/desk/records/{record.pk}/", {"act": "steal"}).status_code == 422
    record.refresh_from_db()
    assert record.state == "submitted"


def test_the_list_costs_the_same_however_long(tenant_a: Any, client_for: ClientFor) -> None:
    client, counts = client_for(tenant_a, "officer"), []
    for _ in range(3):
        make_record()
        counts.append(queries_of(client, "/desk/records/"))
    assert counts == [11, 11, 11]
