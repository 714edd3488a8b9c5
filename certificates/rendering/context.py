"""What the templates print, made from facts."""

from typing import Any, NamedTuple

from certificates.designs.defaults import default_design
from certificates.designs.slots import LEVELS
from certificates.enums import Kind, ProofGrade
from certificates.facts import Body, CertificateFacts, Honour, ServiceRow
from certificates.imprint import Imprint
from certificates.rendering.qr import qr_svg
from certificates.rendering.statement import statement_html, unbroken
from certificates.wording import ceremonial_date, hours, long_date

GRADE_WORDS: dict[Any, str] = {
    ProofGrade.SCAN_BOTH_ENDS: "扫码",
    ProofGrade.LEADER_ROLL: "点名",
    ProofGrade.LATE_ENTRY: "补录",
}


class GradeShare(NamedTuple):
    """One part of the proof bar."""

    key: str
    words: str
    hours: str
    share: float


def context_of(facts: CertificateFacts, imprint: Imprint) -> dict[str, Any]:
    """Everything a print template may name."""
    honour = facts.honour
    wording = facts.design or default_design(Kind.RECORD)
    return {
        "facts": facts,
        "heading": honour.heading if honour else wording.heading,
        "statement": "" if honour else statement_html(facts, wording.text),
        "emblem": facts.design is not None and facts.design.emblem is not None,
        "text": unbroken(honour.text) if honour else "",
        "text_class": _text_class(honour, upright=_is_upright(facts)) if honour else "",
        "signatories": facts.design.signatories if facts.design else (),
        "imprint": imprint,
        "qr": qr_svg(imprint.qr_url),
        "hours": hours(facts.minutes),
        "first_day": long_date(facts.period_start),
        "last_day": long_date(facts.period_end),
        "one_day": facts.period_start == facts.period_end,
        "issued_on": long_date(imprint.issued_on),
        "issued_on_words": ceremonial_date(imprint.issued_on),
        "bodies": [(body, _measure(body, longest=19)) for body in facts.bodies],
        "name_class": _class_of_name(facts),
        "name_width": _even_lines(facts.holder_name, _class_of_name(facts), upright=_is_upright(facts)),
        "rows": [_row(row) for row in facts.rows],
        "grades": grade_shares(facts.rows),
        "level_word": LEVELS[honour.level] if honour and honour.level else "",
    }


def _row(row: ServiceRow) -> dict[str, str]:
    return {
        "day": row.day.strftime("%Y.%m.%d"),
        "project": row.project,
        "content": row.content,
        "place": row.place,
        "hours": hours(row.minutes),
        "grade": GRADE_WORDS[row.grade],
    }


def grade_shares(rows: tuple[ServiceRow, ...]) -> list[GradeShare]:
    """Hours by grade of proof, strongest first; shares in per cent, rounded down so that they fit one line."""
    total = sum(row.minutes for row in rows)
    shares = []
    for grade, words in ProofGrade.choices:
        part = sum(row.minutes for row in rows if row.grade == grade)
        if part:
            share = 10_000 * part // total / 100
            shares.append(GradeShare(grade, str(words), hours(part), share))
    return shares


def _is_upright(facts: CertificateFacts) -> bool:
    return facts.design is not None and facts.design.upright


#: (whether the sheet stands, whether it has stars): characters up to which each type is set, from large to small.
TEXT_HOLDS = {
    (False, True): ((" t0", 33), ("", 98), (" t1", 154)),
    (False, False): ((" t0", 33), (" large", 96), ("", 164), (" t1", 234)),
    (True, True): ((" t0", 105), ("", 146), (" t1", 185)),
    (True, False): ((" t0", 125), ("", 170), (" t1", 205)),
}


def _text_class(honour: Honour, *, upright: bool) -> str:
    """Longer texts are set smaller; a single line of a sheet that lies stands in its middle."""
    fits = (name for name, most in TEXT_HOLDS[upright, bool(honour.level)] if len(honour.text) <= most)
    return next(fits, " t2")


def _class_of_name(facts: CertificateFacts) -> str:
    name = facts.holder_name
    if _is_upright(facts):
        return _upright_class(name)
    return _group_class(name) if facts.is_group else _name_class(name)


def _name_class(name: str) -> str:
    """Two characters are spaced, more than eight are set smaller."""
    return "n2" if len(name) == 2 else "n9" if len(name) > 8 else ""


def _group_class(name: str) -> str:
    """By how many characters of a size stand on one line; the longest names take two lines."""
    length = len(name)
    return "" if length <= 16 else "n9" if length <= 24 else "n25" if length <= 30 else "n31"


def _upright_class(name: str) -> str:
    """The same for the narrower sheet, whoever's name it is."""
    length = len(name)
    if length <= 10:
        return "n2" if length == 2 else ""
    return "n9" if length <= 16 else "n25" if length <= 23 else "n31" if length <= 42 else "n43"


def _even_lines(name: str, name_class: str, *, upright: bool) -> float:
    """Width in em that breaks a name of several lines into such of one length; 0 for one that has a single line."""
    if name_class not in ("n31", "n43"):
        return 0
    lines = -(-len(name) // (21 if upright and name_class == "n31" else 25))
    return 1.02 * -(-len(name) // lines) + 0.3


def _measure(body: Body, *, longest: int) -> float:
    """Width in em that sets a body's name on one line, or breaks a long one in the middle."""
    length = len(body.name)
    return length + 1 if length <= longest else -(-length // 2) + 0.5
