"""The answers of a batch as lines of a table, on the page and as CSV."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates import verdicts
from certificates.batch.rows import Row
from certificates.verification import Finding, Outcome, Question, check_all

HEADINGS = (
    gettext_lazy("行"),
    gettext_lazy("交来的"),
    gettext_lazy("编号"),
    gettext_lazy("结果"),
    gettext_lazy("状态"),
    gettext_lazy("种类"),
    gettext_lazy("姓名或名称"),
    gettext_lazy("服务时长"),
    gettext_lazy("服务期间"),
    gettext_lazy("出具单位"),
    gettext_lazy("出具日期"),
    gettext_lazy("说明"),
)
_FACTS = len(HEADINGS) - 5
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Line:
    """One row with its answer, as words alone: what is shown, signed, and written to the CSV."""

    place: int
    given: str
    number: str
    outcome: str
    result: str
    facts: tuple[str, ...]
    note: str
    same_as: int

    @property
    def shown(self) -> tuple[str, ...]:
        """The cells after the place."""
        facts = self.facts if len(self.facts) == _FACTS else self._few
        return (self.given, self.number, self.result, *facts, self.notes)

    @property
    def _few(self) -> tuple[str, ...]:
        """Of what is no longer kept only the state and the day, each under its heading; of what is unknown nothing."""
        state, day = self.facts[:2] or ("", "")
        return (state, *("",) * (_FACTS - 2), day)

    @property
    def notes(self) -> str:
        """The explanation, and which earlier row asked the same."""
        same = _("与第%(place)s行相同。") % {"place": self.same_as} if self.same_as else ""
        return same + self.note


def answer(rows: Sequence[Row]) -> list[Line]:
    """Every row in its order; what was asked twice is asked once."""
    firsts: dict[object, int] = {}
    for place, row in enumerate(rows):
        if row.question:
            firsts.setdefault(_key(row.question), place)
    asked = list(firsts)
    questions: list[Any] = [rows[firsts[key]].question for key in asked]
    findings = dict(zip(asked, check_all(questions), strict=True))
    lines = []
    for place, row in enumerate(rows):
        if row.question is None:
            lines.append(_unasked(place, row))
            continue
        key = _key(row.question)
        same_as = firsts[key] + 1 if firsts[key] != place else 0
        lines.append(_line(place, row, findings[key], same_as))
    return lines


def _key(question: Question) -> object:
    return question.traces.sha256 if question.traces else question.numbers


def _unasked(place: int, row: Row) -> Line:
    return Line(place + 1, row.given, "", "", _("没有核验"), (), row.problem, 0)


def _line(place: int, row: Row, finding: Finding, same_as: int) -> Line:
    facts = tuple(value for _label, value in finding.public[1 : 1 + _FACTS])
    note = "" if finding.outcome == Outcome.VALID else verdicts.sentence(finding)
    if finding.outcome == Outcome.REVOKED:
        label, ground = finding.public[-1]
        note += _("%(label)s：%(ground)s。") % {"label": label, "ground": ground}
    if finding.newer:
        note += _("请以新证书%(number)s为准。") % {"number": finding.newer}
    return Line(place + 1, row.given, finding.number, finding.outcome, verdicts.title(finding), facts, note, same_as)


def summary(lines: Iterable[Line]) -> list[tuple[str, int]]:
    """How many of each result, in the order in which they first stand."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.result] = counts.get(line.result, 0) + 1
    return list(counts.items())


def as_plain(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """For the signed field from which the CSV is made."""
    return [asdict(line) for line in lines]


def from_plain(rows: Iterable[dict[str, Any]]) -> list[Line]:
    """What `as_plain` gave."""
    return [Line(**{**row, "facts": tuple(row["facts"])}) for row in rows]


def as_csv(lines: Iterable[Line]) -> bytes:
    """UTF-8 with the mark by which Excel knows it; no cell can become a formula."""
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerow([str(heading) for heading in HEADINGS])
    writer.writerows([str(line.place), *map(_harmless, line.shown)] for line in lines)
    return stream.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
