"""Dropping the PDF itself: the answer says whether it is, to the byte, what was issued, whatever was done to it."""

import re
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files import uploadedfile
from django.test import Client
from django_tenants.utils import tenant_context

from certificates.domain import correct_certificate, create_key, issue_certificate
from certificates.download import pdf_bytes
from certificates.facts import CertificateFacts
from certificates.models import Certificate
from certificates.numbering import Number
from tests.certificates.files import drop, flipped, numberless, other_hours, resaved, scripted, stream_at, zipped
from tests.certificates.test_views import check, expected, found, headline
from tests.factories.certificates import make_facts, make_group, make_honour, make_issued, make_requested, make_revoked
from tests.queries import queries_of

ClientFor = Callable[..., Client]


@pytest.fixture
def issued(tenant_a: Any) -> Certificate:
    return make_issued()


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        (make_facts, "志愿服务记录证明"),
        (make_honour, "志愿服务证书（星级：三星）"),
        (make_group, "组织志愿服务证书（组织或团队）"),
    ],
)
def test_the_issued_file_is_authentic_on_both_hosts(
    tenant_a: Any, client_for: ClientFor, platform_client: Client, facts: Any, kind: str
) -> None:
    certificate = make_issued(**{part.name: getattr(facts(), part.name) for part in fields(CertificateFacts)})
    data = pdf_bytes(certificate)
    for client in (client_for(tenant_a), client_for(tenant_a, "officer"), platform_client):
        response = drop(client, data)
        assert (response.status_code, headline(response)) == (200, "真的，有效")
        assert (found(response)["编号"], found(response)["种类"]) == (certificate.number, kind)
        assert "文件与出具时存档的一字不差" in response.text


def test_the_answer_shows_the_eight_facts_and_no_more(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    response = drop(client_for(tenant_a), pdf_bytes(issued), name="欧阳娜娜.pdf")
    assert found(response) == expected(issued)
    assert [
        secret for secret in ("欧阳", "1201***", "周三电话问候", issued.pdf_sha256) if secret in response.text
    ] == []


def test_a_superseded_file_leads_to_the_newer_and_a_revoked_one_says_so(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    client = client_for(tenant_a)
    old = pdf_bytes(issued)
    new = issue_certificate(correct_certificate(issued, make_facts(main_content="上门探访"), requested_by="1").pk)
    response = drop(client, old)
    assert headline(response) == "真的，但已被新证书替换"
    assert f'<a href="/certificates/check/{new.number}/">{new.number}</a>' in response.text
    newer = pdf_bytes(new)
    assert headline(drop(client, newer)) == "真的，有效"
    make_revoked(new)
    assert headline(drop(client, newer)) == "已撤销，不要采信"


def test_a_sealed_file_is_authentic_with_its_seal_alone(
    tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    create_key(days=30, created_by="operator")
    data = pdf_bytes(make_issued())
    printed = data[: data.index(b"%%EOF") + 6]
    assert len(printed) < len(data)
    for client in (client_for(tenant_a), platform_client):
        assert headline(drop(client, data)) == "真的，有效"
        added = drop(client, data + b"1 0 obj\n<<>>\nendobj\n%%EOF\n")
        assert "后面被加进了别的内容" in added.text
        assert headline(drop(client, printed)) == "文件被改过，不要采信"


ALTERED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "one byte of the text": (lambda data: flipped(data, stream_at(data, b"q /ornament")[0] + 900), "内容与存档不一致"),
    "one byte of the attachment": (
        lambda data: flipped(data, stream_at(data, b'"minutes": 90')[0] + 400),
        "内容与存档不一致",
    ),
    "hours in the attachment": (other_hours, "内容与存档不一致"),
    "a byte at the end": (lambda data: data + b"\n", "后面被加进了别的内容"),
    "something appended": (lambda data: data + b"1 0 obj\n<<>>\nendobj\n%%EOF\n", "后面被加进了别的内容"),
    "the last kilobytes missing": (lambda data: data[:-3000], "没有下载完"),
    "saved by another program": (lambda data: resaved(data, lambda pdf: None), "用软件另存"),
    "a script": (lambda data: resaved(data, scripted), "还带有脚本"),
    "metadata open, the rest encrypted": (
        lambda data: data.replace(b"/Root ", b"/Encrypt 9 0 R/Root "),
        "内容与存档不一致",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ALTERED)
def test_what_was_done_to_a_file_is_seen(
    case: str, issued: Certificate, tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    change, words = ALTERED[case]
    data = change(pdf_bytes(issued))
    assert data != pdf_bytes(issued)
    for client in (client_for(tenant_a), platform_client):
        response = drop(client, data)
        assert (response.status_code, headline(response)) == (200, "文件被改过，不要采信")
        assert words in response.text
        assert f'href="/certificates/check/{issued.number}/"' in response.text
        assert "欧" not in response.text


OTHERS: dict[str, tuple[Callable[[bytes], bytes], int, str, str]] = {
    "of another system": (
        lambda data: b"%PDF-1.4\n1 0 obj\n<</Length 5>>stream\nhello\nendstream\n%%EOF\n",
        404,
        "不是这里出具的证书",
        "里面没有这里的证书编号",
    ),
    "with a number of wrong check digits": (
        lambda data: b"%PDF-1.4\n(120101-2026-000123-6)\n%%EOF\n",
        404,
        "不是这里出具的证书",
        "校验位对不上",
    ),
    "with the number made unreadable": (numberless, 404, "不是这里出具的证书", "里面没有这里的证书编号"),
    "encrypted": (
        lambda data: resaved(data, lambda pdf: None, encryption=pikepdf.Encryption(owner="a", user="b")),
        422,
        "这个文件核验不了",
        "加了密码",
    ),
    "cut to its head": (lambda data: data[:2000], 422, "这个文件核验不了", "没有下载完"),
    "no PDF": (lambda data: b"\xff\xd8\xff\xe0 a photograph", 422, "这个文件核验不了", "不是PDF"),
    "a ZIP of certificates": (zipped, 422, "这个文件核验不了", '<a href="/certificates/check/batch/">到批量核验</a>'),
    "a Word file": (partial(zipped, name="word/document.xml"), 422, "这个文件核验不了", "不是PDF"),
    "a page of HTML": (lambda data: b"<html>120101-2026-000123-5</html>", 422, "这个文件核验不了", "不是PDF"),
    "empty": (lambda data: b"", 422, "这个文件核验不了", "文件是空的"),
}  # fmt: skip


@pytest.mark.parametrize("case", OTHERS)
def test_what_is_no_certificate_of_ours_gets_a_clear_answer(
    case: str, issued: Certificate, tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    make, status, title, words = OTHERS[case]
    data = make(pdf_bytes(issued))
    for client in (client_for(tenant_a), platform_client):
        response = drop(client, data)
        assert (response.status_code, headline(response)) == (status, title)
        assert words in response.text


def test_a_file_of_another_site_is_sent_home_without_being_looked_at(
    issued: Certificate, tenant_a: Any, tenant_b: Any, client_for: ClientFor
) -> None:
    client = client_for(tenant_b)
    answers = [drop(client, data) for data in (pdf_bytes(issued), pdf_bytes(issued) + b"x")]
    assert [(answer.status_code, headline(answer)) for answer in answers] == [(404, "不是本站出具的")] * 2
    assert found(answers[0]) == {}
    assert f'href="http://{tenant_a.host}:8000/certificates/check/"' in answers[0].text


def test_two_sites_with_the_same_sequence_are_told_apart(
    issued: Certificate, tenant_b: Any, platform_client: Client
) -> None:
    ours = pdf_bytes(issued)
    with tenant_context(tenant_b):
        theirs = pdf_bytes(make_issued(holder_name="韦青", holder_masked="韦*"))
    assert [found(drop(platform_client, data))["姓名"] for data in (ours, theirs)] == ["欧***", "韦*"]


def test_a_file_under_an_unknown_number_is_as_unknown_as_the_number(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    data = pdf_bytes(issued)
    Certificate.objects.all().delete()
    response = drop(client_for(tenant_a), data)
    assert (response.status_code, headline(response)) == (404, "没有这张证书")


def test_a_file_costs_the_same_whatever_was_done_to_it(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    client, data = client_for(tenant_a), pdf_bytes(issued)
    files = [data, flipped(data, 5000), data + b"x"]
    assert [queries_of(partial(drop, client, file)) for file in files] == [7, 7, 7]
    Certificate.objects.all().delete()
    # Two more are what Wagtail's redirects cost on every page that answers 404.
    assert [queries_of(partial(drop, client, file)) for file in files] == [9, 9, 9]


def test_unknown_and_not_yet_issued_numbers_cost_the_same(tenant_a: Any, client_for: ClientFor) -> None:
    client, waiting = client_for(tenant_a), make_requested()
    never = Number("120101", 2026, 999_999)
    numbers = (waiting.number, str(never))
    assert [queries_of(partial(check, client, number)) for number in numbers] == [9, 9]


def test_nothing_is_written_to_disk(
    tenant_a: Any, client_for: ClientFor, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("An uploaded certificate went to a temporary file.")

    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    monkeypatch.setattr(uploadedfile.tempfile, "NamedTemporaryFile", refuse)
    response = drop(client_for(tenant_a), b"%PDF-1.7\n" + b"0" * 4_000_000)
    assert response.status_code == 422
    assert list(tmp_path.glob("*.upload*")) == []


def test_two_hundred_megabytes_are_refused_before_they_are_read(
    tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    for client in (client_for(tenant_a), platform_client):
        response = client.generic(
            "POST", "/certificates/check/file/", b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=200 * 2**20
        )
        assert response.status_code == 413
        assert "文件太大：最多10 MB" in response.text
        assert 'aria-invalid="true"' in response.text


def test_what_nginx_refused_is_told_in_the_same_words(tenant_a: Any, client_for: ClientFor) -> None:
    response = client_for(tenant_a).get("/certificates/check/too-large/")
    assert (response.status_code, "文件太大：最多10 MB" in response.text) == (413, True)


@pytest.mark.parametrize("length", ["", "x", "-1"])
def test_a_length_that_is_none_is_no_error_of_ours(tenant_a: Any, client_for: ClientFor, length: str) -> None:
    response = client_for(tenant_a).generic(
        "POST", "/certificates/check/file/", b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=length
    )
    assert response.status_code == 400


def test_no_file_is_asked_for(tenant_a: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_a)
    response = client.post("/certificates/check/file/", {})
    assert response.status_code == 400
    assert "请选一个文件。" in response.text
    assert client.get("/certificates/check/file/").headers["Location"] == "/certificates/check/"


def test_the_form_needs_no_script_no_cookie_and_no_token(tenant_a: Any) -> None:
    client = Client(SERVER_NAME=tenant_a.host, enforce_csrf_checks=True)
    page = client.get("/certificates/check/").text
    form = re.search(r'<form[^>]*method="post"[^>]*enctype="multipart/form-data"[^>]*>', page)
    assert form is not None
    assert 'action="/certificates/check/file/"' in form[0]
    assert drop(client, b"").status_code == 422
    assert client.cookies == {}


def test_too_many_checks_are_slowed_down_and_the_rest_goes_on(
    issued: Certificate, tenant_a: Any, tenant_b: Any, client_for: ClientFor, platform_client: Client, settings: Any
) -> None:
    settings.CERTIFICATE_CHECKS_PER_HOUR = 3
    number = f"/certificates/check/{issued.number}/"
    here, there = client_for(tenant_a), client_for(tenant_b)
    assert [here.get(number).status_code, drop(there, b"").status_code, platform_client.get(number).status_code] == [
        200, 422, 200,
    ]  # fmt: skip
    for client in (here, there, platform_client):
        refused = client.get(number)
        assert refused.status_code == 429
        assert "一小时内最多核验3张" in refused.text
        assert 0 < int(refused.headers["Retry-After"]) <= 3600
        assert drop(client, b"").status_code == 429
    assert here.get(number, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert here.get("/certificates/check/").status_code == 200
