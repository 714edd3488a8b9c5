"""Seals whose private keys never leave a PKCS#11 token: a card, a hardware security module, or SoftHSM."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from asn1crypto import algos
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from certificates.sealing.pades import PadesSeal, certify_itself, names_certificate
from certificates.sealing.provider import KeyPair, Subject

CURVE = "secp256r1"
_LONGEST = 72
"""Bytes of a signature on P-256 in DER."""


class TokenSeal(PadesSeal):
    """As `PadesSeal`, with keys that the token makes and keeps; `secret` is the key's id there, in hex."""

    def make_key(self, subject: Subject) -> KeyPair:
        """A pair that cannot be taken out of the token, and its certificate."""
        from pkcs11 import Attribute, KeyType
        from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters

        name = secrets.token_bytes(16)
        with _session(rw=True) as session:
            curve = session.create_domain_parameters(
                KeyType.EC, {Attribute.EC_PARAMS: encode_named_curve_parameters(CURVE)}, local=True
            )
            public, private = curve.generate_keypair(id=name, label=f"yinling {subject.division}", store=True)
            try:
                read = serialization.load_der_public_key(encode_ec_public_key(public))
                certificate = _certified(read, subject, lambda data: _signed(private, data))
            except Exception:
                private.destroy()
                raise
            finally:
                public.destroy()  # the certificate has it
        return KeyPair(certificate, name.hex())

    def signer(self, key: KeyPair) -> Any:
        """One that asks the token."""
        from pyhanko.keys.pemder import load_certs_from_pemder_data
        from pyhanko.sign.signers import Signer
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        class TokenSigner(Signer):
            async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
                return bytes(_LONGEST) if dry_run else _sign(key.secret, data)

        signer = TokenSigner(
            signing_cert=next(iter(load_certs_from_pemder_data(key.certificate.encode()))),
            cert_registry=SimpleCertificateStore(),
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        )
        signer.signed_attr_prov_spec = names_certificate(key.certificate)
        return signer

    def destroy_key(self, key: KeyPair) -> None:
        """In the token, too; a key that is gone already is none to destroy."""
        from pkcs11 import NoSuchKey

        with _session(rw=True) as session:
            try:
                _private(session, key.secret).destroy()
            except NoSuchKey:
                return


@contextmanager
def _session(*, rw: bool = False) -> Iterator[Any]:
    """Signed in to the token that PKCS11_MODULE and PKCS11_TOKEN name."""
    import pkcs11

    token = pkcs11.lib(settings.PKCS11_MODULE).get_token(token_label=settings.PKCS11_TOKEN)
    with token.open(rw=rw, user_pin=settings.PKCS11_PIN) as session:
        yield session


def _sign(secret: str, data: bytes) -> bytes:
    with _session() as session:
        return _signed(_private(session, secret), data)


def _private(session: Any, secret: str) -> Any:
    from pkcs11 import KeyType, ObjectClass

    return session.get_key(object_class=ObjectClass.PRIVATE_KEY, key_type=KeyType.EC, id=bytes.fromhex(secret))


def _signed(private: Any, data: bytes) -> bytes:
    """DER of the signature; the token is given the hash, for not every one makes it by itself."""
    from pkcs11 import Mechanism
    from pkcs11.util.ec import encode_ecdsa_signature

    digest = hashes.Hash(hashes.SHA256())
    digest.update(data)
    signature: bytes = encode_ecdsa_signature(private.sign(digest.finalize(), mechanism=Mechanism.ECDSA))
    return signature


def _certified(public: Any, subject: Subject, sign: Any) -> str:
    """cryptography writes what is to be signed, with a key of the moment, whose signature the token's then replaces."""
    model = certify_itself(
        ec.generate_private_key(ec.SECP256R1()),
        subject,
        purpose="志愿服务证书签章",
        algorithm=hashes.SHA256(),
        public=public,
    )
    to_sign = x509.load_pem_x509_certificate(model.encode()).tbs_certificate_bytes
    certificate = asn1.Certificate(
        {
            "tbs_certificate": asn1.TbsCertificate.load(to_sign),
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature_value": sign(to_sign),
        }
    )
    written = x509.load_der_x509_certificate(certificate.dump())
    written.verify_directly_issued_by(written)
    return written.public_bytes(serialization.Encoding.PEM).decode()
