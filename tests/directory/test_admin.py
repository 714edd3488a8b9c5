"""The directory in the Wagtail admin: each person meets the entries of their own places."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context

from portal.core.models import Division
from portal.core.waiting import waiting_for
from portal.directory import rules
from portal.directory.models import DirectoryEntry
from portal.organisations.enums import OrganisationKind
from portal.organisations.models import Membership, Organisation
from tests.cast import ROLES, person
from tests.factories.directory import make_entry

LIST, ADD = "/cms/snippets/directory/directoryentry/", "/cms/snippets/directory/directoryentry/add/"
OWN, OTHER = "120101001", "120101002"


def place(code: str) -> Division:
    return Division.objects.get(code=code)


def url(action: str, entry: DirectoryEntry) -> str:
    return f"/cms/snippets/directory/directoryentry/{action}/{entry.pk}/"


@pytest.fixture
def street_worker(tenant_a: Any) -> Any:
    """The community worker, who belongs to a body in the first street."""
    worker = person("community_worker")
    body = Organisation.objects.create(name="甲社区居委会", kind=OrganisationKind.COMMUNITY, division=place(OWN))
    Membership.objects.create(organisation=body, user=worker)
    return worker


def form(**over: Any) -> dict[str, Any]:
    return {
        "kind": "care_home",
        "name": "示例养老院",
        "division": str(place(OWN).pk),
        "contact": "对接专员",
        "phone": "022 5555 0201",
        "last_checked": timezone.localdate().isoformat(),
        **over,
    }


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_officers_and_community_workers_keep_the_directory(tenant_a: Any, client_for: Any, role: str) -> None:
    client = client_for(tenant_a, role)
    opened = [client.get(where).status_code == 200 for where in (LIST, ADD)]
    assert opened == [role in {"officer", "community_worker"}] * 2


@pytest.mark.parametrize("action", ["edit", "history", "usage", "delete", "unpublish"])
def test_a_community_worker_opens_nothing_of_another_place(
    tenant_a: Any, client_for: Any, street_worker: Any, action: str
) -> None:
    mine, foreign = make_entry(division=place(OWN)), make_entry(name="别处的养老院", division=place(OTHER))
    client = client_for(tenant_a, "community_worker")
    assert client.get(url(action, foreign)).status_code == 302
    allowed = action in {"edit", "history", "usage"}
    assert (client.get(url(action, mine)).status_code == 200) == allowed
    assert "别处的养老院" not in client.get(LIST).content.decode()


def test_a_community_worker_without_a_body_meets_no_entry(tenant_a: Any) -> None:
    entry = make_entry()
    worker = person("community_worker")
    assert (rules.may_edit(worker, entry), rules.editable_entries(worker).count()) == (False, 0)


def test_who_may_edit_an_entry(tenant_a: Any, street_worker: Any) -> None:
    own, other = make_entry(division=place(OWN)), make_entry(division=place(OTHER))
    allowed = {role: (rules.may_edit(person(role), own), rules.may_edit(person(role), other)) for role in ROLES}
    expected = dict.fromkeys(ROLES, (False, False))
    assert allowed == {**expected, "officer": (True, True), "community_worker": (True, False)}
    assert [role for role in ROLES if rules.may_publish(person(role))] == ["officer"]


def test_a_community_worker_writes_drafts_which_an_officer_publishes(
    tenant_a: Any, client_for: Any, street_worker: Any
) -> None:
    worker, officer = client_for(tenant_a, "community_worker"), client_for(tenant_a, "officer")
    assert worker.post(ADD, {**form(), "action-publish": "action-publish"}).status_code == 302
    entry = DirectoryEntry.objects.get()
    assert (entry.live, entry.phone) == (False, "022-55550201")
    assert officer.post(url("edit", entry), {**form(), "action-publish": "action-publish"}).status_code == 302
    entry.refresh_from_db()
    assert entry.live


def test_a_community_worker_cannot_write_for_another_place(tenant_a: Any, client_for: Any, street_worker: Any) -> None:
    client = client_for(tenant_a, "community_worker")
    response = client.post(ADD, form(division=str(place(OTHER).pk)))
    assert "division" in response.context["form"].errors
    assert DirectoryEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"phone": "5555"}, "phone"),
        ({"last_checked": "2999-01-01"}, "last_checked"),
        ({"contact": ""}, "contact"),
        ({"kind": "palace"}, "kind"),
    ],
)
def test_the_form_names_the_field_at_fault(tenant_a: Any, client_for: Any, over: dict[str, str], field: str) -> None:
    data = {**form(**over), "action-publish": "action-publish"}
    response = client_for(tenant_a, "officer").post(ADD, data)
    assert list(response.context["form"].errors) == [field]


def test_another_tenants_entries_are_not_met(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    with tenant_context(tenant_b):
        for number in range(3):
            theirs = make_entry(name=f"南宁第{number}养老院")
    client = client_for(tenant_a, "officer")
    assert client.get(url("edit", theirs)).status_code == 404
    assert "南宁" not in client.get(LIST).content.decode()


def test_entries_not_checked_in_time_wait_for_those_who_keep_them(tenant_a: Any, street_worker: Any) -> None:
    old = timezone.localdate() - dt.timedelta(days=400)
    own, other = make_entry(division=place(OWN), last_checked=old), make_entry(division=place(OTHER), last_checked=old)
    make_entry(last_checked=old, live=False)
    make_entry()
    waiting = {role: [item.url for item in waiting_for(person(role)).admin] for role in ROLES}
    found = {
        role: [each for each in (url("edit", own), url("edit", other)) if each in urls]
        for role, urls in waiting.items()
    }
    assert found["officer"] == [url("edit", own), url("edit", other)]
    assert found["community_worker"] == [url("edit", own)]
    assert [role for role, urls in found.items() if urls] == ["officer", "community_worker"]


def test_the_officers_table_to_take_along_holds_drafts_and_no_formula(tenant_a: Any, client_for: Any) -> None:
    make_entry(name="=1+1", live=False)
    response = client_for(tenant_a, "officer").get(f"{LIST}?export=csv")
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff区划代码,区划,类别")
    assert "'=1+1" in text
