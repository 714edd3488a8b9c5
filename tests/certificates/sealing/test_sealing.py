"""A certificate is sealed with its own site's key, and every later change of a byte is seen."""

import asyncio
import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context
from pyhanko.keys.pemder import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from certificates.domain import issue_certificate, revoke_key, rotate_key
from certificates.download import pdf_bytes
from certificates.enums import Action, Progress, State
from certificates.errors import SealFailed
from certificates.models import Certificate, LogEntry, SigningKey
from certificates.offline import Unreadable, read_seal
from certificates.sealing import SealState, check_seal, pades
from certificates.signals import certificate_issued
from tests.factories.certificates import make_issued, make_key, make_requested, make_subject
from tests.tasks import run_queued

LONG = "新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿合奇县"
HERE = "tests.certificates.sealing.providers"


@pytest.fixture
def key(tenant_a: Any) -> SigningKey:
    """The key of 天津市和平区, and the connection stands there."""
    return make_key()


def state_of(pdf: bytes) -> str:
    """What the current site says of a seal."""
    try:
        return str(check_seal(pdf).state)
    except Unreadable:
        return "unreadable"


def validated(pdf: bytes, key: SigningKey) -> Any:
    """What pyHanko says, which trusts this key alone."""
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    roots = list(load_certs_from_pemder_data(key.certificate.encode()))
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    # It runs an event loop, and so does the browser of other tests in this thread.
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(validate_pdf_signature, signature, context).result()


def test_the_row_names_the_key_and_the_stored_bytes_verify(key: SigningKey) -> None:
    certificate = make_issued()
    status = validated(pdf_bytes(certificate), key)
    assert (certificate.sealed_by, certificate.seal_profile) == (key, "B-B")
    assert (status.bottom_line, status.coverage.name, status.docmdp_ok) == (True, "ENTIRE_FILE", True)
    assert status.signing_cert.subject.native["organization_name"] == "天津市和平区"
    assert check_seal(pdf_bytes(certificate)).key == key
    assert LogEntry.objects.latest("sequence").detail["sealed_by"] == key.fingerprint


def test_what_is_signed_names_the_certificate_and_nothing_is_added(key: SigningKey) -> None:
    (signature,) = PdfFileReader(io.BytesIO(pdf_bytes(make_issued()))).embedded_signatures
    signed = {attribute["type"].native: attribute["values"] for attribute in signature.signer_info["signed_attrs"]}
    assert set(signed) == {"content_type", "message_digest", "signing_certificate_v2"}
    (named,) = signed["signing_certificate_v2"][0]["certs"]
    (own,) = load_certs_from_pemder_data(key.certificate.encode())
    assert named["cert_hash"].native == hashlib.sha256(own.dump()).digest()
    assert named["issuer_serial"]["serial_number"].native == own.serial_number


def test_a_site_without_a_key_issues_unsealed(tenant_a: Any) -> None:
    certificate = make_issued()
    assert (certificate.sealed_by, certificate.seal_profile) == (None, "")
    assert state_of(pdf_bytes(certificate)) == SealState.NONE


def test_no_byte_can_be_altered_added_or_cut_off(key: SigningKey) -> None:
    pdf = pdf_bytes(make_issued())
    assert state_of(pdf) == SealState.WHOLE
    envelope = pdf.index(b"/Contents <")
    places = [*range(0, len(pdf), 1499), *range(envelope, len(pdf), 97), pdf.index(b">", envelope) - 1, len(pdf) - 1]
    altered = [pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :] for at in places]
    states = {state_of(each) for each in [*altered, pdf + b"\n", pdf[:-1], pdf[: len(pdf) // 2]]}
    assert states <= {SealState.BROKEN, SealState.NONE, "unreadable"}


def test_it_is_sealed_also_where_an_event_loop_runs_already(tenant_a: Any) -> None:
    pdf, service = pdf_bytes(make_issued()), pades.PadesSeal()
    pair = service.make_key(make_subject())

    async def inside() -> bytes:
        return service.seal(pdf, pair, reason="试验").pdf

    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(asyncio.run, inside()).result().startswith(pdf)


def test_what_is_no_pdf_at_all_is_unreadable(key: SigningKey) -> None:
    for junk in (b"", b"%PDF-1.7", b"PK\x03\x04", bytes(range(256)) * 40):
        with pytest.raises(Unreadable):
            check_seal(junk)


def test_two_sites_seal_with_their_own_keys_and_do_not_know_each_others(
    key: SigningKey, tenant_a: Any, tenant_b: Any
) -> None:
    ours = pdf_bytes(make_issued())
    with tenant_context(tenant_b):
        their_key = make_key()
        their_certificate = make_issued(holder_name="韦青", holder_masked="韦*")
        theirs = pdf_bytes(their_certificate)
        assert (their_certificate.sealed_by, state_of(theirs), state_of(ours)) == (
            their_key,
            SealState.WHOLE,
            SealState.STRANGER,
        )
        assert list(SigningKey.objects.all()) == [their_key]
    assert (state_of(ours), state_of(theirs)) == (SealState.WHOLE, SealState.STRANGER)
    assert key.fingerprint != their_key.fingerprint


def test_after_rotation_the_new_key_seals_and_the_old_seal_stays_good(key: SigningKey) -> None:
    before = make_issued()
    new = rotate_key(key, days=365, rotated_by="operator")
    after = make_issued(main_content="上门探访")
    before.refresh_from_db()
    assert (before.sealed_by, after.sealed_by) == (key, new)
    assert [state_of(pdf_bytes(each)) for each in (before, after)] == [SealState.WHOLE] * 2


def test_after_revocation_the_seal_is_doubted_and_the_next_certificate_has_none(key: SigningKey) -> None:
    before = make_issued()
    revoke_key(key, reason="私钥可能外泄", revoked_by="operator")
    after = make_issued(main_content="上门探访")
    before.refresh_from_db()
    finding = check_seal(pdf_bytes(before))
    assert (before.state, finding.state, finding.key) == (State.ISSUED, SealState.REVOKED, key)
    assert (finding.key.revoked_reason if finding.key else "", after.sealed_by) == ("私钥可能外泄", None)


def test_a_key_revoked_while_the_sheet_is_made_seals_nothing(
    key: SigningKey, private_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pades.PadesSeal.seal

    def revoke_then_seal(*args: Any, **options: Any) -> Any:
        revoke_key(key, reason="外泄", revoked_by="operator")
        return real(*args, **options)

    monkeypatch.setattr(pades.PadesSeal, "seal", revoke_then_seal)
    requested = make_requested()
    with pytest.raises(SealFailed):
        issue_certificate(requested.pk)
    assert list(private_folder.rglob("*.pdf")) == []


def test_a_rolled_back_issue_leaves_nothing_and_the_next_attempt_issues_once(
    key: SigningKey, private_folder: Path
) -> None:
    def power_cut(**_: Any) -> None:
        raise OSError("power cut")

    requested = make_requested()
    certificate_issued.connect(power_cut)
    try:
        with pytest.raises(OSError, match="power cut"):
            issue_certificate(requested.pk)
    finally:
        certificate_issued.disconnect(power_cut)
    requested.refresh_from_db()
    assert (requested.state, requested.sealed_by, requested.pdf_name) == (State.REQUESTED, None, "")
    assert list(private_folder.rglob("*.pdf")) == []
    assert issue_certificate(requested.pk).sealed_by == key
    assert len(list(private_folder.rglob("*.pdf"))) == 1


@pytest.mark.parametrize("service", ["ForgetsToSeal", "SealsWithAnotherKey", "ChangesTheFile", "IsDown"])
def test_a_service_that_does_not_do_what_it_is_asked_issues_nothing(
    tenant_a: Any, private_folder: Path, settings: Any, service: str
) -> None:
    settings.SEAL_PROVIDER = f"{HERE}.{service}"
    make_key()
    requested = make_requested()
    with pytest.raises((SealFailed, ConnectionError)):
        issue_certificate(requested.pk)
    requested.refresh_from_db()
    assert (requested.state, requested.attempts, requested.sealed_by) == (State.REQUESTED, 1, None)
    assert list(private_folder.rglob("*.pdf")) == []


def test_a_key_is_used_by_the_service_that_made_it(key: SigningKey, settings: Any) -> None:
    settings.SEAL_PROVIDER = f"{HERE}.IsDown"
    assert make_issued().sealed_by == key


def test_a_key_whose_time_is_over_seals_nothing_and_the_log_says_so(key: SigningKey) -> None:
    SigningKey.objects.update(valid_until=timezone.now() - timedelta(seconds=1))
    certificate = make_issued()
    assert (certificate.sealed_by, certificate.seal_profile) == (None, "")
    assert LogEntry.objects.get(action=Action.ISSUED).detail["key_ended"] is True
    new = rotate_key(key, days=365, rotated_by="operator")
    assert make_issued(holder_key="volunteer:2").sealed_by == new
    assert [entry.detail.get("key_ended") for entry in LogEntry.objects.order_by("sequence")] == [True, None]


def test_where_a_seal_is_required_certificates_wait_and_the_next_key_begins_again(
    key: SigningKey, settings: Any
) -> None:
    settings.SEAL_REQUIRED = True
    SigningKey.objects.update(valid_until=timezone.now() - timedelta(seconds=1))
    requested = make_requested()
    run_queued(also_later=True)
    requested.refresh_from_db()
    assert (requested.progress, requested.failure, requested.sealed_by) == (Progress.FAILED, "SealFailed", None)

    new = rotate_key(key, days=365, rotated_by="operator")
    run_queued()
    requested.refresh_from_db()
    assert (requested.progress, requested.sealed_by) == (Progress.DONE, new)


def test_the_private_key_is_ciphertext_at_rest_and_outlives_a_change_of_field_keys(
    tenant_a: Any, settings: Any
) -> None:
    settings.FIELD_KEYS = ["the-old-key-of-this-test"]
    key = make_key()
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM certificates_signingkey")
        (before,) = cursor.fetchone()
    assert "PRIVATE KEY" not in before

    settings.FIELD_KEYS = ["the-new-key-of-this-test", "the-old-key-of-this-test"]
    call_command("rotate_field_keys", stdout=StringIO())
    settings.FIELD_KEYS = ["the-new-key-of-this-test"]
    assert make_issued().sealed_by == key


def test_the_room_for_the_envelope_is_enough_however_long_the_signature_is(tenant_a: Any) -> None:
    service = pades.PadesSeal()
    pair, pdf = service.make_key(make_subject(name=LONG)), pdf_bytes(make_issued())
    seals = [service.seal(pdf, pair, reason="试验").pdf for _turn in range(40)]
    assert all(seal is not None and seal.whole for seal in map(read_seal, seals))
    # Signatures are of 70 to 72 bytes mostly; the file is always of the same size.
    assert len({len(each) for each in seals}) == 1


def test_a_name_too_long_for_a_certificate_is_cut_beside_its_division(tenant_a: Any) -> None:
    pair = pades.PadesSeal().make_key(make_subject(name=LONG, division="653023"))
    (own,) = load_certs_from_pemder_data(pair.certificate.encode())
    names = own.subject.native
    assert names["organization_name"] == "新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿…"
    assert names["common_name"] == "新疆维吾尔自治区克孜勒苏… 志愿服务证书签章"
    assert names["serial_number"] == "653023"


def test_reading_a_seal_says_who_sealed_and_when(key: SigningKey) -> None:
    seal = read_seal(pdf_bytes(make_issued()))
    assert seal is not None
    assert (seal.fingerprint, seal.holder, seal.stamped_at) == (key.fingerprint, "天津市和平区 志愿服务证书签章", None)
    assert seal.signed_at is not None


def test_a_sealed_certificate_weighs_little_more(key: SigningKey) -> None:
    sealed = make_issued()
    revoke_key(key, reason="试验", revoked_by="operator")
    plain = make_issued(main_content="上门探访")
    assert sealed.pdf_size - plain.pdf_size < 7_000
    assert Certificate.objects.filter(pdf_size__gt=65_000).count() == 0
