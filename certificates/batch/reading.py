"""What was handed in, whatever it is, as rows: decided by its content, not by its name."""

from django.utils.translation import gettext as _

from certificates.batch.archives import read_archive
from certificates.batch.lists import is_workbook, read_bytes, read_csv, read_xlsx
from certificates.batch.rows import GIVEN_MOST, BatchRefused, Row
from certificates.credentials.reading import is_json
from certificates.handed import traces_of
from certificates.traces import HEAD, is_archive
from certificates.verification import about_file


def read_file(data: bytes, *, name: str) -> list[Row]:
    """Rows of a ZIP, a workbook, a CSV or text file, or of a single PDF. Raises BatchRefused with field `file`."""
    if not data.strip():
        raise BatchRefused(_("文件是空的。"), field="file")
    if is_archive(data):
        return read_xlsx(data) if is_workbook(data) else read_archive(data)
    if b"%PDF-" in data[:HEAD] or is_json(data):
        return [Row(name[-GIVEN_MOST:], about_file(traces_of(data)))]
    if b"\x00" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise BatchRefused(
            _("请交ZIP、PDF、.xlsx、.csv 或 .txt 文件；旧的 .xls 请另存为 .xlsx，.rar 请改压成ZIP。"), field="file"
        )
    return read_csv(data) if name.lower().endswith(".csv") else read_bytes(data)
