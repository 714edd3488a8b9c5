#!/usr/bin/env python3
"""Checks a credential of Yinling without a network: its signature, whose it is, and whether it has ended.

    python verify-credential credential.json --did did.json --status status.json --replaced replaced.json

This one file is enough; it needs Python 3.11 or newer and the package cryptography. `did.json` and `status.json` are
what lies at the two addresses that the credential names: without them the program says which. `replaced.json` lies
below the second and tells of an ended one whether it was revoked or replaced by a correction.
"""

import argparse
import base64
import gzip
import hashlib
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

SUITE = "eddsa-jcs-2022"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LIST_MOST = 2**24
"""Bytes that a status list may unpack to."""


class Unreadable(Exception):
    """No JSON, or not the JSON that is asked for."""


def read_document(data: bytes) -> dict[str, Any]:
    """JSON whose members have one value each and no fractions, which this program would write otherwise than signed."""
    try:
        document = json.loads(data, object_pairs_hook=_once, parse_float=_none, parse_constant=_none)
    except (ValueError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from error
    if not isinstance(document, dict):
        raise Unreadable("no object")
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a member stands there twice")
    return found


def _none(text: str) -> Any:
    raise ValueError(text)


def is_signed_by(document: dict[str, Any], did: dict[str, Any]) -> bool:
    """Whether the proof fits, is by a key that `did` lists and has not revoked, and `did` is the issuer's."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        proof = document["proof"]
        method = next(each for each in did["verificationMethod"] if each["id"] == proof["verificationMethod"])
        right = (
            (proof["type"], proof["cryptosuite"], proof["proofPurpose"])
            == ("DataIntegrityProof", SUITE, "assertionMethod")
            and method["id"] in did["assertionMethod"]
            and "revoked" not in method
            and issuer_of(document) == did["id"] == method["id"].partition("#")[0]
        )
        prefix, key = base58(method["publicKeyMultibase"])[:2], base58(method["publicKeyMultibase"])[2:]
        options = {name: value for name, value in proof.items() if name != "proofValue"}
        plain = {name: value for name, value in document.items() if name != "proof"}
        said = _digest({**options, "@context": document["@context"]}) + _digest(plain)
        Ed25519PublicKey.from_public_bytes(key).verify(base58(proof["proofValue"]), said)
    except (LookupError, TypeError, ValueError, AttributeError, StopIteration, InvalidSignature):
        return False
    return right and prefix == b"\xed\x01"


def issuer_of(document: dict[str, Any]) -> str:
    """The DID of whoever says so."""
    issuer = document["issuer"]
    return str(issuer["id"] if isinstance(issuer, dict) else issuer)


def has_ended(document: dict[str, Any], listed: dict[str, Any]) -> bool:
    """What the status list says of the credential; `Unreadable` where it is not the list that the credential names."""
    entry = document["credentialStatus"]
    return _is_set(entry, listed, (entry["statusListCredential"], entry["statusPurpose"]))


def is_replaced(document: dict[str, Any], listed: dict[str, Any]) -> bool:
    """What the list beside it says: ended by a correction. `Unreadable` where it is another list."""
    return _is_set(document["credentialStatus"], listed, (replaced_address(document), "message"))


def _is_set(entry: dict[str, Any], listed: dict[str, Any], meant: tuple[str, str]) -> bool:
    try:
        subject = listed["credentialSubject"]
        if meant != (listed["id"], subject["statusPurpose"]):
            raise Unreadable("another list")
        packed = subject["encodedList"][1:]
        with gzip.GzipFile(fileobj=io.BytesIO(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))) as file:
            bits = file.read(LIST_MOST)
        at = int(entry["statusListIndex"])
        return bool(bits[at // 8] & 0x80 >> at % 8)
    except (LookupError, TypeError, ValueError, OSError, EOFError) as error:
        raise Unreadable(type(error).__name__) from error


def replaced_address(document: dict[str, Any]) -> str:
    """Where the list of replaced ones lies; credentials of before there was one do not name it."""
    return f"{document['credentialStatus']['statusListCredential']}replaced/"


def did_address(document: dict[str, Any]) -> str:
    """Where the issuer's did.json lies."""
    host, *folder = issuer_of(document).removeprefix("did:web:").split(":")
    return f"https://{unquote(host)}/{'/'.join(folder or ['.well-known'])}/did.json"


def _digest(value: Any) -> bytes:
    # RFC 8785 for what read_document lets through, as long as names are in ASCII: ours are, and others' proof fails.
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def base58(text: str) -> bytes:
    """What multibase `z…` stands for; each 1 at the beginning is a byte of nought."""
    digits, number = text.removeprefix("z"), 0
    for digit in digits:
        number = number * 58 + BASE58.index(digit)
    noughts = len(digits) - len(digits.lstrip("1"))
    return bytes(noughts) + number.to_bytes((number.bit_length() + 7) // 8)


WORDS = {
    "number": ("编号", "Number"),
    "holder": ("持有人", "Holder"),
    "issuer": ("签发方", "Issuer"),
    "signed": ("签名完好，密钥在签发方公布的名单里", "The signature is whole, by a key that the issuer publishes"),
    "not_signed": (
        "签名不对：内容被改过，或不是那里签的，或密钥已撤销",
        "Not signed by the issuer: altered, or another's",
    ),
    "ask_did": ("没有给出 --did，请从这里取", "No --did was given, fetch it from"),
    "ask_status": ("没有给出 --status，请从这里取", "No --status was given, fetch it from"),
    "list_not_signed": ("状态列表不是签发方签的", "The status list is not signed by the issuer"),
    "ask_replaced": (
        "是撤销还是更正，没有给出 --replaced，请从这里取",
        "Which of the two: no --replaced was given, fetch it from",
    ),
    "ended": ("已被撤销或更正，不要采信", "Revoked or replaced: do not rely on it"),
    "revoked": ("已被撤销，不要采信", "Revoked: do not rely on it"),
    "replaced": ("已更正，由新的凭证代替，请索取新的", "Replaced by a corrected one: ask for that"),
    "counts": ("按状态列表，仍有效", "Still counts, says the status list of"),
    "unreadable": ("读不出", "Cannot be read"),
    "good": ("结论：凭证没有改过，是签发方签的，仍有效", "Verdict: unaltered, signed by its issuer, and still counts"),
    "part": ("结论：只核验了一部分，还差上面说的文件", "Verdict: checked in part, the files named above are missing"),
    "bad": ("结论：不要采信", "Verdict: do not rely on it"),
    "unknown": ("结论：核验不了", "Verdict: cannot be checked"),
}
INFORMS = {"number", "holder", "issuer", "ask_did", "ask_status", "ask_replaced"}
"""Findings that compare nothing: they are told, and neither right nor wrong."""


def examine(
    document: dict[str, Any],
    *,
    did: dict[str, Any] | None,
    status: dict[str, Any] | None,
    replaced: dict[str, Any] | None = None,
) -> Iterator[tuple[str, str, bool]]:
    """(name of the finding in WORDS, detail, whether it is in order) for each thing that was looked at."""
    yield from _about_content(document)
    if did is None:
        yield "ask_did", did_address(document), True
    else:
        right = is_signed_by(document, did)
        yield "signed" if right else "not_signed", "", right
    if status is None:
        yield "ask_status", str(document["credentialStatus"]["statusListCredential"]), True
        return
    if not all(did is None or _is_from(listed, did, document) for listed in (status, replaced) if listed):
        yield "list_not_signed", "", False
    elif not has_ended(document, status):
        yield "counts", str(status["validFrom"]), True
    elif replaced is None:
        yield "ended", str(status["validFrom"]), False
        yield "ask_replaced", replaced_address(document), True
    else:
        yield "replaced" if is_replaced(document, replaced) else "revoked", str(status["validFrom"]), False


def _is_from(listed: dict[str, Any], did: dict[str, Any], document: dict[str, Any]) -> bool:
    return is_signed_by(listed, did) and issuer_of(listed) == issuer_of(document)


def _about_content(document: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    try:
        subject = document["credentialSubject"]
        yield "number", str(subject["achievement"]["humanCode"]), True
        yield "holder", "、".join(str(each["identityHash"]) for each in subject["identifier"]), True
        yield "issuer", f"{document['issuer']['name']} {issuer_of(document)}", True
    except (LookupError, TypeError) as error:
        raise Unreadable(type(error).__name__) from error


def main(arguments: list[str] | None = None) -> int:
    """0 when everything is in order, 1 when something is not, 2 when a file cannot be read."""
    parser = argparse.ArgumentParser(description="Checks a credential of Yinling offline. 不联网核验电子凭证。")
    parser.add_argument("credential", type=Path)
    parser.add_argument("--did", type=Path, help="did.json of the issuer")
    parser.add_argument("--status", type=Path, help="the status list")
    parser.add_argument("--replaced", type=Path, help="the list of replaced ones, below it")
    parser.add_argument("--english", action="store_true", help="answer in English")
    given = parser.parse_args(arguments)
    language, right = (1 if given.english else 0), True
    try:
        document, did, status, replaced = (
            read_document(path.read_bytes()) if path else None
            for path in (given.credential, given.did, given.status, given.replaced)
        )
        assert document is not None
        for name, detail, fine in examine(document, did=did, status=status, replaced=replaced):
            right = right and fine
            print("✗" if not fine else "·" if name in INFORMS else "✓", WORDS[name][language], detail)
    except OSError as error:
        parser.error(str(error))
    except (Unreadable, LookupError, TypeError) as error:
        print("✗", WORDS["unreadable"][language], error)
        print(WORDS["unknown"][language])
        return 2
    print(WORDS["bad" if not right else "good" if did and status else "part"][language])
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
