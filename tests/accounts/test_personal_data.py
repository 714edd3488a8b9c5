"""Numbers are ciphertext at rest, found by digest, unique, and outlive a change of keys."""

from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import InvalidToken
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django_tenants.utils import tenant_context

from portal.accounts.backends import find_user
from portal.accounts.domain import make_user as register
from portal.accounts.domain import set_roles
from portal.accounts.errors import MobileTaken, NotAllowed
from portal.accounts.models import User
from portal.core.mobiles import clean_mobile
from portal.core.rotation import renew_digests, rotate_schema
from tests.cast import person
from tests.factories.people import make_user

OLD, NEW = "the-old-key-of-this-test", "the-new-key-of-this-test"


def _raw(user: User) -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT mobile, mobile_digest FROM accounts_user WHERE id = %s", [user.pk])
        row: tuple[str, str] = cursor.fetchone()
    return row


def test_the_database_holds_no_number_in_clear(tenant_a: Any) -> None:
    token, digest = _raw(make_user(mobile="13812345678"))

    assert "13812345678" not in token + digest
    assert len(digest) == 64


def test_the_same_number_is_two_ciphertexts_and_one_digest_across_sites(tenant_a: Any, tenant_b: Any) -> None:
    here = _raw(make_user(mobile="13812345678"))
    with tenant_context(tenant_b):
        there = _raw(make_user(mobile="13812345678"))

    assert here[0] != there[0]
    assert here[1] == there[1]


def test_a_number_belongs_to_one_person(tenant_a: Any) -> None:
    make_user(mobile="13812345678")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_user(mobile="13812345678")
    with pytest.raises(MobileTaken) as refusal:
        register(name="另一人", mobile="138-1234-5678")
    assert refusal.value.field == "mobile"


def test_the_digest_follows_every_way_of_saving(tenant_a: Any) -> None:
    user = make_user(mobile="13812345678")
    user.mobile = "13900000000"
    user.save(update_fields=["mobile"])
    assert (find_user("13900000000"), find_user("13812345678")) == (user, None)

    [bulk] = User.objects.bulk_create([User(username="bulk", name="批量", mobile="13711111111")])
    assert find_user("13711111111") == bulk
    user.mobile = ""
    user.save()
    assert _raw(user) == ("", None)


def test_the_database_refuses_a_number_without_its_digest(tenant_a: Any) -> None:
    user = make_user(mobile="13812345678")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(mobile_digest=None)


def test_an_encrypted_field_cannot_be_searched_by_mistake(tenant_a: Any) -> None:
    with pytest.raises(TypeError, match="encrypted"):
        User.objects.filter(mobile__contains="138").count()


@pytest.mark.parametrize(
    "typed", ["13812345678", " 138 1234-5678", "+86 13812345678", "008613812345678", "１３８１２３４５６７８"]
)
def test_a_number_has_one_form(typed: str) -> None:
    assert clean_mobile(typed) == "13812345678"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1381234567", "还差1位：手机号应是11位数字"),
        ("138123456789", "多了1位"),
        ("12812345678", "以13到19开头"),
        ("138123abc78", "只写数字"),
    ],
)
def test_a_wrong_number_is_told_what_is_missing(typed: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        clean_mobile(typed)


def test_a_person_is_made_with_roles_and_a_drawn_user_name(tenant_a: Any) -> None:
    user = register(name=" 王示例 ", mobile="138 1234 5678", password="Winter-sweet-8", roles=["volunteer"])

    assert (user.name, user.mobile, user.check_password("Winter-sweet-8")) == ("王示例", "13812345678", True)
    assert [*user.groups.values_list("name", flat=True)] == ["volunteer"]


def test_roles_are_changed_by_another_and_only_known_ones(tenant_a: Any) -> None:
    with pytest.raises(NotAllowed):
        set_roles(person("officer"), ["officer", "reviewer"], by=person("officer"))
    with pytest.raises(NotAllowed):
        set_roles(person("newcomer"), ["king"], by=person("officer"))
    set_roles(person("newcomer"), ["reviewer"], by=person("officer"))

    assert [*person("newcomer").groups.values_list("name", flat=True)] == ["reviewer"]


# Keys -------------------------------------------------------------------------------------------


@pytest.fixture
def two_sites(tenant_a: Any, tenant_b: Any, settings: Any) -> list[Any]:
    """A number in each of two sites under the old key, and a new key in front."""
    settings.FIELD_KEYS = [OLD]
    for tenant in (tenant_a, tenant_b):
        with tenant_context(tenant):
            make_user(username="wang", mobile="13812345678")
    settings.FIELD_KEYS = [NEW, OLD]
    return [tenant_a, tenant_b]


def test_after_rotation_the_old_key_can_be_dropped_in_every_site(two_sites: list[Any], settings: Any) -> None:
    call_command("rotate_field_keys", stdout=StringIO())

    settings.FIELD_KEYS = [NEW]
    for tenant in two_sites:
        with tenant_context(tenant):
            assert User.objects.get(username="wang").mobile == "13812345678"
            assert find_user("13812345678") is not None


def test_without_rotation_the_old_key_is_needed(two_sites: list[Any], settings: Any) -> None:
    settings.FIELD_KEYS = [NEW]

    with pytest.raises(InvalidToken):
        User.objects.get(username="wang")


def test_an_interrupted_rotation_is_taken_up_where_it_stopped(
    two_sites: list[Any], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user(mobile="13900000000")
    make_user(mobile="")
    from portal.core import rotation

    replace = rotation._replace
    left = [1]

    def power_cut(*arguments: Any) -> int:
        if not left:
            raise KeyboardInterrupt
        left.pop()
        return replace(*arguments)

    settings.FIELD_KEYS = ["a-third-key-in-front", NEW, OLD]
    monkeypatch.setattr(rotation, "_replace", power_cut)
    with pytest.raises(KeyboardInterrupt):
        rotate_schema()
    monkeypatch.undo()
    settings.FIELD_KEYS = ["a-third-key-in-front", NEW, OLD]

    assert rotate_schema() == (1, 1)
    assert rotate_schema() == (0, 2)


def test_a_value_that_changes_meanwhile_is_not_overwritten(
    two_sites: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.core import rotation

    wang = User.objects.get(username="wang")
    tokens = [*rotation._tokens(User, "mobile")]
    wang.mobile = "13711111111"
    wang.save()

    assert rotation._replace(User, "mobile", *tokens[0]) == 0
    assert User.objects.get(username="wang").mobile == "13711111111"


def test_a_site_that_cannot_be_read_is_named_and_the_others_are_done(two_sites: list[Any], settings: Any) -> None:
    here, there = two_sites
    settings.FIELD_KEYS = ["lost"]
    with tenant_context(there):
        make_user(mobile="13900000000")
    settings.FIELD_KEYS = [NEW, OLD]
    output = StringIO()

    with pytest.raises(CommandError, match=there.schema_name):
        call_command("rotate_field_keys", stdout=output, stderr=StringIO())
    assert f"{here.schema_name}: 1 rotated" in output.getvalue()


def test_a_new_digest_key_takes_over_and_is_passed_over_the_second_time(tenant_a: Any, settings: Any) -> None:
    known, other = make_user(mobile="13812345678"), make_user(mobile="13912345678")
    before = _raw(known)[0]
    settings.DIGEST_KEY = "another-digest-key-for-this-test-alone"
    assert find_user("13812345678") is None
    with_number = User.objects.exclude(mobile_digest=None).count()
    renewed, current = renew_digests()
    assert (renewed >= with_number, current) == (True, 0)
    assert (find_user("13812345678"), find_user("13912345678")) == (known, other)
    assert _raw(known)[0] == before
    assert renew_digests() == (0, renewed)


def test_the_command_renews_digests_when_told(tenant_a: Any, capsys: pytest.CaptureFixture[str]) -> None:
    make_user(mobile="13812345678")
    call_command("rotate_field_keys", digests=True)
    assert "t_120101: 0 rotated" in capsys.readouterr().out
