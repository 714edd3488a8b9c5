"""TrueType files as tables, and tables as a file."""

import struct
from collections.abc import Mapping

DRAWN = frozenset({b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp", b"cvt ", b"fpgm", b"prep"})
"""Tables that a PDF draws with (ISO 32000-1, 9.9); names and a cmap serve who installs the font."""


def read_tables(font: bytes) -> dict[bytes, bytes]:
    """The tables of a file by their tags, in its order."""
    count = int.from_bytes(font[4:6])
    rows = (struct.unpack_from(">4s3L", font, 12 + 16 * index) for index in range(count))
    return {tag: font[at : at + length] for tag, _checksum, at, length in rows}


def write_tables(tables: Mapping[bytes, bytes]) -> bytes:
    """A file of these tables."""
    bits = len(tables).bit_length() - 1
    head = struct.pack(">4s4H", b"\0\1\0\0", len(tables), 16 << bits, bits, 16 * len(tables) - (16 << bits))
    at, rows, parts = 12 + 16 * len(tables), [head], []
    for tag, data in tables.items():
        padded = data + bytes(-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        rows.append(struct.pack(">4s3L", tag, checksum, at, len(data)))
        parts.append(padded)
        at += len(padded)
    return b"".join(rows + parts)
