"""The plain way beside ours: for each certificate a new WeasyPrint document with Noto CJK as Debian brings it."""

from typing import Any

from benchmarks.sheets import IMPRINT, honour, rows, sheet
from benchmarks.timing import keep, percentiles, set_up, times

STYLE = """
@page { size: %s; margin: 20mm }
body { font-family: "Noto Serif CJK SC"; font-size: 12pt }
h1 { font-size: 30pt; font-weight: 600; text-align: center }
.name { font-family: "Noto Sans CJK SC"; font-size: 24pt }
table { width: 100%%; border-collapse: collapse }
td, th { border: 0.3mm solid; padding: 1mm }
svg { width: 24mm; height: 24mm }
"""


def main() -> None:
    set_up("certificate")
    figures: dict[str, Any] = {}
    for name, facts, size in (
        ("honour", honour(), "A4 landscape"),
        ("record_4_rows", sheet(rows=tuple(rows(4))), "A4 portrait"),
    ):
        plain, ours = _plain(facts, size), _ours(facts)
        ratio = round(plain["p50_ms"] / ours["p50_ms"], 1)
        figures[name] = {"plain": plain, "ours": ours, "ratio": ratio}
    keep("plain", figures)


def _plain(facts: Any, size: str) -> dict[str, float]:
    """The same words, without any drawing."""
    from weasyprint import CSS, HTML, Attachment

    from certificates.rendering.press import press

    markup = press().markup(facts, IMPRINT)
    data = b"{}"

    def make() -> bytes:
        html = HTML(string=markup)
        attached = [Attachment(string=data, name="certificate.json", relationship="Data")]
        result: bytes = html.write_pdf(
            stylesheets=[CSS(string=STYLE % size)], pdf_variant="pdf/a-3a", attachments=attached
        )
        return result

    return {**percentiles(times(make, count=10)), "kB": round(len(make()) / 1000, 1)}


def _ours(facts: Any) -> dict[str, float]:
    from certificates.rendering.press import print_certificate

    def make() -> bytes:
        return print_certificate(facts, IMPRINT)

    return {**percentiles(times(make, count=30)), "kB": round(len(make()) / 1000, 1)}


if __name__ == "__main__":
    main()
