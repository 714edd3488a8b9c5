"""The two encodings of the W3C's credentials: base58btc for keys and proofs, base64url for status lists."""

import base64

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def base58btc(data: bytes) -> str:
    """Multibase `z…`."""
    number, text = int.from_bytes(data), ""
    while number:
        number, rest = divmod(number, 58)
        text = _BASE58[rest] + text
    return "z" + "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def base64url(data: bytes) -> str:
    """Multibase `u…`, without padding."""
    return "u" + base64.urlsafe_b64encode(data).rstrip(b"=").decode()
