#!/usr/bin/env python3
"""Checks a certificate of Yinling without a network: its seal, and that its data say what is printed.

    python verify-certificate certificate.pdf --keys keys.json

This one file is enough; it needs Python 3.11 or newer, pyHanko and pikepdf. The site itself reads seals with it.
`keys.json` comes from the address of the keys that docs/verify.md names; a PEM file will do as well.
"""

import argparse
import csv
import hashlib
import io
import json
import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

ATTACHMENT = "certificate.json"
TABLE = "certificate.csv"
HEADINGS = (
    *("证书编号", "种类", "姓名或名称", "志愿者编号", "服务期间起", "服务期间止", "出具单位", "出具日期"),
    *("序号", "日期", "活动名称", "服务内容", "地点", "分钟", "小时", "怎么记的"),
)
PARTS = {"project": "项目", "organiser": "组织的活动"}
PROOF = {"scan_both_ends": "扫码", "leader_roll": "点名", "late_entry": "补录"}


class Unreadable(Exception):
    """No PDF, an encrypted or a damaged one."""


# The seal -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seal:
    """The first signature of a PDF.

    `whole`: it fits, and covers the file to the last byte. `fingerprint`: SHA-256 of the signer's certificate, in
    hex. `signed_at` is what the signer says, `stamped_at` what a time-stamp authority says beside it.
    """

    whole: bool
    fingerprint: str
    holder: str
    signed_at: datetime | None
    stamped_at: datetime | None


def read_seal(pdf: bytes) -> Seal | None:
    """The seal of a PDF from anywhere, or None where there is none; `Unreadable` for what is no PDF.

    Says whether the file is as it was sealed, and by which key; whose key that is, the caller must know.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        signatures = reader.embedded_regular_signatures
    except Exception as error:  # whatever a hostile file can raise in a parser
        raise Unreadable(type(error).__name__) from error
    if not signatures:
        return None
    try:
        return _seal(pdf, signatures[0])
    except Exception:  # the same
        return Seal(whole=False, fingerprint="", holder="", signed_at=None, stamped_at=None)


def _seal(pdf: bytes, signature: Any) -> Seal:
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    # No chain is followed: trust is decided by the fingerprint, for no authority stands behind these keys.
    signature.compute_integrity_info(skip_diff=True)
    fits = validate_sig_integrity(
        signature.signer_info, signature.signer_cert, "data", actual_digest=signature.compute_digest()
    )
    covers = signature.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return Seal(
        whole=all(fits) and covers and _canonical(pdf, signature),
        fingerprint=hashlib.sha256(signature.signer_cert.dump()).hexdigest(),
        holder=str(signature.signer_cert.subject.native.get("common_name", "")),
        signed_at=signature.self_reported_timestamp,
        stamped_at=_stamped_at(signature),
    )


def _stamped_at(signature: Any) -> datetime | None:
    """When the authority saw the signature; None without a token, or where the token is of another signature."""
    from pyhanko.sign.general import extract_signer_info
    from pyhanko.sign.validation.generic_cms import (
        extract_certs_for_validation,
        extract_tst_data_iter,
        validate_sig_integrity,
    )

    if (token := next(extract_tst_data_iter(signature.signer_info, signed=False), None)) is None:
        return None
    content = token["encap_content_info"]["content"]
    imprint = content.parsed["message_imprint"]
    seen = hashlib.new(imprint["hash_algorithm"]["algorithm"].native, signature.signer_info["signature"].native)
    signer = extract_signer_info(token)
    digest = hashlib.new(signer["digest_algorithm"]["algorithm"].native, bytes(content)).digest()
    authority = extract_certs_for_validation(token).signer_cert
    fits = validate_sig_integrity(signer, authority, "tst_info", actual_digest=digest)
    stamped: datetime = content.parsed["gen_time"].native
    return stamped if all(fits) and seen.digest() == imprint["hashed_message"].native else None


def _canonical(pdf: bytes, signature: Any) -> bool:
    """Whether the one part that no signature can cover, its own envelope, stands there in the one way it is written."""
    from asn1crypto import cms

    data = signature.signed_data
    plain = {
        "version": "v1",
        "digest_algorithms": [signature.signer_info["digest_algorithm"]],
        "encap_content_info": {"content_type": "data"},
        "certificates": data["certificates"],
        "signer_infos": [{**_parts(signature.signer_info), "version": "v1"}],
    }
    envelope = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(plain)}).dump()
    first, length, second, _ = (int(number) for number in signature.byte_range)
    written = pdf[first + length : second]
    return any(written == form for form in _padded(envelope, len(written)))


def _parts(signer_info: Any) -> dict[str, Any]:
    from asn1crypto import core

    return {name: signer_info[name] for name in signer_info if signer_info[name] is not core.VOID}


def _padded(envelope: bytes, size: int) -> Iterator[bytes]:
    for digits in (envelope.hex(), envelope.hex().upper()):
        yield b"<" + digits.ljust(size - 2, "0").encode() + b">"


# The data and the print -------------------------------------------------------------------------------


def read_data(pdf: bytes) -> dict[str, Any] | None:
    """The data attached to the PDF, or None where it carries none."""
    import pikepdf

    with _opened(pdf) as document:
        if ATTACHMENT not in document.attachments:
            return None
        try:
            data = json.loads(document.attachments[ATTACHMENT].get_file().read_bytes())
        except (ValueError, pikepdf.PdfError):
            return {}
        return data if isinstance(data, dict) else {}


def read_table(pdf: bytes) -> bytes | None:
    """The table attached to the PDF, or None where it carries none, as until there were tables."""
    with _opened(pdf) as document:
        attached = document.attachments.get(TABLE)
        return None if attached is None else bytes(attached.get_file().read_bytes())


def table_of(data: dict[str, Any]) -> bytes:
    """The same data as a table, a row for each service, or the one of an honour: UTF-8 with BOM, no cell a formula."""
    facts = data["facts"]
    honour = facts["honour"]
    whole = [data["number"], (honour or {}).get("heading", "志愿服务记录证明"), facts["holder_name"]]
    whole += [facts["volunteer_number"], facts["period_start"], facts["period_end"]]
    whole += [facts["bodies"][0]["name"], data["issued_on"]]
    rows = [
        [number, row["day"], row["project"], row["content"], row["place"], row["minutes"], _hours([row]), row["grade"]]
        for number, row in enumerate(facts["rows"], start=1)
    ]
    if honour:
        rows = [
            ["", "", facts["programme"]["title"], facts["main_content"], "", honour["minutes"], _hours([honour]), ""]
        ]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows([_harmless(str(cell)) for cell in (*whole, *row)] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell


def read_print(pdf: bytes) -> str:
    """Everything that is printed, in the order of the sheet, without spaces and line breaks."""

    with _opened(pdf) as document:
        try:
            text = "".join(part for page in document.pages for part in _texts(page, page.get("/Resources"), depth=0))
        except Exception as error:  # the same
            raise Unreadable(type(error).__name__) from error
    return "".join(text.split())


def _opened(pdf: bytes) -> Any:
    import pikepdf

    try:
        return pikepdf.open(io.BytesIO(pdf))
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError) as error:
        raise Unreadable(type(error).__name__) from error


def _texts(content: Any, resources: Any, *, depth: int) -> Iterator[str]:
    import pikepdf

    characters: dict[int, str] = {}
    for step in pikepdf.parse_content_stream(content):
        operands = step.operands
        match str(step.operator):
            case "Tf":
                characters = _characters(resources.Font[operands[0]])
            case "Tj" | "TJ":
                yield "".join(_decoded(part, characters) for part in _strings(operands[0]))
            case "Do" if depth < 4:
                drawn = resources.XObject[operands[0]]
                if drawn.get("/Subtype") == "/Form":
                    yield from _texts(drawn, drawn.get("/Resources", resources), depth=depth + 1)


def _strings(operand: Any) -> list[bytes]:
    import pikepdf

    if isinstance(operand, pikepdf.String):
        return [bytes(operand)]
    return [bytes(part) for part in operand if isinstance(part, pikepdf.String)]


def _decoded(text: bytes, characters: dict[int, str]) -> str:
    codes = (int.from_bytes(text[at : at + 2]) for at in range(0, len(text), 2))
    return "".join(characters.get(code, "\ufffd") for code in codes)


def _characters(font: Any) -> dict[int, str]:
    """Glyph numbers and the characters they stand for, of a font with two bytes a glyph."""
    table: dict[int, str] = {}
    if "/ToUnicode" not in font:
        return table
    text = font.ToUnicode.read_bytes().decode("ascii")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, char in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            table[int(code, 16)] = bytes.fromhex(char).decode("utf-16-be")
    return table


def differences(data: dict[str, Any], printed: str) -> list[str]:
    """What the data say and the sheet does not, then days that the sheet lists and the data do not; empty when equal.

    Every service must stand there as one row, from its number to how it was proven, in the order of the data.
    """
    try:
        said, rows = list(_said(data)), list(_rows(data))
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        return [type(error).__name__]
    missing = [text for text in said if _plain(text) not in printed]
    at = 0
    for text in rows:
        found = printed.find(_plain(text), at)
        missing += [text] if found < 0 else []
        at = max(at, found + len(_plain(text)))
    listed = re.findall(r"\d{4}\.\d{2}\.\d{2}", printed)
    return missing + listed[max(0, len(rows) - 1) :]


def _said(data: dict[str, Any]) -> Iterator[str]:
    facts = data["facts"]
    yield from (data["number"], facts["holder_name"], facts["programme"]["title"])
    yield from (body[part] for body in facts["bodies"] for part in ("name", "in_charge"))
    yield from _designed(facts.get("design"), record=not facts["honour"])
    if honour := facts["honour"]:
        yield from (honour["heading"], honour["text"])
        if honour["level"]:
            yield f"{'一二三四五'[honour['level'] - 1]}星级志愿者"
        return
    yield from (facts["id_masked"], facts["volunteer_number"], facts["main_content"])
    yield from (_long(facts["period_start"]), _long(facts["period_end"]), _long(data["issued_on"]))
    yield from (body[part] for body in facts["bodies"] for part in ("handler", "phone"))
    yield f"{_hours(facts['rows'])}小时{len(facts['rows'])}次"
    if part := facts.get("part"):
        yield f"“{part['name']}”{PARTS[part['kind']]}"
        yield part["number"]


def _designed(design: dict[str, Any] | None, *, record: bool) -> Iterator[str]:
    """What the site's own design puts on the sheet; an honour's words stand filled in elsewhere."""
    if design is None:
        return
    yield from (one["title"] + one["name"] for one in design["signatories"])
    if record:
        yield from (design["heading"], *re.split(r"\{[a-z]+\}", design["text"]))


def _rows(data: dict[str, Any]) -> Iterator[str]:
    """Each service as the sheet lists it, then the line of the sum; nothing for an honorary certificate."""
    rows = data["facts"]["rows"]
    if data["facts"]["honour"]:
        return
    for number, row in enumerate(rows, start=1):
        day = row["day"].replace("-", ".")
        yield "".join(
            (str(number), day, row["project"], row["content"], row["place"], _hours([row]), PROOF[row["grade"]])
        )
    yield f"合计{len(rows)}次{_hours(rows)}"


def _plain(text: str) -> str:
    return "".join(str(text).split())


def _long(day: str) -> str:
    parsed = date.fromisoformat(day)
    return f"{parsed.year}年{parsed.month}月{parsed.day}日"


def _hours(rows: list[dict[str, Any]]) -> str:
    return f"{sum(row['minutes'] for row in rows) / 60:,.2f}".rstrip("0").rstrip(".")


# The command ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the published list; `revoked` is empty, or since when and why."""

    fingerprint: str
    owner: str
    revoked: str = ""


def read_keys(text: str) -> list[Key]:
    """The keys of a `keys.json` or of one or more PEM certificates; ValueError when it is neither."""
    if "-----BEGIN CERTIFICATE-----" in text and not text.lstrip().startswith("{"):
        from asn1crypto import pem

        found = pem.unarmor(text.encode(), multiple=True)
        return [Key(hashlib.sha256(der).hexdigest(), "") for _, _, der in found]
    listed = json.loads(text)
    return [
        Key(
            key["fingerprint"],
            listed["owner"],
            f"{key['revoked_at']} {key['revoked_reason']}" * bool(key["revoked_at"]),
        )
        for key in listed["keys"]
    ]


WORDS = {
    "file": ("文件SHA-256", "SHA-256 of the file"),
    "hash_ok": ("与给出的一致", "is the given one"),
    "hash_bad": ("与给出的不一致：不是同一个文件", "is not the given one: another file"),
    "no_seal": ("没有电子签章", "The file carries no seal"),
    "altered": ("签章不完好：文件在签章之后改动过", "The seal is broken: the file was changed after it was sealed"),
    "whole": ("签章完好：文件从签章起一个字节也没有变", "The seal is whole: not a byte has changed since"),
    "key": ("签章密钥", "Key of the seal"),
    "time": ("签章时间（签章方所述）", "Sealed at, says the sealer"),
    "stamp": ("时间戳", "Time stamp"),
    "compare": (
        "没有给出密钥（--keys）：请把上面的指纹与站点公布的比对，一致才是那里签的",
        "No keys were given (--keys): compare the fingerprint above with those the site publishes",
    ),
    "known": ("密钥在公布的名单里", "The key is in the published list"),
    "stranger": ("密钥不在公布的名单里：不是那里签的", "The key is not in the published list: sealed by somebody else"),
    "revoked": ("密钥已被撤销，请以联网核验为准", "The key was revoked; only the check on the site can tell"),
    "no_data": ("没有附带数据", "The file carries no data"),
    "same": ("附带的数据与印出来的一致", "The data say what is printed"),
    "differs": ("附带的数据与印出来的不一致", "The data and the print differ"),
    "table_same": ("附带的表格与附带的数据一致", "The table attached says the same as the data"),
    "table_differs": ("附带的表格与附带的数据不一致", "The table and the data differ"),
    "number": ("编号", "Number"),
    "online": (
        "是否被更正或撤销，只有联网核验才知道",
        "Whether it was corrected or revoked since, only the check on the site can tell",
    ),
    "unreadable": ("读不出这个文件", "The file cannot be read"),
    "good": (
        "结论：文件没有改过，是公布的密钥签的",
        "Verdict: the file is unaltered, and sealed by a published key",
    ),
    "whose": (
        "结论：文件没有改过；是不是站点签的，还要比对指纹",
        "Verdict: the file is unaltered; whether the site sealed it, the fingerprint must tell",
    ),
    "bad": (
        "结论：不要采信（见上面的✗），请联网核验",
        "Verdict: do not rely on this file (see ✗ above), check it on the site",
    ),
    "unknown": (
        "结论：核验不了，请重新下载，或联网核验",
        "Verdict: cannot be checked; download it again, or ask the site",
    ),
}
INFORMS = {"file", "key", "time", "stamp", "compare", "number", "online"}
"""Findings that compare nothing: they are told, and neither right nor wrong."""


def examine(pdf: bytes, *, keys: list[Key] | None = None, sha256: str = "") -> Iterator[tuple[str, str, bool]]:
    """(name of the finding in WORDS, detail, whether it is in order) for each thing that was looked at."""
    found = hashlib.sha256(pdf).hexdigest()
    yield "file", found, True
    if sha256:
        same = found == sha256.strip().lower()
        yield "hash_ok" if same else "hash_bad", "", same
    yield from _about_seal(read_seal(pdf), keys)
    yield from _about_data(pdf)
    yield "online", "", True


def _about_seal(seal: Seal | None, keys: list[Key] | None) -> Iterator[tuple[str, str, bool]]:
    if seal is None:
        yield "no_seal", "", False
        return
    yield "whole" if seal.whole else "altered", "", seal.whole
    yield "key", f"{seal.holder} {seal.fingerprint}", True
    if seal.stamped_at:
        yield "stamp", seal.stamped_at.isoformat(), True
    elif seal.signed_at:
        yield "time", seal.signed_at.isoformat(), True
    if keys is None:
        yield "compare", "", True
        return
    key = next((key for key in keys if key.fingerprint == seal.fingerprint), None)
    if key is None:
        yield "stranger", "", False
    elif key.revoked:
        yield "revoked", key.revoked, False
    else:
        yield "known", key.owner, True


def _about_data(pdf: bytes) -> Iterator[tuple[str, str, bool]]:
    data = read_data(pdf)
    if data is None:
        yield "no_data", "", False
        return
    differing = differences(data, read_print(pdf))
    yield "number", str(data.get("number", "")), True
    yield "differs" if differing else "same", "、".join(differing), not differing
    table = read_table(pdf)
    if table is not None:
        same = _is_table(table, data)
        yield "table_same" if same else "table_differs", "", same


def _is_table(table: bytes, data: dict[str, Any]) -> bool:
    try:
        return table == table_of(data)
    except (LookupError, TypeError, ValueError, AttributeError):
        return False


def main(arguments: list[str] | None = None) -> int:
    """0 when everything is in order, 1 when something is not, 2 when the file cannot be read."""
    parser = argparse.ArgumentParser(description="Checks a certificate of Yinling offline. 不联网核验证书文件。")
    parser.add_argument("pdf", type=Path)
    parser.add_argument("--keys", type=Path, help="keys.json, or PEM certificates")
    parser.add_argument("--sha256", default="", help="what the file's SHA-256 shall be")
    parser.add_argument("--english", action="store_true", help="answer in English")
    given = parser.parse_args(arguments)
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    language = 1 if given.english else 0
    try:
        pdf = given.pdf.read_bytes()
        keys = read_keys(given.keys.read_text("utf-8")) if given.keys else None
    except OSError as error:
        parser.error(str(error))
    except (ValueError, KeyError, TypeError) as error:
        parser.error(f"--keys: {type(error).__name__}")
    right = True
    try:
        for name, detail, fine in examine(pdf, keys=keys, sha256=given.sha256):
            right = right and fine
            print(_sign(name, fine), WORDS[name][language], detail)
    except Unreadable as error:
        print("✗", WORDS["unreadable"][language], error)
        print(WORDS["unknown"][language])
        return 2
    verdict = "bad" if not right else "good" if keys else "whose"
    print(WORDS[verdict][language])
    return 0 if right else 1


def _sign(name: str, fine: bool) -> str:
    if not fine:
        return "✗"
    return "·" if name in INFORMS else "✓"


if __name__ == "__main__":
    sys.exit(main())
