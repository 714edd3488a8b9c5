"""Rows of a ZIP of PDFs, read in memory; what is built to burst is refused before anything is unpacked."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _

from certificates.batch.rows import GIVEN_MOST, BatchRefused, Row, too_many
from certificates.handed import traces_of
from certificates.verification import about_file

#: What zipfile and zlib raise over archives that are broken, or made to break them.
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    LookupError,
    OverflowError,
)
_END = b"PK\x05\x06"
_ENTRY_MOST = 512
"""Bytes of an entry in the directory: 46, a long name, some extra fields."""
_RATIO = 100
"""A PDF is packed already and shrinks by a half at most; a bomb by a thousand."""
_SMALL = 2**20
"""Below this many bytes no ratio is suspicious: a page of one colour."""
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Of other kinds zipfile unpacks as much at once as comes."""
_NESTED = (".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz")


def read_archive(data: bytes) -> list[Row]:
    """A row for each file; folders and what systems add by themselves are passed over. Raises BatchRefused."""
    _refuse_crowded(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not _incidental(entry)]
            refuse_bursting(entries)
            if len(entries) > settings.CERTIFICATE_BATCH_MOST:
                raise too_many()
            return list(_rows(archive, entries))
    except FAULTS as fault:
        raise BatchRefused(_("这个ZIP打不开，可能没有传完或已损坏。请重新压缩，再交一次。"), field="file") from fault


def refuse_bursting(entries: list[zipfile.ZipInfo]) -> None:
    """By what the directory says; zipfile reads no more than that of any file."""
    bursting = any(entry.file_size > max(_SMALL, _RATIO * entry.compress_size) for entry in entries)
    if bursting or sum(entry.file_size for entry in entries) > settings.CERTIFICATE_BATCH_UNPACKED_BYTES:
        raise BatchRefused(
            _("压缩包解开后大得不正常，没有打开。请只放证书PDF，一共不超过%(most)s MB。")
            % {"most": settings.CERTIFICATE_BATCH_UNPACKED_BYTES // 2**20},
            field="file",
        )


def _refuse_crowded(data: bytes) -> None:
    """zipfile makes an object of every entry before anybody can count them: the end record is read first."""
    at = data.rfind(_END)
    if at < 0 or len(data) < at + 22:
        raise BatchRefused(_("这个ZIP打不开，可能没有传完或已损坏。请重新压缩，再交一次。"), field="file")
    count, size = struct.unpack_from("<HI", data, at + 10)
    most = 4 * settings.CERTIFICATE_BATCH_MOST  # folders and what macOS adds beside each file
    if count > most or size > most * _ENTRY_MOST:
        raise too_many()


def _incidental(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.rsplit("/", 1)[-1]
    return entry.is_dir() or entry.filename.startswith("__MACOSX/") or name.startswith(".") or name == "Thumbs.db"


def _rows(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[Row]:
    for entry in entries:
        name = shown_name(entry)
        if problem := _problem(entry):
            yield Row(name, problem=problem)
            continue
        try:
            with archive.open(entry) as file:
                data = file.read(settings.CERTIFICATE_CHECK_FILE_BYTES + 1)
        except FAULTS:
            yield Row(name, problem=_("解不开，文件在压缩包里损坏了。"))
            continue
        yield Row(name, about_file(traces_of(data)))


def _problem(entry: zipfile.ZipInfo) -> str:
    """Why a file is not even read; nothing when it is."""
    name = entry.filename.lower()
    most = settings.CERTIFICATE_CHECK_FILE_BYTES
    checks = (
        (name.endswith(_NESTED), _("压缩包里的压缩包不打开，请解开后再交。")),
        (not name.endswith((".pdf", ".json")), _("不是PDF，也不是电子凭证，没有核验。")),
        (bool(entry.flag_bits & 0x1), _("加了密码，打不开。")),
        (entry.compress_type not in _PACKED, _("这种压缩方式读不了，请存成普通ZIP。")),
        (entry.file_size > most, _("超过%(most)s MB，没有核验。") % {"most": most // 2**20}),
    )  # fmt: skip
    return next((text for wrong, text in checks if wrong), "")


def shown_name(entry: zipfile.ZipInfo) -> str:
    """The file's own name; Windows in Chinese writes GB 18030 where the standard says code page 437."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = entry.filename
    return name.rsplit("/", 1)[-1][-GIVEN_MOST:]
