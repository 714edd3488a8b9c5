"""What makers of keys and seal services must be able to do; docs/seal.md tells how a city's own takes their place."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose key it shall be, and from when until when it may seal."""

    name: str
    division: str
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A certificate in PEM for everybody, and what the provider needs to seal with it, for nobody else.

    `secret` is stored encrypted: a private key, or the name of one that a service keeps.
    """

    certificate: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed PDF; `profile` is PAdES's name for what was reached: `B-B`, or `B-T` with a time stamp."""

    pdf: bytes
    profile: str


class KeyMaker(ABC):
    """A key is used by the class that made it."""

    @abstractmethod
    def make_key(self, subject: Subject) -> KeyPair:
        """A new key, made here or fetched from a service; nothing is signed with it yet."""

    def destroy_key(self, key: KeyPair) -> None:  # noqa: B027 - most keep nothing of it elsewhere
        """After it was rotated or revoked: what is kept of its private half elsewhere is destroyed there."""


class SealProvider(KeyMaker):
    """Named by its dotted path in SEAL_PROVIDER."""

    @abstractmethod
    def seal(self, pdf: bytes, key: KeyPair, *, reason: str) -> Sealed:
        """The same PDF with a signature appended: an incremental update, so that what was printed stays as it is.

        Raises whatever went wrong; the certificate is tried again later.
        """


def find_maker(path: str) -> KeyMaker:
    """The class that makes keys at a dotted path."""
    maker: KeyMaker = import_string(path)()
    return maker


def find_provider(path: str) -> SealProvider:
    """The provider at a dotted path."""
    provider: SealProvider = import_string(path)()
    return provider
