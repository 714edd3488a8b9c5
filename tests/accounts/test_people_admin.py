"""Officers keep the people of their site, and nobody gains a right or learns a secret by it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from portal.accounts.models import Disclosure, User
from tests.cast import person
from tests.factories.people import make_user
from tests.factories.volunteers import make_volunteer
from tests.queries import queries_of
from tests.tasks import run_queued

USERS = "/cms/users/"


@pytest.fixture
def officer(tenant_a: Any, client_for: Callable[..., Client]) -> Client:
    return client_for(tenant_a, "officer")


def _groups(*names: str) -> list[int]:
    from django.contrib.auth.models import Group

    return [Group.objects.get(name=name).pk for name in names]


def _edit(client: Client, user: User, **over: Any) -> Any:
    data = {"username": user.username, "name": user.name, "email": user.email, "mobile": "", "is_active": "on", **over}
    return client.post(f"{USERS}edit/{user.pk}/", data)


def test_a_new_colleague_sets_their_own_password(officer: Client) -> None:
    response = officer.post(
        f"{USERS}new/",
        {"username": "zhang", "name": "张示例", "email": "z@example.org", "mobile": "138 1234 5678",
         "groups": _groups("publicist")},
    )  # fmt: skip
    assert response.status_code == 302
    zhang = User.objects.get(username="zhang")
    assert (zhang.mobile, zhang.has_usable_password(), zhang.is_superuser) == ("13812345678", False, False)
    assert [*zhang.groups.values_list("name", flat=True)] == ["publicist"]

    run_queued()
    [message] = mail.outbox
    link = next(line for line in message.body.splitlines() if "/accounts/password/reset/" in line)
    form = officer.get(link.strip(), follow=True)
    officer.post(form.redirect_chain[-1][0], {"new_password1": "Plum-blossom-7", "new_password2": "Plum-blossom-7"})
    zhang.refresh_from_db()
    assert zhang.check_password("Plum-blossom-7")


def test_numbers_are_masked_in_the_list_and_the_form(officer: Client) -> None:
    wang = make_user(username="wang", name="王示例", mobile="13812345678")

    for page in (officer.get(USERS), officer.get(f"{USERS}edit/{wang.pk}/"), officer.get(f"{USERS}?q=13812345678")):
        text = page.content.decode().replace('value="13812345678"', "")
        assert "138****5678" in text
        assert "13812345678" not in text.replace("q=13812345678", "")


def test_a_whole_number_finds_its_owner_and_a_part_finds_nobody(officer: Client) -> None:
    wang = make_user(username="wang", mobile="13812345678")

    assert [*officer.get(f"{USERS}?q=138-1234-5678").context["object_list"]] == [wang]
    assert [*officer.get(f"{USERS}?q=1381234").context["object_list"]] == []


def test_an_empty_mobile_leaves_the_number_as_it_is(officer: Client) -> None:
    wang = make_user(username="wang", mobile="13812345678")

    _edit(officer, wang, name="王改名")
    wang.refresh_from_db()
    assert (wang.name, wang.mobile) == ("王改名", "13812345678")


@pytest.mark.parametrize(
    ("over", "field"),
    [({"mobile": "139"}, "mobile"), ({"mobile": "13900000000"}, "mobile"), ({"username": "13700000000"}, "username")],
)
def test_what_is_wrong_is_said_beside_the_field(officer: Client, over: dict[str, str], field: str) -> None:
    make_user(mobile="13900000000")
    wang = make_user(username="wang", mobile="13812345678")

    assert list(_edit(officer, wang, **over).context["form"].errors) == [field]


def test_nobody_makes_a_superuser(officer: Client) -> None:
    wang = make_user(username="wang")

    _edit(officer, wang, is_superuser="on", is_staff="on", user_permissions=["1"], password1="x", password="x")
    officer.post(f"{USERS}new/", {"username": "x", "name": "x", "email": "x@example.org", "is_superuser": "on"})

    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.filter(is_staff=True).exists()
    assert not User.objects.exclude(user_permissions=None).exists()


def test_nobody_changes_their_own_role_or_switches_themselves_off(officer: Client) -> None:
    me = person("officer")

    _edit(officer, me, groups=_groups("officer", "reviewer"), is_active="")
    officer.post(f"/cms/bulk/accounts/user/assign_role/?id={me.pk}&next={USERS}", {"role": _groups("reviewer")[0]})
    officer.post(f"/cms/bulk/accounts/user/set_active_state/?id={me.pk}&next={USERS}", {"mark_as_active": "False"})

    me = person("officer")
    assert me.is_active
    assert [*me.groups.values_list("name", flat=True)] == ["officer"]


def test_many_can_be_given_a_role_at_once_but_not_deleted(officer: Client) -> None:
    wang = make_user(username="wang")
    address = "/cms/bulk/accounts/user/{}/" + f"?id={wang.pk}&next={USERS}"

    officer.post(address.format("assign_role"), {"role": _groups("reviewer")[0]})
    officer.post(address.format("delete"))

    assert [*wang.groups.values_list("name", flat=True)] == ["reviewer"]


def test_a_superuser_is_out_of_an_officers_reach(officer: Client) -> None:
    root = User.objects.create_superuser("root", "root@example.org", "x", name="root")
    before = User.objects.values().get(pk=root.pk)

    _edit(officer, root, email="officer@evil.example")
    for step in ("reset-link", "forget-phone"):
        assert officer.post(f"/cms/people/{root.pk}/{step}/").status_code in {302, 403}
    officer.post(f"/cms/bulk/accounts/user/set_active_state/?id={root.pk}&next={USERS}", {"mark_as_active": "False"})

    assert User.objects.values().get(pk=root.pk) == before
    assert "mail_reset_link" not in str([row.task_path for row in run_queued()])


@pytest.mark.parametrize("who", ["publicist", "reviewer", "community_worker", "volunteer", "organisation_manager"])
def test_others_change_nobody(tenant_a: Any, client_for: Callable[..., Client], who: str) -> None:
    client = client_for(tenant_a, who)
    target = person("newcomer")

    _edit(client, target, name="改名", groups=_groups("officer"))
    for step in ("reset-link", "forget-phone"):
        client.post(f"/cms/people/{target.pk}/{step}/")
    client.post(f"/cms/bulk/accounts/user/assign_role/?id={target.pk}&next=/cms/", {"role": _groups("officer")[0]})

    target = person("newcomer")
    assert (target.name, target.groups.count()) == ("示例newcomer", 0)
    assert "mail_reset_link" not in str([row.task_path for row in run_queued()])


def test_a_password_is_nowhere_in_the_admin(officer: Client) -> None:
    wang = make_user(username="wang", password="Winter-sweet-8")

    page = officer.get(f"{USERS}edit/{wang.pk}/").content.decode()

    assert 'type="password"' not in page
    assert wang.password not in page


def test_the_list_costs_the_same_however_many(officer: Client) -> None:
    make_user("volunteer", mobile="13812345670")
    few = queries_of(lambda: officer.get(USERS))
    for number in (1, 2, 3):
        make_user("volunteer", mobile=f"1381234567{number}")

    assert queries_of(lambda: officer.get(USERS)) == few


def test_ones_own_account_page_keeps_name_and_mail(officer: Client) -> None:
    page = officer.get("/cms/account/").content.decode()
    assert "first_name" not in page
    assert "new_password" not in page

    officer.post(
        "/cms/account/",
        {"name_email-name": "新名字", "name_email-email": "new@example.org", "theme-theme": "system",
         "theme-contrast": "system", "theme-density": "default", "theme-keyboard_shortcuts": "on",
         "locale-preferred_language": "", "locale-current_time_zone": ""},
    )  # fmt: skip
    assert person("officer").name == "新名字"


# Disclosure -------------------------------------------------------------------------------------


def test_looking_needs_a_purpose_and_is_written_down(officer: Client) -> None:
    wang = make_user(username="wang", name="王示例", mobile="13812345678")
    address = f"/cms/people/{wang.pk}/disclose/"

    assert "13812345678" not in officer.get(address).content.decode()
    refused = officer.post(address, {"field": "mobile", "purpose": "  看"})
    assert "purpose" in refused.context["form"].errors
    assert Disclosure.objects.count() == 0

    shown = officer.post(address, {"field": "mobile", "purpose": "电话通知改期"}, REMOTE_ADDR="10.1.2.3")
    assert "13812345678" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    row = Disclosure.objects.get()
    assert (row.by, row.subject, row.field, row.purpose, row.ip) == (
        person("officer"), wang, "mobile", "电话通知改期", "10.1.2.3",
    )  # fmt: skip

    log = officer.get("/cms/disclosures/").content.decode()
    assert "电话通知改期" in log
    assert "13812345678" not in log


def test_only_what_is_on_record_is_offered(officer: Client) -> None:
    wang = make_user(username="wang", mobile="13812345678")

    response = officer.post(f"/cms/people/{wang.pk}/disclose/", {"field": "password", "purpose": "想看密码"})

    assert list(response.context["form"].errors) == ["field"]
    assert [name for name, _label in response.context["form"].fields["field"].choices] == ["mobile"]


@pytest.mark.parametrize(
    ("who", "may"),
    [("officer", True), ("community_worker", True), ("publicist", False), ("reviewer", False), ("volunteer", False)],
)
def test_who_may_look(tenant_a: Any, client_for: Callable[..., Client], who: str, may: bool) -> None:
    wang = make_user(username="wang", mobile="13812345678")
    data = {"field": "mobile", "purpose": "电话通知改期"}

    page = client_for(tenant_a, who).post(f"/cms/people/{wang.pk}/disclose/", data, follow=True)

    assert ("13812345678" in page.content.decode()) is may
    assert Disclosure.objects.count() == int(may)


def test_the_log_only_grows(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    from django.db import InternalError, transaction
    from django.db.utils import IntegrityError

    User.objects.create_superuser("root", "", "x", name="root")
    row = Disclosure.objects.create(by=person("officer"), subject=person("volunteer"), field="mobile", purpose="核对")
    for change in (
        lambda: Disclosure.objects.update(purpose="别的"),
        lambda: Disclosure.objects.filter(pk=row.pk)._raw_delete("default"),
    ):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            change()

    root = client_for(tenant_a, "root")
    for address in ("new/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
        assert root.post(f"/cms/disclosures/{address}").status_code in {302, 403, 404}
    assert Disclosure.objects.get().purpose == "核对"


def test_a_volunteers_register_can_be_disclosed_too(officer: Client) -> None:
    volunteer = make_volunteer(address="示例路1号2门301")
    address = f"/cms/people/{volunteer.user.pk}/disclose/"

    offered = [name for name, _label in officer.get(address).context["form"].fields["field"].choices]
    assert {"birth_date", "address"} <= set(offered)
    shown = officer.post(address, {"field": "address", "purpose": "上门探访前核对地址"})
    assert "示例路1号2门301" in shown.content.decode()
    assert (Disclosure.objects.get().field, Disclosure.objects.get().subject) == ("address", volunteer.user)
