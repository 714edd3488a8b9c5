"""The one-file checker of credentials says the same as the site, from three files and without it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openvc.multibase import decode_multibase

from certificates import offline_credential
from certificates.credentials.multibase import base58btc
from certificates.domain import correct_certificate, credential_of, issue_certificate, revoke_key, rotate_key
from certificates.enums import Actor
from certificates.models import Certificate
from tests.certificates.credentials.reading import ask
from tests.factories.certificates import make_credential_key, make_facts, make_issued, make_revoked
from tests.waiting import HANGS


@pytest.fixture
def issued(tenant_a: Any) -> Certificate:
    make_credential_key()
    return make_issued()


@pytest.fixture
def files(issued: Certificate, tmp_path: Path) -> Callable[..., list[str]]:
    """Arguments for the program; a part that is given takes the place of the genuine one."""

    def write(**over: Any) -> list[str]:
        document = json.loads(credential_of(issued, actor=Actor.HOLDER).document)
        host = document["credentialStatus"]["statusListCredential"].partition("/status/")[0]
        parts = {
            "credential": document,
            "did": ask(f"{host}/did.json"),
            "status": ask(f"{host}/status/1/"),
            "replaced": ask(document["credentialStatus"]["statusReference"]),
            **over,
        }
        for name, value in parts.items():
            text = value if isinstance(value, str) else json.dumps(value, indent=1, ensure_ascii=False)
            (tmp_path / f"{name}.json").write_text(text, "utf-8")
        paths = {name: str(tmp_path / f"{name}.json") for name in parts}
        given = [part for name in ("did", "status", "replaced") for part in (f"--{name}", paths[name])]
        return [paths["credential"], *given, "--english"]

    return write


def test_a_genuine_one_is_in_order_by_the_program_alone(files: Callable[..., list[str]]) -> None:
    program = Path(offline_credential.__file__)
    done = subprocess.run(
        [sys.executable, "-I", program, *files()], capture_output=True, text=True, check=False, timeout=HANGS
    )
    lines = done.stdout.splitlines()
    assert (done.returncode, [line[0] for line in lines]) == (0, [*"···✓✓V"])
    assert "The signature is whole" in lines[3]
    assert lines[-1] == "Verdict: unaltered, signed by its issuer, and still counts"


@pytest.mark.parametrize("corrected", [False, True])
def test_an_ended_one_is_not_and_why_is_told_by_the_list_beside(
    files: Callable[..., list[str]], issued: Certificate, capsys: Any, corrected: bool
) -> None:
    files()
    if corrected:
        issue_certificate(correct_certificate(issued, make_facts(main_content="上门探访"), requested_by="1").pk)
    else:
        make_revoked(issued)
    told = "Replaced by a corrected one" if corrected else "Revoked: do not rely on it"
    assert (offline_credential.main(files()), told in capsys.readouterr().out) == (1, True)
    *without, _option, _path, _english = files()
    assert offline_credential.main([*without, "--english"]) == 1
    said = capsys.readouterr().out
    assert ["Revoked or replaced" in said, "/status/1/replaced/" in said] == [True, True]


def test_altered_files_and_strangers_keys_are_noticed(
    files: Callable[..., list[str]], issued: Certificate, capsys: Any
) -> None:
    document = json.loads(credential_of(issued, actor=Actor.HOLDER).document)
    listed = ask(document["credentialStatus"]["statusListCredential"])
    forged: list[dict[str, Any]] = [
        {"credential": {**document, "name": "奖状"}},
        {"did": {**ask(did_url(document)), "id": "did:web:example.org"}},
        {"did": {**ask(did_url(document)), "assertionMethod": []}},
        {"status": {**listed, "validFrom": "2020-01-01T00:00:00Z"}},
        {"status": {**listed, "issuer": "did:web:example.org"}},
        {"replaced": {**ask(document["credentialStatus"]["statusReference"]), "validFrom": "2020-01-01T00:00:00Z"}},
    ]
    assert [offline_credential.main(files(**each)) for each in forged] == [1] * 6
    assert capsys.readouterr().out.count("✗") == 8  # with a wrong did.json the list is nobody's, too
    unreadable: list[dict[str, Any]] = [
        {"credential": "{"},
        {"credential": '{"a": 1, "a": 2}'},
        {"credential": "[" * 100_000},
        {"credential": {}},
        {"did": '{"a": 0.5}'},
    ]
    assert [offline_credential.main(files(**each)) for each in unreadable] == [2] * 5


def did_url(document: dict[str, Any]) -> str:
    url: str = document["credentialStatus"]["statusListCredential"].partition("/status/")[0] + "/did.json"
    return url


def test_a_retired_key_still_counts_and_a_revoked_one_does_not(
    files: Callable[..., list[str]], issued: Certificate
) -> None:
    files()
    key = issued.credential.key
    rotate_key(key, days=365, rotated_by="operator")
    assert offline_credential.main(files()) == 0
    revoke_key(key, reason="私钥可能外泄", revoked_by="operator")
    assert offline_credential.main(files()) == 1


def test_without_the_other_files_it_says_where_they_are(
    files: Callable[..., list[str]], issued: Certificate, capsys: Any
) -> None:
    assert offline_credential.main(files()[:1]) == 0
    said = capsys.readouterr().out
    assert (said.count("✓"), said.splitlines()[-1]) == (0, "结论：只核验了一部分，还差上面说的文件")
    assert "https://heping.tianjin.localhost:8000/certificates/credentials/120101/did.json" in said
    assert "/certificates/credentials/120101/status/1/" in said


@pytest.mark.parametrize("data", [b"\x00\x00\x01", b"\x00", b"", b"\xed\x01" + bytes(32), bytes(range(64))])
def test_what_begins_with_noughts_is_read_as_it_was_written(data: bytes) -> None:
    assert offline_credential.base58(base58btc(data)) == decode_multibase(base58btc(data)) == data


def test_every_site_hands_it_out(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    given = client_for(tenant_a).get("/certificates/keys/verify-credential.py")
    assert b"".join(given.streaming_content) == Path(offline_credential.__file__).read_bytes()
