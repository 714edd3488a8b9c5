"""A certificate's HTML as WeasyPrint's document: read as XML, styled from a small user agent sheet."""

import re
from functools import partial
from typing import Any
from xml.etree import ElementTree

import cssselect2
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

_SVG = "{http://www.w3.org/2000/svg}"


class Sheet(HTML):
    """Our templates are well-formed XML: expat reads them in 0.2 ms where the HTML parser takes 2-5.

    Both overrides lean on names that WeasyPrint does not promise; a test compares the text of this way with
    that of plain `HTML`, so an upgrade that breaks them is seen.
    """

    def __init__(self, markup: str, *, fetcher: URLFetcher, base: CSS) -> None:
        root = ElementTree.fromstring(markup)  # noqa: S314 - our own template, its values escaped
        self.base_url, self.url_fetcher, self.media_type = None, fetcher, "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root
        self.base = base

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [self.base]


def stand_at_the_foot(document: Any) -> None:
    """Move the block of class `close` to the foot of the last page.

    Layout leaves it where the list ends. A seal, a date and a QR code belong to the same place on every
    sheet, whether it lists one service or thirty.
    """
    page = document.pages[-1]._page_box
    for box in page.descendants():
        if box.element is not None and box.element.get("class") == "close":
            bottom = page.content_box_y() + page.height
            box.translate(0, max(0.0, bottom - box.position_y - box.margin_height()))
            return


def draw_codes_at_once(document: Any) -> None:
    """WeasyPrint would read and write the two hundred strokes of a QR code number by number, which takes 4 ms."""
    for page in document.pages:
        for box in page._page_box.descendants(placeholders=True):
            if box.element is not None and box.element.tag == f"{_SVG}svg":
                box.replacement.draw = partial(_draw_strokes, box.element)


def _draw_strokes(svg: Any, stream: Any, width: float, height: float, _style: Any) -> None:
    """The strokes of `rendering.qr`; the origin is the picture's upper left corner."""
    side = int(svg.get("viewBox").split()[2])
    rows = re.findall(r"M(\d+) ([\d.]+)h(\d+)", svg.find(f"{_SVG}path").get("d"))
    stream.transform(a=width / side, d=height / side)
    lines = " ".join(f"{x} {y} m {int(x) + int(run)} {y} l" for x, y, run in rows)
    stream.stream.append(f"0 0 0 RG 1 w {lines} S")
