"""With a time-stamp authority a seal says when it was put; without its answer nothing is issued."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.utils import timezone
from pyhanko.keys.pemder import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.sign.timestamps import DummyTimeStamper, TimestampRequestError

from certificates.domain import issue_certificate
from certificates.download import pdf_bytes
from certificates.enums import State
from certificates.models import SigningKey
from certificates.sealing import SealState, check_seal, pades
from tests.factories.certificates import make_issued, make_key, make_requested


@pytest.fixture(autouse=True)
def key(tenant_a: Any) -> SigningKey:
    """The key of 天津市和平区, and the connection stands there."""
    return make_key()


@pytest.fixture(scope="module")
def authority() -> dict[str, Any]:
    """What pyHanko's time-stamp authority for tests signs with: RSA alone."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "时间戳（示例）")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, private.public_key(), 1, now - timedelta(days=1), now + timedelta(days=9))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(private, hashes.SHA256())
    )
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return {
        "tsa_cert": next(iter(load_certs_from_pemder_data(certificate.public_bytes(Encoding.DER)))),
        "tsa_key": load_private_key_from_pemder_data(der, passphrase=None),
    }


@contextmanager
def answering(stamper: DummyTimeStamper, asked_for: list[bytes] | None = None) -> Iterator[str]:
    """The address of a time-stamp authority on loopback, as RFC 3161 has it over HTTP."""

    class Authority(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            if asked_for is not None:
                asked_for.append(asked["message_imprint"]["hashed_message"].native)
            answer = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Authority) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_with_an_authority_the_time_is_stamped(authority: dict[str, Any], settings: Any) -> None:
    noon = timezone.now().replace(microsecond=0) - timedelta(hours=1)
    with answering(DummyTimeStamper(**authority, fixed_dt=noon)) as settings.SEAL_TSA_URL:
        issued = make_issued()
    finding = check_seal(pdf_bytes(issued))
    assert (issued.seal_profile, finding.state, finding.stamped, finding.sealed_at) == (
        "B-T",
        SealState.WHOLE,
        True,
        noon,
    )


def test_the_authority_is_asked_once_for_each_seal_and_once_to_learn_its_size(
    authority: dict[str, Any], settings: Any
) -> None:
    asked_for: list[bytes] = []
    with answering(DummyTimeStamper(**authority), asked_for) as settings.SEAL_TSA_URL:
        for content in ("上门探访", "电话问候", "手机课堂"):
            make_issued(main_content=content)
    assert len(asked_for) == len(set(asked_for)) == 1 + 3


def test_a_stamp_that_another_signature_got_counts_for_nothing(
    authority: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Careless(DummyTimeStamper):
        async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
            return await super().async_timestamp(bytes(len(message_digest)), md_algorithm)

    monkeypatch.setattr(pades, "time_stamper", lambda: Careless(**authority))
    finding = check_seal(pdf_bytes(make_issued()))
    assert (finding.state, finding.stamped) == (SealState.WHOLE, False)


def test_an_authority_that_does_not_answer_delays_the_certificate(settings: Any, private_folder: Path) -> None:
    settings.SEAL_TSA_URL = "http://127.0.0.1:9/"  # the discard port: nobody listens
    requested = make_requested()
    with pytest.raises(TimestampRequestError):
        issue_certificate(requested.pk)
    requested.refresh_from_db()
    assert (requested.state, list(private_folder.rglob("*.pdf"))) == (State.REQUESTED, [])
