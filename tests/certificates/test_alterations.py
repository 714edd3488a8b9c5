"""Of an altered PDF the check names the altered parts, to whoever had the original; of every one, how it was sealed."""

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from certificates.domain import revoke_key, rotate_key
from certificates.download import pdf_bytes
from certificates.models import Certificate, SigningKey
from tests.certificates.files import drop, resaved, stream_at
from tests.certificates.test_views import headline
from tests.factories.certificates import make_issued, make_key

ClientFor = Callable[..., Client]


def rewritten(data: bytes, needle: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The stream in which `needle` stands, packed again after a change."""
    start, length = stream_at(data, needle)
    return (
        data[:start] + zlib.compress(change(zlib.decompress(data[start : start + length])), 9) + data[start + length :]
    )


def in_data(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda data: rewritten(data, b'"facts"', lambda text: text.replace(old, new))


def other_glyph(page: bytes) -> bytes:
    return re.sub(rb"\[<([0-9a-f]{4})", rb"[<0001\1", page, count=1)


ALTERED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "hours in the data": (in_data(b'"minutes": 90', b'"minutes": 990'), "附带数据里的第1次服务的时长"),
    "name and body in the data": (
        in_data("欧阳娜娜".encode(), "王五".encode()),
        "附带数据里的姓名或名称",
    ),
    "one project alone in the data": (
        in_data(b'"facts": {', b'"facts": {"part": {"kind": "project", "name": "x", "number": ""}, '),
        "附带数据里的只列的项目或单位",
    ),
    "a service more in the data": (
        in_data(b'"rows": [{', b'"rows": [{"minutes": 60}, {'),
        "附带数据里的服务次数、附带数据里的第1次服务的日期",
    ),
    "data that are none": (in_data(b'"facts"', b"facts"), "附带的数据"),
    "data that are nested without end": (in_data(b'"rows"', b'"x": ' + b"[" * 100_000 + b', "rows"'), "附带的数据"),
    "the table": (
        lambda data: rewritten(data, b",90,1.5,", lambda text: text.replace(b",90,1.5,", b",990,16.5,")),
        "附带的表格",
    ),
    "the page": (lambda data: rewritten(data, b"q /ornament", other_glyph), "印出来的内容"),
    "what a glyph means": (
        lambda data: rewritten(data, b"begincmap", lambda text: text + b" "),
        "字体，它决定字显示成什么",
    ),
}


def named(response: Any) -> str:
    found = re.search(r"与存档不一致的部分：(.*?)</p>", response.text)
    return found[1] if found else ""


@pytest.fixture(params=["sealed", "unsealed"])
def issued(request: pytest.FixtureRequest, tenant_a: Any) -> Certificate:
    if request.param == "sealed":
        make_key()
    return make_issued()


def test_the_altered_parts_are_named_and_nothing_of_the_original_is_shown(
    issued: Certificate, tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    data = pdf_bytes(issued)
    for name, (change, says) in ALTERED.items():
        altered = change(data)
        assert altered != data, name
        for client in (client_for(tenant_a), platform_client):
            response = drop(client, altered)
            assert (headline(response), named(response)[: len(says)]) == ("文件被改过，不要采信", says), name
            assert [word for word in ("欧阳", "王五", "周三电话问候") if word in response.text] == [], name


def test_a_file_that_was_merely_saved_anew_is_not_called_the_same(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    response = drop(client_for(tenant_a), resaved(pdf_bytes(issued), lambda pdf: None))
    assert (headline(response), named(response)) == ("文件被改过，不要采信", "")


def test_to_who_only_knows_the_number_no_part_is_named(
    issued: Certificate, tenant_a: Any, client_for: ClientFor
) -> None:
    data = pdf_bytes(issued)
    start, length = stream_at(data, b'"facts"')
    for guess in ("欧阳娜娜", "王五"):
        plain = zlib.decompress(data[start : start + length]).replace("欧阳娜娜".encode(), guess.encode())
        made_up = b"%PDF-1.7\nstream\n" + zlib.compress(plain) + b"\nendstream\n%%EOF\n"
        response = drop(client_for(tenant_a), made_up)
        assert (headline(response), named(response)) == ("文件被改过，不要采信", "")


def test_a_damaged_archive_accuses_nobody(
    issued: Certificate, tenant_a: Any, client_for: ClientFor, private_folder: Path
) -> None:
    altered = ALTERED["the table"][0](pdf_bytes(issued))
    (stored,) = private_folder.glob("**/*.pdf")
    stored.write_bytes(b"%PDF-1.7")
    response = drop(client_for(tenant_a), altered)
    assert (headline(response), named(response)) == ("文件被改过，不要采信", "")
    stored.unlink()
    assert headline(drop(client_for(tenant_a), altered)) == "文件被改过，不要采信"


def seal_said(client: Client, number: str, data: bytes) -> set[str]:
    """What is said of the seal, by number and by file."""
    answers = [client.get(f"/certificates/check/{number}/").text, drop(client, data).text]
    found = [re.search(r'<p class="cap">(.*?)<a', answer, re.S) for answer in answers]
    return {re.sub(r"\s+", "", match[1]) for match in found if match}


def test_the_key_of_the_seal_is_told_with_what_became_of_it(
    tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    key = make_key()
    certificate, client = make_issued(), client_for(tenant_a)
    asked = (certificate.number, pdf_bytes(certificate))
    begins = f"文件出具时由密钥{key.fingerprint[:16]}…签章（PAdESB-B，不带时间戳）。"
    assert seal_said(client, *asked) == {f"{begins}这个密钥还在用。"}
    rotate_key(key, days=365, rotated_by="operator")
    (said,) = seal_said(client, *asked)
    assert (said.startswith(begins), said.endswith("起已换下，从前签的仍有效。")) == (True, True)
    revoke_key(SigningKey.objects.get(pk=key.pk), reason="私钥可能外泄", revoked_by="operator")
    for each in (client, platform_client):
        (said,) = seal_said(each, *asked)
        assert "起已撤销（私钥可能外泄）：只凭签章不能采信" in said


def test_what_was_not_sealed_says_so_and_a_time_stamp_is_told(tenant_a: Any, client_for: ClientFor) -> None:
    certificate, client = make_issued(), client_for(tenant_a)
    asked = (certificate.number, pdf_bytes(certificate))
    (said,) = seal_said(client, *asked)
    assert "出具时没有电子签章" in said
    Certificate.objects.update(sealed_by=make_key(), seal_profile="B-T")
    assert "（PAdESB-T，带时间戳）" in next(iter(seal_said(client, *asked)))
