"""Our own seals: PAdES by pyHanko with keys on the NIST curve P-256; SM2 is not among them."""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

from certificates.sealing.provider import KeyPair, Sealed, SealProvider, Subject

FIELD = "Seal"
TOOLTIP = "电子签章"
DIGEST = "sha256"
NAME_MOST = 64
"""Bytes of a name in a certificate (X.520, ub-common-name); a Chinese character is three."""
SIGNATURE_MOST = 72
"""Bytes of an ECDSA signature on P-256: two numbers of 33 bytes at most, each with two of DER, and two around both."""


class PadesSeal(SealProvider):
    """Keys are made here and certify themselves: what makes them a city's is the site that publishes them."""

    def make_key(self, subject: Subject) -> KeyPair:
        """A P-256 key and its certificate."""
        private = ec.generate_private_key(ec.SECP256R1())
        return KeyPair(
            certificate=certify_itself(private, subject, purpose="志愿服务证书签章", algorithm=hashes.SHA256()),
            secret=private.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            ).decode(),
        )

    def seal(self, pdf: bytes, key: KeyPair, *, reason: str) -> Sealed:
        """B-T where SEAL_TSA_URL names a time-stamp authority, else B-B.

        The signature's field is of no size, so it is drawn nowhere and PDF/UA asks for no tag; the file is
        certified against every change.
        """
        from pyhanko.sign import fields, signers

        stamper = time_stamper()
        signer = signers.PdfSigner(
            signers.PdfSignatureMetadata(
                field_name=FIELD,
                md_algorithm=DIGEST,
                subfilter=fields.SigSeedSubFilter.PADES,
                reason=reason,
                certify=True,
                docmdp_permissions=fields.MDPPerm.NO_CHANGES,
            ),
            signer=self.signer(key),
            timestamper=stamper,
            new_field_spec=fields.SigFieldSpec(FIELD, readable_field_name=TOOLTIP),
        )
        # pyHanko runs an event loop of its own, which a thread that has one already would refuse.
        with ThreadPoolExecutor(1) as apart:
            sealed = apart.submit(_signed, signer, pdf, None if stamper else key.certificate).result()
        return Sealed(sealed, "B-T" if stamper else "B-B")

    def signer(self, key: KeyPair) -> Any:
        """pyHanko's signer with this key; what a service that only signs hashes puts its own in place of."""
        return _signer(key)


def _signed(signer: Any, pdf: bytes, certificate: str | None) -> bytes:
    room = _room(certificate) if certificate else None  # of an authority's answer pyHanko estimates the size
    signed: bytes = signer.sign_pdf(_appending(pdf), bytes_reserved=room).getvalue()
    return signed


def _appending(pdf: bytes) -> Any:
    """pyHanko's writer, which would write title and metadata once more to say that it was here: 1.4 kB of a seal."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Appending(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """Nothing."""

    return Appending(io.BytesIO(pdf))


@lru_cache(maxsize=256)
def _room(certificate: str) -> int:
    """Digits that an envelope without a time stamp needs at most; pyHanko would leave half as much again."""
    from pyhanko.sign.signers import ExternalSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    signer = ExternalSigner(_loaded(certificate), SimpleCertificateStore(), signature_value=SIGNATURE_MOST)
    signer.signed_attr_prov_spec = names_certificate(certificate)
    longest = asyncio.run(signer.async_sign(bytes(32), DIGEST, use_pades=True))
    return 2 * len(longest.dump())


def time_stamper() -> Any:
    """The configured time-stamp authority, or None."""
    if not settings.SEAL_TSA_URL:
        return None
    return _stamper(settings.SEAL_TSA_URL, settings.SEAL_TSA_SECONDS)


@lru_cache(maxsize=4)
def _stamper(url: str, seconds: int) -> Any:
    """Kept, for it remembers how large the authority's answers are: a new one would ask twice for each seal."""
    from pyhanko.sign.timestamps import HTTPTimeStamper

    return HTTPTimeStamper(url, timeout=seconds)


def certify_itself(
    private: Any, subject: Subject, *, purpose: str, algorithm: hashes.SHA256 | None, public: Any = None
) -> str:
    """A certificate in PEM by which the key says whose it is; `algorithm` is None for Ed25519, which has its own.

    With `public` it is about that key.
    """
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _fitting(subject.name)),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{_fitting(subject.name, beside=f' {purpose}')} {purpose}"),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, subject.division),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public or private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(subject.valid_from)
        .not_valid_after(subject.valid_until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .sign(private, algorithm)
    )
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _fitting(name: str, *, beside: str = "") -> str:
    """Cut to what a certificate holds; nobody is known by it alone, the division's code stands beside it."""
    most = NAME_MOST - len(beside.encode())
    if len(name.encode()) <= most:
        return name
    return name.encode()[: most - len("…".encode())].decode(errors="ignore") + "…"


def _signer(key: KeyPair) -> Any:
    from pyhanko.keys.pemder import load_private_key_from_pemder_data
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    signer = SimpleSigner(
        signing_cert=_loaded(key.certificate),
        signing_key=load_private_key_from_pemder_data(key.secret.encode(), passphrase=None),
        cert_registry=SimpleCertificateStore(),
    )
    signer.signed_attr_prov_spec = names_certificate(key.certificate)
    return signer


@lru_cache(maxsize=256)
def names_certificate(certificate: str) -> Any:
    """The signed attribute that PAdES adds to digest and type: which certificate signed (ETSI EN 319 122-1, 5.2.2).

    pyHanko is given it encoded. Built anew it would be encoded once more at every level that it is nested in: two
    thirds of the time of a seal.
    """
    from asn1crypto.tsp import SigningCertificateV2
    from pyhanko.sign.attributes import CMSAttributeProvider, SignedAttributeProviderSpec
    from pyhanko.sign.general import as_signing_certificate_v2

    encoded = as_signing_certificate_v2(_loaded(certificate)).dump()

    class Names(CMSAttributeProvider):
        attribute_type = "signing_certificate_v2"

        async def build_attr_value(self, dry_run: bool = False) -> Any:
            return SigningCertificateV2.load(encoded)

    class NamesAlone(SignedAttributeProviderSpec):
        def signed_attr_providers(self, data_digest: bytes, digest_algorithm: str) -> list[Any]:
            return [Names()]

    return NamesAlone()


def _loaded(certificate: str) -> Any:
    from pyhanko.keys.pemder import load_certs_from_pemder_data

    return next(iter(load_certs_from_pemder_data(certificate.encode())))
