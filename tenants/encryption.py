"""Encrypts fields with the first of the configured keys and reads with all of them."""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def encrypt(text: str) -> str:
    """A Fernet token under the newest key."""
    return _box(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text of a token made under any configured key; InvalidToken if none fits."""
    return _box(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()


def rotate(token: str) -> str:
    """The same text under the newest key."""
    return _box(tuple(settings.FIELD_KEYS)).rotate(token.encode()).decode()


def is_current(token: str) -> bool:
    """Whether the newest key alone reads the token."""
    try:
        _box((settings.FIELD_KEYS[0],)).decrypt(token.encode())
    except InvalidToken:
        return False
    return True


@lru_cache(maxsize=8)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    # Any long secret will do as a key: it is stretched to the 32 bytes that Fernet takes.
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in keys])
