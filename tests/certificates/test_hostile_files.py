"""Files that are made to deceive or to break what looks at them: the check, the seal and the offline verifier agree."""

import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from certificates import offline
from certificates.domain import create_key
from certificates.download import pdf_bytes
from certificates.models import Certificate
from certificates.rendering.press import print_certificate
from certificates.sealing import SealState, check_seal
from certificates.sealing.pades import PadesSeal
from certificates.traces import Fault, read_traces
from tests.certificates.files import drop, flipped, resaved, scripted, stream_at
from tests.certificates.test_views import headline
from tests.factories.certificates import make_issued, make_subject

ClientFor = Callable[..., Client]


@pytest.fixture
def sealed(tenant_a: Any) -> Certificate:
    create_key(days=30, created_by="operator")
    return make_issued()


def _end_of_seal(data: bytes) -> int:
    return data.index(b">", data.index(b"/Contents <"))


#: Where one bit is turned in a sealed file: in the print, in the data, and from the signature on.
PLACES: dict[str, Callable[[bytes], int]] = {
    "text": lambda data: stream_at(data, b"q /ornament")[0] + 900,
    "attachment": lambda data: stream_at(data, b'"minutes": 90')[0] + 400,
    "signature": lambda data: data.index(b"/Contents <") + 600,
    "padding behind the signature": lambda data: _end_of_seal(data) - 1,
    "range that is signed": lambda data: data.index(b"/ByteRange") + 14,
    "reason": lambda data: data.index(b"/Reason") + 12,
    "table of objects behind the signature": lambda data: data.rindex(b"stream", 0, data.rindex(b"endstream")) + 9,
    "start of the table": lambda data: data.rindex(b"startxref") + 11,
    "mark at the end": lambda data: data.rindex(b"%%EOF") + 3,
}


@pytest.mark.parametrize("place", PLACES)
def test_one_bit_turned_anywhere_is_seen_by_all_three(
    place: str, sealed: Certificate, tenant_a: Any, client_for: ClientFor, platform_client: Client, tmp_path: Path
) -> None:
    data = pdf_bytes(sealed)
    altered = flipped(data, PLACES[place](data))
    with suppress(offline.Unreadable):
        assert check_seal(altered).state != SealState.WHOLE
    for client in (client_for(tenant_a), platform_client):
        assert headline(drop(client, altered)) == "文件被改过，不要采信"
    (tmp_path / "a.pdf").write_bytes(altered)
    assert offline.main([str(tmp_path / "a.pdf")]) != 0


def test_our_number_under_a_strangers_seal_is_no_certificate_of_ours(
    sealed: Certificate, tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    service = PadesSeal()
    forged = service.seal(
        print_certificate(sealed.facts, sealed.imprint), service.make_key(make_subject()), reason="出具"
    ).pdf
    assert check_seal(forged).state == SealState.STRANGER
    for client in (client_for(tenant_a), platform_client):
        assert headline(drop(client, forged)) == "文件被改过，不要采信"


def test_a_script_in_a_sealed_file_breaks_its_seal(sealed: Certificate, tenant_a: Any, client_for: ClientFor) -> None:
    data = resaved(pdf_bytes(sealed), scripted)
    assert check_seal(data).state != SealState.WHOLE
    response = drop(client_for(tenant_a), data)
    assert (headline(response), "还带有脚本" in response.text) == ("文件被改过，不要采信", True)


def stuffed(stream: bytes, *, times: int = 1, number: str = "") -> bytes:
    """A PDF of another system with `times` packed streams, then a number."""
    part = b"1 0 obj\n<</Filter/FlateDecode>>stream\n" + stream + b"\nendstream\n"
    return b"%PDF-1.7\n" + part * times + f"({number})\n%%EOF\n".encode()


def test_streams_that_burst_are_inflated_up_to_a_limit() -> None:
    bomb = zlib.compress(bytes(400 * 2**20), 1)
    file = stuffed(bomb, times=3)
    tracemalloc.start()
    try:
        found = read_traces(file)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found.fault == Fault.NOT_OURS
    assert most < 16 * 2**20


def test_a_number_between_streams_that_burst_is_still_found(
    sealed: Certificate, tenant_a: Any, client_for: ClientFor, platform_client: Client
) -> None:
    file = stuffed(zlib.compress(bytes(20 * 2**20)), times=20, number=sealed.number)
    for client in (client_for(tenant_a), platform_client):
        assert headline(drop(client, file)) == "文件被改过，不要采信"


def test_a_file_of_nothing_but_beginnings_of_streams_is_no_certificate(tenant_a: Any, client_for: ClientFor) -> None:
    response = drop(client_for(tenant_a), b"%PDF-1.7\n" + b"stream\n" * 1_000_000 + b"%%EOF")
    assert (response.status_code, headline(response)) == (404, "不是这里出具的证书")


def test_what_no_parser_can_follow_is_unreadable_and_no_error(sealed: Certificate) -> None:
    for junk in (b"%PDF-1.7\n" + b"<<" * 100_000, stuffed(b"x" * 100), b"%PDF-1.7"):
        with pytest.raises(offline.Unreadable):
            check_seal(junk)
