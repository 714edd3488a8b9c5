"""What is written with figures and is one thing to a reader: document numbers, dates, telephone numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# All of these read text that has been through `normal`: ASCII digits and brackets where NFKC knows them.
_OPEN, _SHUT = r"[〔\[(【<《「]?", r"[〕\])】>》」]?"
_DOCUMENT = re.compile(
    rf"(?P<office>[\u4e00-\u9fff]{{2,10}})\s*{_OPEN}\s*(?P<year>(?:19|20)\d\d)\s*(?:年)?\s*{_SHUT}\s*"
    rf"(?:第|(?<=[〕\])】>》」])[\u4e00-\u9fff]{{1,2}})?\s*(?P<number>\d{{1,5}})\s*号?(?!\d)"
)
_DATE = re.compile(
    r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)\s*[年./-]\s*)(?P<month>1[0-2]|0?[1-9])(?:\s*[月./-]\s*(?P<day>3[01]|[12]\d|0?[1-9])(?:日|号)?(?!\d)|月)"
    r"|(?<![\d年])(?P<month2>1[0-2]|0?[1-9])月(?P<day2>3[01]|[12]\d|0?[1-9])[日号]"
)
_PHONE = re.compile(
    r"(?<![\d.])(?:\(?(?P<area>0\d{2,3})\)?[- ]?)?(?P<first>[2-9]\d{2,3})[- ]?(?P<last>\d{4})(?![\d.])"
    r"|(?<![\d.])(?P<service>(?:400[- ]?\d{3}[- ]?\d{4})|(?:12\d{3}|96\d{3,4}))(?![\d.])"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A stretch of text, and the terms it is kept under; the first is the whole of it."""

    start: int
    end: int
    terms: tuple[str, ...]


def figures(text: str) -> list[Figure]:
    """The figures in normalised `text`, in order, none within another; document numbers come before dates."""
    found: list[Figure] = []
    for figure in (*_documents(text), *_dates(text), *_phones(text)):
        if all(figure.end <= other.start or figure.start >= other.end for other in found):
            found.append(figure)
    return sorted(found, key=lambda figure: figure.start)


def date_terms(year: int | None, month: int, day: int | None) -> tuple[str, ...]:
    """`@2023-12-06`, then what people leave out of it: the year, or the day."""
    if year is None:
        return (f"@{month:02}-{day:02}",)
    if day is None:
        return (f"@{year}-{month:02}",)
    return (f"@{year}-{month:02}-{day:02}", f"@{month:02}-{day:02}", f"@{year}-{month:02}")


def _documents(text: str) -> Iterator[Figure]:
    """津民发〔2023〕30号, under the whole office and its last characters: people leave out the first ones."""
    for match in _DOCUMENT.finditer(text):
        office, year, number = match["office"], match["year"], int(match["number"])
        bracketed = any(sign in match[0] for sign in "〔[(【<《「") or "号" in match[0]
        if not bracketed:
            continue
        # A sentence may run into the number; no office has a code of more than six characters.
        shorts = [office[at:] for at in range(max(0, len(office) - 6), len(office) - 1)]
        terms = tuple(f"#{short}{year}.{number}" for short in shorts)
        yield Figure(match.end("office") - len(shorts[0]), match.end(), terms)


def _dates(text: str) -> Iterator[Figure]:
    for match in _DATE.finditer(text):
        month = int(match["month"] or match["month2"])
        day = match["day"] or match["day2"]
        year = int(match["year"]) if match["year"] else None
        yield Figure(match.start(), match.end(), date_terms(year, month, int(day) if day else None))


def _phones(text: str) -> Iterator[Figure]:
    for match in _PHONE.finditer(text):
        if match["service"]:
            terms: tuple[str, ...] = ("+" + re.sub(r"\D", "", match["service"]),)
        else:
            local = match["first"] + match["last"]
            terms = (f"+{match['area']}{local}", f"+{local}") if match["area"] else (f"+{local}",)
        yield Figure(match.start(), match.end(), terms)
