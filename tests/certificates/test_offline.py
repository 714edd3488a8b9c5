"""The verifier tells from the PDF alone whether the seal is whole, whose it is, and whether data and print agree."""

import copy
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from certificates import offline
from certificates.domain import revoke_key, rotate_key
from certificates.download import pdf_bytes
from certificates.rendering import press
from certificates.sealing import KeyPair
from certificates.sealing.pades import PadesSeal
from tests.certificates.rendering.test_press import IMPRINT
from tests.factories.certificates import every_sheet, make_issued, make_key, make_subject
from tests.factories.designs import every_designed_sheet

ROOT = Path(__file__).resolve().parents[2]
RECORD = "record-four-rows"
Answer = tuple[int, str]


@pytest.fixture(scope="module")
def pair() -> KeyPair:
    return PadesSeal().make_key(make_subject())


@pytest.fixture(scope="module")
def sealed(pair: KeyPair) -> dict[str, bytes]:
    """Every kind of sheet, sealed."""
    service = PadesSeal()
    return {
        name: service.seal(press.print_certificate(facts, IMPRINT), pair, reason="试验").pdf
        for name, facts in every_sheet().items()
    }


@pytest.fixture
def verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """Runs the command on bytes; returns its exit code and what it said."""

    def run(pdf: bytes, *options: str, keys: str = "") -> Answer:
        (tmp_path / "certificate.pdf").write_bytes(pdf)
        (tmp_path / "keys").write_text(keys, "utf-8")
        given = ["--keys", str(tmp_path / "keys")] if keys else []
        code = offline.main([str(tmp_path / "certificate.pdf"), *given, *options])
        return code, capsys.readouterr().out

    return run


def with_data(pdf: bytes, data: bytes | None) -> bytes:
    """The same print with other data attached, or with none."""
    with pikepdf.open(io.BytesIO(pdf)) as document, io.BytesIO() as file:
        del document.attachments[offline.ATTACHMENT]
        if data is not None:
            document.attachments[offline.ATTACHMENT] = data
        document.save(file)
        return file.getvalue()


def test_every_kind_of_sheet_is_in_order(
    sealed: dict[str, bytes], pair: KeyPair, verify: Callable[..., Answer]
) -> None:
    for name, pdf in sealed.items():
        code, said = verify(pdf, keys=pair.certificate)
        assert said.endswith("结论：文件没有改过，是公布的密钥签的\n"), name
        assert (code, "✗" in said, "附带的数据与印出来的一致" in said, "名单里" in said) == (0, False, True, True), name


def _other_minutes(facts: dict[str, Any]) -> None:
    facts["rows"][0]["minutes"] += 30


def _swapped_minutes(facts: dict[str, Any]) -> None:
    facts["rows"][0]["minutes"], facts["rows"][1]["minutes"] = 30, 150


def _another_row(facts: dict[str, Any]) -> None:
    facts["rows"].append(facts["rows"][0])


def _a_row_less(facts: dict[str, Any]) -> None:
    facts["rows"].pop()


def _other_name(facts: dict[str, Any]) -> None:
    facts["holder_name"] = "欧阳娜"[::-1]


def _better_proof(facts: dict[str, Any]) -> None:
    facts["rows"][1]["grade"] = "scan_both_ends"


@pytest.mark.parametrize(
    "change", [_other_minutes, _swapped_minutes, _another_row, _a_row_less, _other_name, _better_proof]
)
def test_data_that_say_something_else_than_the_print_are_noticed(
    sealed: dict[str, bytes], verify: Callable[..., Answer], change: Callable[[dict[str, Any]], None]
) -> None:
    data = offline.read_data(sealed[RECORD])
    assert data is not None
    changed = copy.deepcopy(data)
    change(changed["facts"])
    code, said = verify(with_data(sealed[RECORD], json.dumps(changed).encode()))
    assert (code, "附带的数据与印出来的不一致" in said) == (1, True)


def _other_signatory(design: dict[str, Any]) -> None:
    design["signatories"][0]["name"] = "王建民"


def _one_more_signatory(design: dict[str, Any]) -> None:
    design["signatories"].append({"name": "赵堃", "title": "主任"})


def _other_words(design: dict[str, Any]) -> None:
    design["text"] = design["text"].replace("兹证明", "特此证明")


def _other_heading(design: dict[str, Any]) -> None:
    design["heading"] = "表彰决定"


def test_what_the_sites_own_design_put_there_is_compared_too(private_folder: Path) -> None:
    for name, facts in every_designed_sheet().items():
        pdf = press.print_certificate(facts, IMPRINT)
        data, printed = offline.read_data(pdf), offline.read_print(pdf)
        assert data is not None
        assert offline.differences(data, printed) == [], name
        changes = [_other_signatory, _one_more_signatory]
        for change in [*changes, _other_words, _other_heading] if facts.honour is None else changes:
            changed = copy.deepcopy(data)
            change(changed["facts"]["design"])
            assert len(offline.differences(changed, printed)) == 1, (name, change)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"facts": {"rows": 3}}', b"\xff\xfe", None])
def test_data_that_cannot_be_read_are_a_fault(
    sealed: dict[str, bytes], verify: Callable[..., Answer], data: bytes | None
) -> None:
    code, said = verify(with_data(sealed[RECORD], data))
    assert (code, "不一致" in said or "没有附带数据" in said) == (1, True)


def test_an_altered_byte_an_addition_and_a_missing_seal_are_faults(
    sealed: dict[str, bytes], pair: KeyPair, verify: Callable[..., Answer]
) -> None:
    pdf = sealed[RECORD]
    at = pdf.index(b"/Contents <") + 400
    code, said = verify(pdf[:at] + (b"1" if pdf[at : at + 1] != b"1" else b"2") + pdf[at + 1 :])
    assert (code, "签章不完好" in said) == (1, True)
    code, said = verify(pdf + b"\n%", keys=pair.certificate)
    signs = [line[0] for line in said.splitlines()]
    assert (signs, said.splitlines()[-1]) == (
        ["·", "✗", "·", "·", "✓", "·", "✓", "✓", "·", "结"], "结论：不要采信（见上面的✗），请联网核验"
    )  # fmt: skip
    assert (code, "签章不完好" in said) == (1, True)
    code, said = verify(press.print_certificate(every_sheet()[RECORD], IMPRINT))
    assert (code, "没有电子签章" in said) == (1, True)


def test_the_published_list_tells_whose_key_it_is(
    tenant_a: Any, client_for: Callable[..., Any], sealed: dict[str, bytes], verify: Callable[..., Answer]
) -> None:
    key = make_key()
    pdf = pdf_bytes(make_issued())
    client = client_for(tenant_a)

    def published() -> str:
        return str(client.get("/certificates/keys/120101/keys.json").content.decode())

    code, said = verify(pdf, keys=published())
    assert (code, "密钥在公布的名单里 天津市和平区" in said) == (0, True)
    assert verify(sealed[RECORD], keys=published())[0] == 1
    rotate_key(key, days=365, rotated_by="operator")
    assert verify(pdf, keys=published())[0] == 0
    revoke_key(key, reason="私钥可能外泄", revoked_by="operator")
    code, said = verify(pdf, keys=published())
    assert (code, "密钥已被撤销" in said, "私钥可能外泄" in said) == (1, True, True)


def test_without_keys_the_fingerprint_is_shown_for_comparing(
    sealed: dict[str, bytes], verify: Callable[..., Answer]
) -> None:
    seal = offline.read_seal(sealed[RECORD])
    assert seal is not None
    code, said = verify(sealed[RECORD], "--english")
    assert (code, seal.fingerprint in said, "compare the fingerprint" in said) == (0, True, True)
    assert said.splitlines()[-1].startswith("Verdict: the file is unaltered; whether the site sealed it")


def test_the_digest_of_the_file_is_compared_when_given(sealed: dict[str, bytes], verify: Callable[..., Answer]) -> None:
    import hashlib

    right = hashlib.sha256(sealed[RECORD]).hexdigest()
    assert verify(sealed[RECORD], "--sha256", right.upper())[0] == 0
    assert verify(sealed[RECORD], "--sha256", "0" * 64)[0] == 1


def test_what_is_no_pdf_or_is_locked_cannot_be_read(sealed: dict[str, bytes], verify: Callable[..., Answer]) -> None:
    with pikepdf.open(io.BytesIO(sealed[RECORD])) as document, io.BytesIO() as file:
        document.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
        locked = file.getvalue()
    for bad in (b"", b"%PDF-1.7\n%%EOF", b"PK\x03\x04" * 99, sealed[RECORD][:20_000], locked):
        code, said = verify(bad)
        assert (code, "✗" in said, "结论：" in said.splitlines()[-1]) in ((1, True, True), (2, True, True))
    with pytest.raises(SystemExit):
        verify(sealed[RECORD], keys="neither JSON nor PEM")


def test_the_one_file_is_enough_and_the_site_hands_it_out(
    db: None, platform_client: Any, sealed: dict[str, bytes], tmp_path: Path
) -> None:
    given = b"".join(platform_client.get("/certificates/keys/verify-certificate.py").streaming_content)
    assert given == (ROOT / "bin" / "verify-certificate").read_bytes()
    shutil.copy(ROOT / "bin" / "verify-certificate", tmp_path / "verify.py")
    (tmp_path / "certificate.pdf").write_bytes(sealed[RECORD])
    # Isolated: neither this folder nor PYTHONPATH; its children would fail on any other module of ours.
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", "certificate.pdf"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr, "签章完好" in done.stdout) == (0, "", True)
