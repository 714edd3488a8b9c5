"""The press: everything that two certificates share is made once per process, then each is printed."""

import gc
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pydyf
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils import translation
from weasyprint import CSS, Attachment, __version__
from weasyprint.urls import URLFetcher

from certificates.enums import Kind
from certificates.facts import CertificateFacts
from certificates.fonts import MANIFEST
from certificates.imprint import Imprint
from certificates.offline import ATTACHMENT, TABLE, table_of
from certificates.rendering.colours import palette
from certificates.rendering.context import context_of
from certificates.rendering.cutting import Cut, Fonts
from certificates.rendering.document import Sheet, draw_codes_at_once, stand_at_the_foot
from certificates.rendering.finishing import deflate_once, keep_what_draws, put_behind
from certificates.rendering.ornament import Look, Ornament, draw_ornament, look_of
from certificates.rendering.scratch import Faces
from certificates.rendering.xmp import add_ua_identifier
from certificates.wording import LANGUAGE

VARIANT = "pdf/a-3a"
FOLDER = "certificates/print"
SOFTWARE = f"WeasyPrint {__version__}"
#: Which template and style print a kind; the others have their own name.
SHEETS: dict[Any, str] = {Kind.GROUP: Kind.HONOUR.value}
UPRIGHT = "honour_upright"
"""The style beside that of an honour when its sheet stands."""


class Proof(NamedTuple):
    """A printed file and WeasyPrint's document behind it."""

    pdf: bytes
    document: Any


class Press:
    """One per process and folder of fonts; not for two threads at once, see `at_the_press`."""

    def __init__(self, fonts: Path) -> None:
        self.fonts = fonts
        self.font_config = Faces()
        self.images: dict[Any, Any] = {}
        self.known: dict[int, Cut] = {}
        self.fetcher = URLFetcher()
        self.base = CSS(string=render_to_string(f"{FOLDER}/base.css"))
        folder = fonts.resolve().as_uri()
        self.faces = CSS(
            string=render_to_string(f"{FOLDER}/faces.css", {"fonts": folder}), font_config=self.font_config
        )

    @lru_cache(maxsize=256)  # noqa: B019 - a press lives as long as its process
    def sheets(self, kind: str, accent: str, *, upright: bool = False) -> list[CSS]:
        """Stylesheets with the programme's inks filled in: no `var()` is resolved for every box."""
        text = "".join(
            render_to_string(f"{FOLDER}/{name}.css", {"ink": palette(accent)})
            for name in ("sheet", SHEETS.get(kind, kind), *([UPRIGHT] if upright else []))
        )
        return [self.faces, CSS(string=text, font_config=self.font_config)]

    @lru_cache(maxsize=256)  # noqa: B019  (the same)
    def ornament(self, look: Look) -> Ornament:
        """What is drawn behind the first page."""
        return draw_ornament(look, self.fonts)

    def markup(self, facts: CertificateFacts, imprint: Imprint) -> str:
        """The sheet as XML."""
        return str(
            get_template(f"{FOLDER}/{SHEETS.get(facts.kind, facts.kind)}.html").render(context_of(facts, imprint))
        )

    def pdf(self, facts: CertificateFacts, imprint: Imprint) -> bytes:
        """A certificate's file, the data attached."""
        return self.proof(facts, imprint).pdf

    def proof(self, facts: CertificateFacts, imprint: Imprint) -> Proof:
        """The file, with what to know of its layout before a design is published."""
        look = look_of(facts)
        styles = self.sheets(facts.kind, facts.programme.accent, upright=look.upright)
        document = self.laid_out(self.markup(facts, imprint), styles)
        stand_at_the_foot(document)
        pdf = self.written(document, self.ornament(look), self._attachments(facts, imprint))
        return Proof(pdf, document)

    def laid_out(self, markup: str, styles: list[CSS]) -> Any:
        """WeasyPrint's document of a sheet."""
        sheet = Sheet(markup, fetcher=self.fetcher, base=self.base)
        return sheet.render(font_config=self.font_config, stylesheets=styles, cache=self.images, pdf_variant=VARIANT)

    def written(self, document: Any, ornament: Ornament, attachments: list[Attachment]) -> bytes:
        """The file: PDF/A-3a and PDF/UA-1, tagged, the ornament behind its first page."""

        def finish(_document: Any, pdf: pydyf.PDF) -> None:
            put_behind(pdf, ornament.canvas.form(ornament.data, pdf))
            add_ua_identifier(pdf)
            keep_what_draws(pdf)
            deflate_once(pdf)

        draw_codes_at_once(document)
        document.fonts = Fonts(self.fonts, self.known)
        result: bytes = document.write_pdf(finisher=finish, pdf_variant=VARIANT, attachments=attachments)
        return result

    def _attachments(self, facts: CertificateFacts, imprint: Imprint) -> list[Attachment]:
        """The data by the schema of certificates/schemas, and the same as a table."""
        data = {**imprint.to_json(), "facts": facts.to_json()}
        return [
            self._attachment(ATTACHMENT, "证书数据", json.dumps(data, ensure_ascii=False).encode(), imprint.issued_on),
            self._attachment(TABLE, "证书数据（表格）", table_of(data), imprint.issued_on),
        ]

    def _attachment(self, name: str, description: str, data: bytes, issued_on: date) -> Attachment:
        day = datetime.combine(issued_on, time())
        return Attachment(
            string=data,
            name=name,
            description=description,
            relationship="Data",
            created=day,
            modified=day,
            url_fetcher=self.fetcher,
        )


_printing = threading.Lock()


@cache
def press() -> Press:
    """This process's press."""
    made = Press(Path(settings.CERTIFICATE_FONTS_DIR))
    gc.freeze()  # stylesheets and fonts stay: no collection need look at them again
    return made


def print_certificate(facts: CertificateFacts, imprint: Imprint) -> bytes:
    """PDF bytes of a certificate."""
    with at_the_press() as machine:
        return machine.pdf(facts, imprint)


def proof(facts: CertificateFacts, imprint: Imprint) -> Proof:
    """The same with its layout, for whoever must see whether everything has room."""
    with at_the_press() as machine:
        return machine.proof(facts, imprint)


@contextmanager
def at_the_press() -> Iterator[Press]:
    """Always in Chinese; one at a time in a process, since Pango's font map is shared."""
    with _printing, _collector_off(), translation.override(LANGUAGE):
        yield press()


@contextmanager
def _collector_off() -> Iterator[None]:
    """A sheet makes some 100,000 short-lived objects; collecting in the middle costs a tenth of its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@cache
def template_version(kind: str) -> str:
    """Changes with the template, its styles, the package's own words and the code that draws."""
    digest, sheet = hashlib.sha256(), SHEETS.get(kind, kind)
    for name in (f"{sheet}.html", f"{sheet}.css", f"{UPRIGHT}.css", "sheet.css", "base.css", "faces.css"):
        digest.update(Path(get_template(f"{FOLDER}/{name}").origin.name).read_bytes())
    here = Path(__file__).parent
    for path in (*sorted(here.glob("*.py")), *sorted((here.parent / "designs").glob("*.py"))):
        digest.update(path.read_bytes())
    return f"{kind}-{digest.hexdigest()[:12]}"


@cache
def font_set() -> str:
    """Which cut of the faces printed it."""
    manifest = json.loads((Path(settings.CERTIFICATE_FONTS_DIR) / MANIFEST).read_text("utf-8"))
    return str(manifest["fingerprint"])
