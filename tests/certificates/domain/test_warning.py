"""Before a key ends, and once more when it has, operators and officers are told; nobody is told twice."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.core import checks, mail
from django.test import Client
from django.utils import timezone
from django_tenants.utils import schema_context, tenant_context

from certificates.clock import warn
from certificates.domain import rotate_key
from certificates.models import SigningKey
from portal.accounts.models import User
from portal.notices.models import Notice
from tests.cast import PASSWORD
from tests.factories.certificates import make_credential_key, make_key


@pytest.fixture
def operators(db: None) -> None:
    """One who may do everything, one who has no address, one who may not, one who has left."""
    with schema_context("public"):
        for name, fields in {
            "operator": {"is_superuser": True, "email": "operator@example.org"},
            "silent": {"is_superuser": True, "email": ""},
            "clerk": {"is_superuser": False, "email": "clerk@example.org"},
            "gone": {"is_superuser": True, "is_active": False, "email": "gone@example.org"},
        }.items():
            email = str(fields.pop("email"))
            User.objects.create_user(name, email, PASSWORD, name=name, is_staff=True, **fields)


def told(capture: Any) -> tuple[list[str], list[tuple[str, str]]]:
    """(subjects of the mails to operators, notices as (user, subject)) of one turn of the clock."""
    mail.outbox.clear()
    before = Notice.objects.count()
    with capture(execute=True):
        warn(timezone.now())
    mails = [message.subject for message in mail.outbox if message.to == ["operator@example.org"]]
    notices = Notice.objects.order_by("pk")[before:]
    return mails, [(notice.user.username, notice.subject) for notice in notices]


def test_each_key_is_told_of_once_before_and_once_after_its_end(
    operators: None, tenant_a: Any, tenant_b: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.KEY_WARN_DAYS = 60
    seal, credential = make_key(days=59), make_credential_key(days=61)
    with tenant_context(tenant_b):
        make_key(days=1)
    turn = partial(told, django_capture_on_commit_callbacks)
    assert turn() == (["天津市和平区的签章密钥快到期了"], [("officer", "签章密钥快到期了")])
    assert turn() == ([], [])
    SigningKey.objects.filter(pk=seal.pk).update(valid_until=timezone.now())
    assert turn() == (["天津市和平区的签章密钥已到期"], [("officer", "签章密钥已到期")])
    assert turn() == ([], [])
    rotate_key(seal, days=365, rotated_by="operator")
    SigningKey.objects.filter(pk=credential.pk).update(valid_until=timezone.now() + timedelta(days=1))
    assert turn() == (["天津市和平区的电子凭证密钥快到期了"], [("officer", "电子凭证密钥快到期了")])


def test_the_day_on_which_it_ends_is_the_one_of_the_sites_clock(
    operators: None, tenant_a: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """In Shanghai the new year has begun."""
    SigningKey.objects.filter(pk=make_key().pk).update(valid_until=datetime(2026, 12, 31, 16, 30, tzinfo=UTC))
    with django_capture_on_commit_callbacks(execute=True):
        warn(datetime(2026, 12, 31, 12, tzinfo=UTC))
    assert "的有效期到2027年1月1日" in mail.outbox[0].body
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    assert [str(each.msg)[-11:] for each in found if each.id == "certificates.W002"] == ["2027-01-01."]


def test_a_retired_key_is_nobodys_concern(
    operators: None, tenant_a: Any, django_capture_on_commit_callbacks: Any
) -> None:
    rotate_key(make_key(days=1), days=365, rotated_by="operator")
    assert told(django_capture_on_commit_callbacks) == ([], [])


def test_the_check_of_the_machine_names_every_site_whose_key_ends(tenant_a: Any, tenant_b: Any) -> None:
    make_key(days=365)
    with tenant_context(tenant_b):
        make_key(days=30)
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    said = [str(warning.msg) for warning in found if warning.id == "certificates.W002"]
    assert [(text[:6], "the seal key" in text) for text in said] == [("450100", True)]
    assert [each for each in checks.run_checks() if each.id == "certificates.W002"] == []


def test_the_operators_page_says_how_long_a_key_lasts(tenant_a: Any, platform_client: Client, settings: Any) -> None:
    with schema_context("public"):
        user = User.objects.create_user("operator", "", PASSWORD, name="运维", is_staff=True, is_superuser=True)
        platform_client.force_login(user, backend="portal.accounts.backends.NameOrMobileBackend")
    key, url = make_key(days=30), f"/operators/tenants/tenant/{tenant_a.pk}/about/keys/"
    assert "到期，还有4周" in platform_client.get(url).text.replace("\xa0", "").replace(" ", "")
    with tenant_context(tenant_a):
        SigningKey.objects.filter(pk=key.pk).update(valid_until=timezone.now())
    assert "证书照常出具，但没有电子签章，请马上换新密钥" in platform_client.get(url).text
    settings.SEAL_REQUIRED = True
    assert "证书做不出来" in platform_client.get(url).text
