"""The published keys: on both hosts, with what became of each, and without their private halves."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography import x509
from django.test import Client
from django_tenants.utils import tenant_context

from certificates.domain import revoke_key, rotate_key
from certificates.models import SigningKey
from tenants.domain import pause_tenant
from tests.factories.certificates import make_key

ClientFor = Callable[..., Client]


@pytest.fixture
def keys(tenant_a: Any, tenant_b: Any) -> list[SigningKey]:
    """Of 天津市和平区 one revoked, one retired and one in use; of 南宁市 one in use, which is the last here."""
    first = make_key()
    second = rotate_key(first, days=365, rotated_by="operator")
    third = rotate_key(second, days=365, rotated_by="operator")
    revoke_key(first, reason="私钥可能外泄", revoked_by="operator")
    with tenant_context(tenant_b):
        return [first, second, third, make_key()]


def test_a_site_lists_its_own_keys_and_what_became_of_them(
    keys: list[SigningKey], tenant_a: Any, client_for: ClientFor
) -> None:
    page = client_for(tenant_a).get("/certificates/keys/").content.decode().replace("<wbr>", "")
    assert [key.fingerprint in page for key in keys] == [True, True, True, False]
    assert ("私钥可能外泄" in page, "从前签的仍有效" in page, "operator" in page) == (True, True, False)


def test_the_platform_leads_to_every_site_also_to_a_paused_one(
    keys: list[SigningKey], tenant_b: Any, platform_client: Client
) -> None:
    pause_tenant(tenant_b, reason="")
    index = platform_client.get("/certificates/keys/").content.decode()
    page = platform_client.get("/certificates/keys/450100/").content.decode().replace("<wbr>", "")
    assert ('href="/certificates/keys/120101/"' in index, 'href="/certificates/keys/450100/"' in index) == (True, True)
    assert [key.fingerprint in page for key in keys] == [False, False, False, True]


def test_programs_read_the_same_on_both_hosts(
    keys: list[SigningKey], tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    ours, theirs = (
        client.get("/certificates/keys/120101/keys.json") for client in (client_for(tenant_a), platform_client)
    )
    listed = json.loads(ours.content)
    assert ours.content == theirs.content
    assert (listed["schema"], listed["owner"], listed["division"]) == ("yinling.seal-keys/1", "天津市和平区", "120101")
    assert [(key["fingerprint"], key["state"], key["revoked_reason"]) for key in listed["keys"]] == [
        (keys[2].fingerprint, "active", ""),
        (keys[1].fingerprint, "retired", ""),
        (keys[0].fingerprint, "revoked", "私钥可能外泄"),
    ]


def test_a_certificate_is_a_file_and_nothing_private_is_ever_sent(
    keys: list[SigningKey], tenant_a: Any, client_for: ClientFor
) -> None:
    client = client_for(tenant_a)
    paths = ["/certificates/keys/", "/certificates/keys/120101/keys.json"]
    paths += [f"/certificates/keys/120101/{key.fingerprint}.pem" for key in keys[:3]]
    answers = [client.get(path) for path in paths]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert [answer for answer in answers if b"PRIVATE" in answer.content] == []
    x509.load_pem_x509_certificate(answers[-1].content)


def test_what_is_not_this_sites_is_not_found(
    keys: list[SigningKey], tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    client = client_for(tenant_a)
    theirs = f"450100/{keys[3].fingerprint}.pem"
    for path in ("450100/", "450100/keys.json", theirs, f"120101/{keys[3].fingerprint}.pem", "120101/x.pem"):
        assert client.get(f"/certificates/keys/{path}").status_code == 404, path
    for path in ("999999/", "000000/", f"120101/{keys[3].fingerprint}.pem"):
        assert platform_client.get(f"/certificates/keys/{path}").status_code == 404, path
    assert platform_client.get(f"/certificates/keys/{theirs}").status_code == 200


def test_a_site_without_keys_says_what_that_means(tenant_a: Any, client_for: ClientFor) -> None:
    assert "还没有签章密钥" in client_for(tenant_a).get("/certificates/keys/").content.decode()


@pytest.mark.parametrize("more", [0, 3])
def test_the_list_costs_the_same_for_one_key_and_for_four(
    tenant_a: Any, client_for: ClientFor, more: int, django_assert_num_queries: Any
) -> None:
    key = make_key()
    for _ in range(more):
        key = rotate_key(key, days=365, rotated_by="operator")
    client = client_for(tenant_a)
    client.get("/certificates/keys/")
    with django_assert_num_queries(6):
        client.get("/certificates/keys/")
