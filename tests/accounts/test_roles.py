"""The table of roles says the whole truth: nothing missing, nothing more."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client
from wagtail.models import Page

from portal.accounts.roles import (
    COLLECTION_PERMISSIONS,
    PAGE_ACTIONS,
    PERMISSIONS,
    Role,
    has_role,
    is_staff_role,
    make_groups,
)
from tests.cast import ROLES, person
from tests.factories.people import make_user

EVERYBODY = [*ROLES, "newcomer"]
STAFF = {"officer", "publicist", "reviewer", "community_worker"}


def _names(permissions: Any) -> set[str]:
    return {f"{permission.content_type.app_label}.{permission.codename}" for permission in permissions}


@pytest.mark.parametrize("role", Role.values)
def test_every_named_permission_exists_and_the_group_has_exactly_those(tenant_a: Any, role: str) -> None:
    group = Group.objects.get(name=role)

    assert _names(group.permissions.select_related("content_type")) == set(PERMISSIONS[role])


@pytest.mark.parametrize("role", Role.values)
def test_pages_and_collections_are_open_exactly_as_told(tenant_a: Any, role: str) -> None:
    group = Group.objects.get(name=role)
    pages = group.page_permissions.select_related("page", "permission")
    collections = group.collection_permissions.select_related("collection", "permission__content_type")

    assert {(row.page.depth, row.permission.codename) for row in pages} == {
        (1, f"{action}_page") for action in PAGE_ACTIONS.get(role, ())
    }
    assert _names(row.permission for row in collections) == set(COLLECTION_PERMISSIONS.get(role, ()))
    assert {row.collection.depth for row in collections} <= {1}


def test_the_roles_are_all_the_groups_there_are_in_both_tenants(tenant_a: Any, tenant_b: Any) -> None:
    from django_tenants.utils import tenant_context

    for tenant in (tenant_a, tenant_b):
        with tenant_context(tenant):
            assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)
            assert not make_user().is_superuser


def test_making_the_groups_again_takes_back_what_was_added_by_hand(tenant_a: Any) -> None:
    from django.contrib.auth.models import Permission
    from wagtail.models import GroupPagePermission

    group = Group.objects.get(name=Role.VOLUNTEER)
    permission = Permission.objects.get(codename="publish_page")
    group.permissions.add(permission)
    GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=permission)

    make_groups()

    assert (group.permissions.count(), group.page_permissions.count()) == (0, 0)


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_staff_count_as_staff(tenant_a: Any, who: str) -> None:
    assert is_staff_role(person(who)) is (who in STAFF)


def test_a_visitor_and_a_closed_account_have_no_role(tenant_a: Any) -> None:
    officer = person("officer")
    officer.is_active = False

    assert not has_role(AnonymousUser(), *Role)
    assert not has_role(officer, Role.OFFICER)


def test_asking_for_roles_twice_is_one_query(tenant_a: Any, django_assert_num_queries: Any) -> None:
    officer = person("officer")

    with django_assert_num_queries(1):
        assert has_role(officer, Role.OFFICER)
        assert not has_role(officer, Role.VOLUNTEER, Role.REVIEWER)


#: Who opens which address of the admin; everybody else is led away or refused.
DOORS = {
    "/cms/": STAFF,
    "/cms/users/": {"officer"},
    "/cms/users/new/": {"officer"},
    "/cms/disclosures/": {"officer"},
    "/cms/notices/": {"officer"},
    "/cms/groups/": set(),
    "/cms/snippets/organisations/organisation/": STAFF,
    "/cms/snippets/organisations/organisation/add/": {"officer"},
    "/cms/settings/core/rulesettings/1/": {"officer"},
    "/cms/account/": STAFF,
    "/cms/images/": {"officer", "publicist", "community_worker"},
    "/cms/images/add/": {"officer", "publicist", "community_worker"},
    "/cms/redirects/": {"officer"},
    "/cms/workflows/list/": set(),
    "/cms/sites/": set(),
}


@pytest.mark.parametrize("who", [*EVERYBODY, "stranger"])
def test_every_door_of_the_admin_opens_for_whom_it_should(
    tenant_a: Any, client_for: Callable[..., Client], who: str
) -> None:
    client = client_for(tenant_a, "" if who == "stranger" else who)

    opened = {door for door in DOORS if client.get(door).status_code == 200}

    assert opened == {door for door, people in DOORS.items() if who in people}


def test_a_neighbours_officer_opens_none(tenant_a: Any, tenant_b: Any, client_for: Callable[..., Client]) -> None:
    client = client_for(tenant_a)
    client.cookies = client_for(tenant_b, "officer").cookies

    assert {client.get(door).status_code for door in DOORS} == {302}


@pytest.mark.parametrize(
    ("who", "actions"),
    [
        ("officer", {"add", "edit", "publish", "delete"}),
        ("publicist", {"add", "edit"}),
        ("reviewer", {"edit", "publish"}),
        ("community_worker", set()),
        ("volunteer", set()),
    ],
)
def test_writers_write_and_reviewers_publish(tenant_a: Any, who: str, actions: set[str]) -> None:
    home = Page.objects.get(depth=2)
    allowed = home.permissions_for_user(person(who))

    assert {
        name
        for name, may in {
            "add": allowed.can_add_subpage(),
            "edit": allowed.can_edit(),
            "publish": allowed.can_publish(),
            "delete": allowed.can_delete(),
        }.items()
        if may
    } == actions
