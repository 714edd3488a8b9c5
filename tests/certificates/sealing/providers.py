"""Seal services that do not do what they are asked."""

from certificates.sealing import KeyPair, Sealed
from certificates.sealing.pades import PadesSeal
from tests.factories.certificates import make_subject


class ForgetsToSeal(PadesSeal):
    def seal(self, pdf: bytes, key: KeyPair, *, reason: str) -> Sealed:
        return Sealed(pdf, "B-B")


class SealsWithAnotherKey(PadesSeal):
    def seal(self, pdf: bytes, key: KeyPair, *, reason: str) -> Sealed:
        return super().seal(pdf, self.make_key(make_subject()), reason=reason)


class ChangesTheFile(PadesSeal):
    def seal(self, pdf: bytes, key: KeyPair, *, reason: str) -> Sealed:
        return super().seal(pdf.replace(b"%\xf0", b"%\xf1", 1) + b"\n", key, reason=reason)


class IsDown(PadesSeal):
    def seal(self, pdf: bytes, key: KeyPair, *, reason: str) -> Sealed:
        raise ConnectionError("no answer")
