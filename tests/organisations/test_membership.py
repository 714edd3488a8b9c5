"""Who may change an organisation's list, and what stays true of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from portal.accounts.roles import Role, has_role
from portal.notices.models import Notice
from portal.organisations.domain import AlreadyMember, LastManager, NotAllowed, add_member, change_role, remove_member
from portal.organisations.enums import MemberRole
from portal.organisations.models import Membership, Organisation
from portal.organisations.queries import managers_of, members_of, organisations_of, organisations_within
from portal.organisations.rules import may_lead, may_manage
from tests.cast import ROLES, SCHOOL, TEAM, person
from tests.factories.people import make_membership, make_organisation, make_user

EVERYBODY = [*ROLES, "newcomer"]


def _team() -> Organisation:
    return Organisation.objects.get(name=TEAM)


def _roles_of(user: Any) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


@pytest.mark.parametrize("who", EVERYBODY)
def test_officers_and_its_own_managers_manage_an_organisation(tenant_a: Any, who: str) -> None:
    assert may_manage(person(who), _team()) is (who in {"officer", "organisation_manager"})


@pytest.mark.parametrize("who", EVERYBODY)
def test_its_managers_and_leaders_lead_its_shifts(tenant_a: Any, who: str) -> None:
    Membership.objects.create(organisation=_team(), user=person("volunteer"), role=MemberRole.LEADER)

    assert may_lead(person(who), _team()) is (who in {"organisation_manager", "volunteer"})


def test_a_closed_account_manages_nothing(tenant_a: Any) -> None:
    manager = person("organisation_manager")
    manager.is_active = False

    assert not may_manage(manager, _team())


def test_a_newcomer_joins_and_is_told(tenant_a: Any) -> None:
    add_member(_team(), person("newcomer"), by=person("organisation_manager"))

    assert [*organisations_of(person("newcomer"))] == [_team()]
    assert Notice.objects.get(user=person("newcomer")).kind == "membership"


def test_nobody_joins_twice_and_the_second_try_tells_nobody(tenant_a: Any) -> None:
    add_member(_team(), person("newcomer"), by=person("officer"))

    with pytest.raises(AlreadyMember):
        add_member(_team(), person("newcomer"), by=person("officer"))
    assert Notice.objects.filter(user=person("newcomer")).count() == 1


@pytest.mark.parametrize("who", ["school_manager", "volunteer", "publicist", "newcomer"])
def test_others_change_nothing(tenant_a: Any, who: str) -> None:
    membership = Membership.objects.get(organisation=_team())
    for verb in (
        lambda: add_member(_team(), person("newcomer"), by=person(who)),
        lambda: change_role(membership, role=MemberRole.MEMBER, by=person(who)),
        lambda: remove_member(membership, by=person(who)),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_the_last_manager_stays(tenant_a: Any) -> None:
    only = Membership.objects.get(organisation=_team())

    with pytest.raises(LastManager):
        remove_member(only, by=person("officer"))
    with pytest.raises(LastManager):
        change_role(only, role=MemberRole.LEADER, by=person("organisation_manager"))

    second = add_member(_team(), person("newcomer"), role=MemberRole.MANAGER, by=person("officer"))
    remove_member(only, by=person("officer"))
    assert managers_of(_team()) == [second.user]


def test_a_stale_copy_does_not_remove_the_last_manager(tenant_a: Any) -> None:
    first = Membership.objects.get(organisation=_team())
    second = add_member(_team(), person("newcomer"), by=person("officer"))
    stale = Membership.objects.get(pk=second.pk)
    change_role(second, role=MemberRole.MANAGER, by=person("officer"))
    remove_member(first, by=person("officer"))

    assert stale.role == MemberRole.MEMBER
    with pytest.raises(LastManager):
        remove_member(stale, by=person("officer"))


def test_running_a_body_gives_its_role_and_leaving_takes_it(tenant_a: Any) -> None:
    newcomer = person("newcomer")
    school = Organisation.objects.get(name=SCHOOL)
    membership = add_member(school, newcomer, role=MemberRole.MANAGER, by=person("officer"))
    assert _roles_of(newcomer) == {"school_manager"}

    change_role(membership, role=MemberRole.MEMBER, by=person("officer"))
    assert _roles_of(newcomer) == set()
    add_member(_team(), newcomer, role=MemberRole.MANAGER, by=person("officer"))
    assert has_role(person("newcomer"), Role.ORGANISATION_MANAGER)


def test_the_database_knows_one_place_and_three_roles(tenant_a: Any) -> None:
    for over in ({"user": person("organisation_manager")}, {"user": person("newcomer"), "role": "king"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_membership(organisation=_team(), **over)


def test_managers_come_first(tenant_a: Any) -> None:
    add_member(_team(), make_user(name="甲"), by=person("officer"))
    add_member(_team(), make_user(name="乙"), role=MemberRole.LEADER, by=person("officer"))

    assert [member.role for member in members_of(_team())] == ["manager", "leader", "member"]


def test_organisations_are_found_within_their_division(tenant_a: Any) -> None:
    team = _team()
    make_organisation(division=team.division, is_active=False)

    assert set(organisations_within(team.division)) == {team, Organisation.objects.get(name=SCHOOL)}
    assert team in organisations_within(team.division.parent)


# The desk ---------------------------------------------------------------------------------------


def _desk() -> str:
    return f"/desk/organisations/{_team().pk}/"


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_desk_opens_for_those_who_manage(tenant_a: Any, client_for: Callable[..., Client], who: str) -> None:
    expected = 200 if who in {"officer", "organisation_manager"} else 403

    assert client_for(tenant_a, who).get(_desk()).status_code == expected


def test_a_stranger_and_a_neighbours_officer_see_nothing(
    tenant_a: Any, tenant_b: Any, client_for: Callable[..., Client]
) -> None:
    desk = _desk()

    assert client_for(tenant_a).get(desk).url == f"/accounts/sign-in/?next={desk}"
    assert TEAM not in client_for(tenant_b, "volunteer").get(desk).content.decode()


def test_a_manager_adds_by_mobile_and_sees_it_masked(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    wang = make_user(username="wang", name="王示例", mobile="13812345678")
    client = client_for(tenant_a, "organisation_manager")

    response = client.post(_desk(), {"person": "138 1234 5678", "role": "leader"}, follow=True)

    page = response.content.decode()
    assert Membership.objects.get(user=wang).role == "leader"
    assert "王示例已加入" in page
    assert "138****5678" in page
    assert "13812345678" not in page


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"person": "nobody", "role": "member"}, "person", "没有用这个用户名或手机号注册的人"),
        ({"person": "", "role": "member"}, "person", ""),
        ({"person": "newcomer", "role": "king"}, "role", ""),
        ({"person": "organisation_manager", "role": "member"}, "person", "这个人已经在名单里"),
    ],
)
def test_what_cannot_be_added_is_said_beside_the_field(
    tenant_a: Any, client_for: Callable[..., Client], data: dict[str, str], field: str, words: str
) -> None:
    response = client_for(tenant_a, "organisation_manager").post(_desk(), data)

    assert response.status_code == 200
    assert words in str(response.context["form"].errors[field])


def test_the_last_manager_is_told_why_not(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    only = Membership.objects.get(organisation=_team())
    client = client_for(tenant_a, "organisation_manager")

    page = client.post(f"{_desk()}members/{only.pk}/remove/", follow=True).content.decode()

    assert "这是最后一位管理员" in page
    assert Membership.objects.filter(pk=only.pk).exists()


def test_a_member_of_another_organisation_is_out_of_reach(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    foreign = make_membership()
    client = client_for(tenant_a, "organisation_manager")

    assert client.post(f"{_desk()}members/{foreign.pk}/remove/").status_code == 404
    assert client.post(f"{_desk()}members/{foreign.pk}/role/", {"role": "manager"}).status_code == 404


def test_handing_over_ends_at_ones_own_list(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    add_member(_team(), person("newcomer"), role=MemberRole.MANAGER, by=person("officer"))
    mine = Membership.objects.get(organisation=_team(), user=person("organisation_manager"))
    client = client_for(tenant_a, "organisation_manager")

    assert client.post(f"{_desk()}members/{mine.pk}/role/", {"role": "member"}).url == "/desk/organisations/"
    assert client.get("/desk/organisations/").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_costs_the_same_however_many_members(
    tenant_a: Any, client_for: Callable[..., Client], django_assert_num_queries: Any, count: int
) -> None:
    for _number in range(count):
        make_membership(organisation=_team())
    client = client_for(tenant_a, "organisation_manager")
    desk = _desk()
    client.get(desk)

    with django_assert_num_queries(QUERIES):
        client.get(desk)


#: Path to public, domain, path back, session, user; organisation, roles, membership, members, its
#: certificates; then the frame: one read of its own, unread.
QUERIES = 12
