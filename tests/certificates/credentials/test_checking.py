"""A credential dropped on the check page: genuine, ended, altered, or nothing of ours; nothing is given away."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tenants.utils import tenant_context

from certificates.domain import correct_certificate, credential_of, issue_certificate, rotate_key
from certificates.enums import Actor
from certificates.models import Certificate, Credential
from tests.certificates.test_views import found, headline
from tests.factories.certificates import make_credential_key, make_facts, make_issued, make_revoked

ClientFor = Callable[..., Client]


def drop(client: Client, data: bytes | str) -> Any:
    file = SimpleUploadedFile("凭证.json", data if isinstance(data, bytes) else data.encode(), "application/json")
    return client.post("/certificates/check/file/", {"file": file})


@pytest.fixture
def issued(tenant_a: Any) -> Certificate:
    make_credential_key()
    return make_issued()


@pytest.fixture
def document(issued: Certificate) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(credential_of(issued, actor=Actor.HOLDER).document)
    return read


def test_it_is_genuine_on_both_hosts_however_it_is_set_out(
    issued: Certificate, document: dict[str, Any], tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    turned = dict(reversed(document.items()))
    for client in (client_for(tenant_a), platform_client):
        for text in (json.dumps(document), json.dumps(turned, indent=4), "\ufeff" + json.dumps(document)):
            response = drop(client, text)
            assert (response.status_code, headline(response)) == (200, "真的，有效")
            assert found(response)["编号"] == issued.number
        assert "欧阳" not in response.text


def test_an_ended_one_is_told_as_its_certificate(
    issued: Certificate, document: dict[str, Any], tenant_a: Any, client_for: ClientFor
) -> None:
    client = client_for(tenant_a)
    new = issue_certificate(correct_certificate(issued, make_facts(main_content="上门探访"), requested_by="1").pk)
    assert headline(drop(client, json.dumps(document))) == "真的，但已被新证书替换"
    newer = credential_of(new, actor=Actor.HOLDER).document
    make_revoked(new)
    assert headline(drop(client, newer)) == "已撤销，不要采信"


def test_it_stays_genuine_when_the_key_is_rotated(
    issued: Certificate, document: dict[str, Any], tenant_a: Any, client_for: ClientFor
) -> None:
    rotate_key(issued.credential.key, days=365, rotated_by="operator")
    assert headline(drop(client_for(tenant_a), json.dumps(document))) == "真的，有效"


def test_one_whose_content_is_no_longer_kept_is_known_by_its_digest(
    issued: Certificate, document: dict[str, Any], tenant_a: Any, client_for: ClientFor
) -> None:
    Credential.objects.update(document="{}")
    client = client_for(tenant_a)
    assert headline(drop(client, json.dumps(document, indent=1))) == "真的，有效"
    strange: list[dict[str, Any]] = [{"name": "奖状"}, {"name": 10**30}, {"name": "\ud800"}, {"\ud800": 1}]
    for forged in ({**document, **members} for members in strange):
        response = drop(client, json.dumps(forged))
        assert (headline(response), "与存档不一致的部分" in response.text) == ("文件被改过，不要采信", False)


def altered(document: dict[str, Any], **subject: Any) -> dict[str, Any]:
    return {**document, "credentialSubject": {**document["credentialSubject"], **subject}}


def test_who_has_the_credential_is_told_which_part_was_altered_and_never_what_stood_there(
    issued: Certificate, document: dict[str, Any], tenant_a: Any, client_for: ClientFor
) -> None:
    identifier = document["credentialSubject"]["identifier"]
    changed = {
        "服务时长或星级": altered(document, result=[]),
        "持有人": altered(document, identifier=[{**identifier[0], "identityHash": "王五"}, identifier[1]]),
        "服务明细": {**document, "evidence": document["evidence"][:1]},
        "其他内容": altered(document, role="队长"),
        "签发时间、其他内容": {**document, "validFrom": "2020-01-01T00:00:00Z", "credentialSchema": []},
    }
    for name, text in changed.items():
        response = drop(client_for(tenant_a), json.dumps(text))
        assert headline(response) == "文件被改过，不要采信", name
        assert f"与存档不一致的部分：{name}</p>" in response.text
        assert "欧阳" not in response.text


def test_to_who_only_knows_the_number_no_part_is_named(
    issued: Certificate, document: dict[str, Any], tenant_a: Any, client_for: ClientFor
) -> None:
    right = document["credentialSubject"]["identifier"]
    for name in ("欧阳娜娜", "王五"):
        guess = altered(document, identifier=[{**right[0], "identityHash": name}, right[1]])
        guess["proof"] = {**document["proof"], "proofValue": "z5kqC24GGakkbZEDBH9f81MPbLRGpHSetPT5x3yJoR1y"}
        response = drop(client_for(tenant_a), json.dumps(guess))
        assert headline(response) == "文件被改过，不要采信"
        assert "与存档不一致的部分" not in response.text


def test_a_number_for_which_no_credential_was_made_makes_none(tenant_a: Any, client_for: ClientFor) -> None:
    certificate = make_issued()
    response = drop(client_for(tenant_a), json.dumps({"achievement": certificate.number, "proof": {}}))
    assert headline(response) == "文件被改过，不要采信"


@pytest.mark.parametrize(
    ("data", "says", "status"),
    [
        (b"{}", "不是这里出具的证书", 404),
        (b'{"humanCode": "120101-2026-000001-0"}', "不是这里出具的证书", 404),
        (b'{"humanCode": "120101-2026-000009-9"}', "没有这张证书", 404),
        (b'{"a": 1, "a": 2}', "这个文件核验不了", 422),
        (b'{"a": NaN}', "这个文件核验不了", 422),
        (b'{"a":' * 100_000, "这个文件核验不了", 422),
        (b'{"a": "\xff"}', "这个文件核验不了", 422),
        (b'{"a": ' + b"9" * 5000 + b"}", "这个文件核验不了", 422),
        (b"{" + b" " * (9 * 2**20), "不是这里出具的证书", 404),
        (b'[{"humanCode": "120101-2026-000001-5"}]', "这个文件核验不了", 422),
    ],
    ids=["empty", "misnumbered", "unknown", "twice", "nan", "deep", "no text", "long number", "9 MB", "list"],
)
def test_what_is_no_credential_has_a_plain_answer(
    tenant_a: Any, client_for: ClientFor, data: bytes, says: str, status: int
) -> None:
    response = drop(client_for(tenant_a), data)
    assert (response.status_code, headline(response)) == (status, says)


def test_another_sites_credential_is_sent_there_and_the_platform_knows_both(
    document: dict[str, Any], tenant_a: Any, tenant_b: Any, client_for: ClientFor, platform_client: Client
) -> None:
    with tenant_context(tenant_b):
        make_credential_key()
        theirs = credential_of(make_issued(), actor=Actor.HOLDER).document
    response = drop(client_for(tenant_a), theirs)
    assert (headline(response), "南宁市" in response.text) == ("不是本站出具的", True)
    assert headline(drop(platform_client, theirs)) == "真的，有效"


def test_a_zip_may_hold_credentials_beside_pdfs(document: dict[str, Any], tenant_a: Any, client_for: ClientFor) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("真.json", json.dumps(document))
        archive.writestr("假.json", json.dumps({**document, "name": "奖状"}))
    file = SimpleUploadedFile("凭证.zip", packed.getvalue(), "application/zip")
    page = client_for(tenant_a).post("/certificates/check/batch/", {"numbers": "", "file": file}).text
    assert ("真的，有效" in page, "文件被改过，不要采信" in page) == (True, True)
