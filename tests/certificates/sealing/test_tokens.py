"""Seals by a key in a PKCS#11 token, here SoftHSM: made there, used there, destroyed there, and never anywhere else."""

import os
import subprocess
from typing import Any

import pkcs11
import pytest

from certificates.domain import revoke_key, rotate_key
from certificates.download import pdf_bytes
from certificates.models import SigningKey
from certificates.offline import read_seal
from certificates.rendering import press
from certificates.sealing import KeyPair
from certificates.sealing.tokens import TokenSeal
from tests.certificates.rendering.test_press import IMPRINT
from tests.factories.certificates import make_facts, make_issued, make_key, make_subject
from tests.waiting import HANGS

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
PROVIDER = "certificates.sealing.tokens.TokenSeal"
PIN = "135790"
pytestmark = pytest.mark.xdist_group("token")  # a process talks to one token all its life


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The label of a fresh token."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "objects").mkdir()
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder / 'objects'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(conf)
    subprocess.run(
        ["/usr/bin/softhsm2-util", "--init-token", "--free", "--label", "yinling", "--so-pin", "2468", "--pin", PIN],
        check=True, capture_output=True, timeout=HANGS,
    )  # fmt: skip
    return "yinling"


@pytest.fixture(autouse=True)
def configured(token: str, settings: Any) -> None:
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN, settings.PKCS11_PIN = MODULE, token, PIN
    settings.SEAL_PROVIDER = PROVIDER


def keys_there() -> list[tuple[str, bool, bool]]:
    """(id, whether it is secret, whether it can be taken out) of each private key in the token."""
    with pkcs11.lib(MODULE).get_token(token_label="yinling").open(user_pin=PIN) as session:
        found = session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY})
        asked = (pkcs11.Attribute.SENSITIVE, pkcs11.Attribute.EXTRACTABLE)
        return [(key[pkcs11.Attribute.ID].hex(), *(key[each] for each in asked)) for key in found]


def test_a_key_is_made_in_the_token_and_cannot_be_taken_out() -> None:
    pair = TokenSeal().make_key(make_subject())
    assert (pair.secret, True, False) in keys_there()
    sealed = TokenSeal().seal(press.print_certificate(make_facts(), IMPRINT), pair, reason="试验")
    seal = read_seal(sealed.pdf)
    assert seal is not None
    assert (seal.whole, seal.holder, sealed.profile) == (True, "天津市和平区 志愿服务证书签章", "B-B")
    broken = read_seal(sealed.pdf[:-1] + b" ")
    assert broken is not None
    assert broken.whole is False


def test_a_site_seals_with_it_and_a_rotated_or_revoked_key_is_destroyed_there(
    tenant_a: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first = make_key()
    certificate = make_issued()
    seal = read_seal(pdf_bytes(certificate))
    assert seal is not None
    assert (certificate.sealed_by, seal.whole, seal.fingerprint) == (first, True, first.fingerprint)
    assert len(first.secret) == 32
    with django_capture_on_commit_callbacks(execute=True):
        second = rotate_key(SigningKey.objects.get(pk=first.pk), days=365, rotated_by="operator")
    there = [name for name, *_ in keys_there()]
    assert (first.secret in there, second.secret in there) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        revoke_key(second, reason="试验", revoked_by="operator")
    assert second.secret not in [name for name, *_ in keys_there()]


def test_a_rotation_that_is_rolled_back_leaves_the_key_in_the_token(
    tenant_a: Any, django_capture_on_commit_callbacks: Any
) -> None:
    key = make_key()
    with django_capture_on_commit_callbacks(execute=False):
        rotate_key(key, days=365, rotated_by="operator")
    assert key.secret in [name for name, *_ in keys_there()]


def test_a_wrong_pin_or_a_key_that_is_not_there_seals_nothing(settings: Any) -> None:
    pair = TokenSeal().make_key(make_subject())
    pdf = press.print_certificate(make_facts(), IMPRINT)
    with pytest.raises(pkcs11.NoSuchKey):
        TokenSeal().seal(pdf, KeyPair(pair.certificate, "00" * 16), reason="试验")
    TokenSeal().destroy_key(KeyPair(pair.certificate, "00" * 16))
    settings.PKCS11_PIN = "000000"
    with pytest.raises(pkcs11.PinIncorrect):
        TokenSeal().seal(pdf, pair, reason="试验")
