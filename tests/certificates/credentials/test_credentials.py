"""Credentials hold by the standard's schema and in the hands of a checker that is not ours, until they end."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context
from openvc.did.base import DidResolutionError
from openvc.proof.errors import ProofError
from openvc.status.status_list import CredentialRevoked, check_credential_status

from certificates.domain import correct_certificate, credential_of, issue_certificate, revoke_key, rotate_key
from certificates.domain.credentials import written_document
from certificates.enums import Action, Actor
from certificates.errors import CredentialUnavailable
from certificates.models import Certificate, Credential, LogEntry, SigningKey, StatusList
from certificates.models.credential import STATUS_LIST_SIZE
from tenants.models import Tenant
from tests.certificates.credentials.reading import ask, verify
from tests.factories.certificates import (
    every_sheet,
    make_credential_key,
    make_facts,
    make_issued,
    make_key,
    make_revoked,
)
from tests.standards import achievement_credential

ClientFor = Callable[..., Client]


def taken(certificate: Certificate) -> dict[str, Any]:
    """The credential as its holder takes it along."""
    document: dict[str, Any] = json.loads(credential_of(certificate, actor=Actor.HOLDER).document)
    return document


@pytest.fixture
def key(tenant_a: Any) -> SigningKey:
    return make_credential_key()


@pytest.fixture
def issued(key: SigningKey) -> Certificate:
    return make_issued()


def test_every_kind_fits_the_schema_of_the_standard_and_is_verified(key: SigningKey) -> None:
    schema, kinds = achievement_credential(), set()
    for name, facts in every_sheet().items():
        certificate = make_issued(**{part: getattr(facts, part) for part in facts.__slots__ if part != "schema"})
        credential = taken(certificate)
        assert [error.message for error in schema.iter_errors(credential)] == [], name
        assert verify(credential).format == "data-integrity:eddsa-jcs-2022", name
        kinds.add(certificate.kind)
    assert kinds == {"record", "honour", "group"}


def test_the_schema_would_notice_what_is_missing_or_misshaped(issued: Certificate) -> None:
    credential = taken(issued)
    for broken in (
        {**credential, "validFrom": "yesterday"},
        {**credential, "type": ["VerifiableCredential"]},
        {**credential, "credentialSubject": {**credential["credentialSubject"], "achievement": {}}},
    ):
        assert not achievement_credential().is_valid(broken)


def test_it_says_what_the_certificate_says_and_no_number_of_an_id(issued: Certificate) -> None:
    credential = taken(issued)
    subject = credential["credentialSubject"]
    assert [(each["identityType"], each["identityHash"]) for each in subject["identifier"]] == [
        ("name", "欧阳娜娜"),
        ("identifier", "12010100264471"),
    ]
    words = {each["id"]: each["name"] for each in subject["achievement"]["resultDescription"]}
    assert {words[each["resultDescription"]]: each["value"] for each in subject["result"]} == {
        "服务时长（小时）": "3.5",
        "其中到岗、离岗均扫码确认（小时）": "2",
        "其中领队当场点名确认（小时）": "1.5",
    }
    assert (subject["activityStartDate"], subject["activityEndDate"], subject["source"]["name"]) == (
        "2026-03-01T00:00:00+08:00",
        "2026-03-31T23:59:59+08:00",
        "开封道社区志愿服务站",
    )
    assert credential["evidence"][0]["narrative"] == (
        "2026年3月5日，和平区小白楼街道开封道社区，1.5小时，领队当场点名确认"
    )
    assert (credential["issuer"]["name"], subject["achievement"]["humanCode"]) == ("天津市和平区", issued.number)
    assert "1201***" not in json.dumps(credential)


def test_what_is_changed_anywhere_is_noticed(issued: Certificate) -> None:
    credential = taken(issued)
    subject = credential["credentialSubject"]
    changed: list[dict[str, Any]] = [
        {**credential, "credentialSubject": {**subject, "result": [{**subject["result"][0], "value": "350"}]}},
        {**credential, "validFrom": "2020-01-01T00:00:00Z"},
        {**credential, "proof": {**credential["proof"], "created": "2020-01-01T00:00:00Z"}},
        {**credential, "extra": "1"},
    ]
    for document in changed:
        with pytest.raises(ProofError):
            verify(document)


def test_it_is_made_once_and_could_be_made_again_to_the_byte(issued: Certificate) -> None:
    first = credential_of(issued, actor=Actor.HOLDER)
    again = credential_of(issued, actor=Actor.STAFF, account=1)
    assert (again.pk, written_document(again).decode()) == (first.pk, first.document)
    made = LogEntry.objects.filter(action=Action.CREDENTIAL_MADE)
    assert [(entry.number, entry.actor, entry.detail) for entry in made] == [
        (issued.number, Actor.HOLDER, {"sha256": first.sha256, "signed_by": first.key.fingerprint})
    ]


def test_a_revoked_and_a_superseded_one_fail_at_once_and_no_other(issued: Certificate) -> None:
    other, third = make_issued(holder_key="volunteer:2"), make_issued(holder_key="volunteer:3")
    credentials = [taken(each) for each in (issued, other, third)]
    before = ask(credentials[0]["credentialStatus"]["statusListCredential"])
    assert before == ask(credentials[0]["credentialStatus"]["statusListCredential"])
    make_revoked(issued)
    issue_certificate(correct_certificate(other, make_facts(main_content="上门探访"), requested_by="1").pk)
    for ended in credentials[:2]:
        with pytest.raises(CredentialRevoked):
            verify(ended)
    assert verify(credentials[2]).status.revoked is False
    # Validity is cancelled for both; beside it stands which was corrected, as no revocation.
    entries = [{**each["credentialStatus"], "statusPurpose": "message"} for each in credentials]
    moved = [{**each, "statusListCredential": each["statusReference"]} for each in entries]
    told = [check_credential_status({"credentialStatus": each}, resolve_status_list=ask) for each in moved]
    assert [[entry.is_set for entry in each.entries] for each in told] == [[False], [True], [False]]


def test_a_revocation_that_is_rolled_back_leaves_the_list_as_it_was(issued: Certificate) -> None:
    credential = taken(issued)
    listed = ask(credential["credentialStatus"]["statusListCredential"])
    with transaction.atomic():
        make_revoked(issued)
        transaction.set_rollback(True)
    assert ask(credential["credentialStatus"]["statusListCredential"]) == listed


def test_a_list_is_long_and_its_places_tell_nothing_of_numbers(issued: Certificate) -> None:
    certificates = [issued, *(make_issued(holder_key=f"volunteer:{more}") for more in range(2, 9))]
    places = [credential_of(each, actor=Actor.HOLDER).position for each in certificates]
    assert len(set(places)) == 8
    assert places != sorted(places)
    assert STATUS_LIST_SIZE >= 131_072
    assert StatusList.objects.get().taken == 8


def test_a_list_that_is_half_full_gives_way_to_the_next(issued: Certificate) -> None:
    StatusList.objects.create(number=1, taken=STATUS_LIST_SIZE // 2)
    credential = taken(issued)
    assert credential["credentialStatus"]["statusListCredential"].endswith("/status/2/")
    assert verify(credential).status.revoked is False
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusList.objects.filter(number=1).update(taken=STATUS_LIST_SIZE // 2 + 1)


def test_no_two_credentials_have_one_place(issued: Certificate) -> None:
    credential_of(issued, actor=Actor.HOLDER)
    credential_of(make_issued(holder_key="volunteer:2"), actor=Actor.HOLDER)
    first, second = Credential.objects.order_by("pk")
    with pytest.raises(IntegrityError), transaction.atomic():
        Credential.objects.filter(pk=second.pk).update(position=first.position)


def test_a_rotated_key_goes_on_proving_what_it_signed_and_a_revoked_one_proves_nothing(
    issued: Certificate, key: SigningKey
) -> None:
    old = taken(issued)
    new_key = rotate_key(key, days=365, rotated_by="operator")
    assert new_key.use == key.use
    new = taken(make_issued(holder_key="volunteer:2"))
    assert old["proof"]["verificationMethod"] != new["proof"]["verificationMethod"]
    assert [verify(each).issuer for each in (old, new)] == [old["issuer"]["id"]] * 2
    revoke_key(key, reason="私钥可能外泄", revoked_by="operator")
    assert "revoked" in ask_did(old)["verificationMethod"][1]
    with pytest.raises((ProofError, DidResolutionError)):
        verify(old)
    verify(new)


def ask_did(credential: dict[str, Any]) -> dict[str, Any]:
    host, *path = credential["issuer"]["id"].removeprefix("did:web:").split(":")
    return ask(f"https://{unquote(host)}/{'/'.join(path)}/did.json")


def test_a_key_of_seals_signs_no_credentials_and_stands_in_no_did(tenant_a: Any) -> None:
    make_key()
    with pytest.raises(CredentialUnavailable, match="没有启用"):
        taken(make_issued())
    make_credential_key()
    assert len(ask_did(taken(make_issued()))["verificationMethod"]) == 1


def test_an_ended_key_signs_no_credentials_but_goes_on_telling_what_was_revoked(
    issued: Certificate, key: SigningKey
) -> None:
    credential = taken(issued)
    SigningKey.objects.filter(pk=key.pk).update(valid_until=timezone.now())
    with pytest.raises(CredentialUnavailable, match="过期"):
        taken(make_issued(holder_key="volunteer:2"))
    assert taken(issued) == credential
    make_revoked(issued)
    with pytest.raises(CredentialRevoked):
        verify(credential)


def test_without_a_key_in_use_the_list_says_so(
    issued: Certificate, key: SigningKey, tenant_a: Any, client_for: ClientFor
) -> None:
    taken(issued)
    revoke_key(key, reason="私钥可能外泄", revoked_by="operator")
    assert client_for(tenant_a).get("/certificates/credentials/120101/status/1/").status_code == 503


def test_a_checker_that_has_the_list_is_told_that_nothing_changed(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    taken(issued)
    client, url = client_for(tenant_a), "/certificates/credentials/120101/status/1/"
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert (first.headers["Access-Control-Allow-Origin"], "max-age=300" in first.headers["Cache-Control"]) == (
        "*",
        True,
    )
    make_revoked(issued)
    changed = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (changed.status_code, changed.content == first.content) == (200, False)


def test_two_sites_have_their_own_keys_and_lists(
    issued: Certificate, tenant_a: Any, tenant_b: Any, client_for: ClientFor, platform_client: Client
) -> None:
    ours = taken(issued)
    with tenant_context(tenant_b):
        theirs_key = make_credential_key()
        theirs = taken(make_issued())
    assert verify(theirs).issuer != verify(ours).issuer
    swapped = {**ours, "issuer": theirs["issuer"]}
    with pytest.raises((ProofError, DidResolutionError)):
        verify(swapped)
    client = client_for(tenant_a)
    for path in (
        "450100/did.json",
        "450100/status/1/",
        "120101/status/2/",
        "120101/status/2/replaced/",
        "999999/did.json",
    ):
        assert client.get(f"/certificates/credentials/{path}").status_code == 404, path
    assert theirs_key.certificate not in str(ask_did(ours))
    document = json.loads(platform_client.get("/certificates/credentials/450100/did.json").content)
    assert document["id"] == "did:web:localhost:certificates:credentials:450100"
    assert platform_client.get("/certificates/credentials/450100/status/1/").status_code == 200


def test_a_credential_goes_on_naming_the_host_and_the_name_of_its_day(issued: Certificate, tenant_a: Any) -> None:
    before = taken(issued)
    Tenant.objects.filter(pk=tenant_a.pk).update(name="天津市和平区新名")
    assert taken(issued) == before
    assert taken(make_issued(holder_key="volunteer:2"))["issuer"]["name"] == "天津市和平区新名"


def test_nothing_private_is_published(issued: Certificate, tenant_a: Any, client_for: ClientFor) -> None:
    taken(issued)
    client = client_for(tenant_a)
    pages = [client.get(f"/certificates/credentials/120101/{tail}").text for tail in ("did.json", "status/1/")]
    pages.append(client.get("/certificates/keys/120101/keys.json").text)
    assert [secret for page in pages for secret in ("PRIVATE", "欧阳", issued.number) if secret in page] == []
