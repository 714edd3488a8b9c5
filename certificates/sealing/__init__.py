"""Electronic seals on certificates: who makes keys and seals (`SealProvider`), and how a seal is put and checked."""

from certificates.sealing.provider import KeyMaker, KeyPair, Sealed, SealProvider, Subject, find_maker, find_provider
from certificates.sealing.sealing import (
    SealFinding,
    SealState,
    active_key,
    check_seal,
    put_seal,
    require_trusted,
    sealing_key,
)

__all__ = [
    "KeyMaker",
    "KeyPair",
    "SealFinding",
    "SealProvider",
    "SealState",
    "Sealed",
    "Subject",
    "active_key",
    "check_seal",
    "find_maker",
    "find_provider",
    "put_seal",
    "require_trusted",
    "sealing_key",
]
