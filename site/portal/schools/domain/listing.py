"""A list of pupils as schools paste it: who is meant in each line, and what is wrong with the others."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

LINES_MOST = 5_000
_BETWEEN = re.compile(r"\s*[,;、|\t]\s*")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00:00)?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_LIKE_A_DAY = re.compile(r"\d{6,}|\d+[-/.年]\d+[-/.月]\d*.*", re.ASCII)
_HEADINGS = {"姓名", "名字", "学生", "name"}


@dataclass(frozen=True, slots=True)
class Pupil:
    """Somebody on the school's list; `born` None for who is no volunteer."""

    pk: int
    name: str
    class_name: str
    born: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Line `number` of a list: a name with a birth date, a class, or both."""

    number: int
    name: str
    born: date | None = None
    class_name: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with line `number`."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Matched:
    """The pupils of a list by number, each once, and the lines that name nobody or nobody new, in their order."""

    found: tuple[int, ...]
    faults: tuple[Fault, ...]
    lines: int


def read_lines(text: str) -> list[Wanted | Fault]:
    """A pupil a line: `李小梅 2012-03-05`, `李小梅，高一（2）班`, a row of a spreadsheet. Skips empty ones."""
    read: list[Wanted | Fault] = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell for cell in _BETWEEN.split(_plain(line)) if cell]
        if len(cells) == 1 and " " in cells[0]:
            cells = cells[0].rsplit(" ", 1)
        if not cells or (not read and cells[0].lower() in _HEADINGS):
            continue
        read.append(read_cells(number, cells[0], cells[1:]))
    return read


def read_cells(number: int, name: str, others: Sequence[str]) -> Wanted | Fault:
    """What follows the name is a day if it looks like one, else the class."""
    born, class_name = None, ""
    for cell in others:
        text = _plain(cell)
        if not text:
            continue
        if _LIKE_A_DAY.fullmatch(text):
            born = _day(text)
            if born is None:
                return Fault(number, _("“%(text)s”不是日期，写成2012-03-05这样。") % {"text": text[:20]})
        else:
            class_name = text
    if not _plain(name):
        return Fault(number, _("缺姓名。"))
    if born is None and not class_name:
        return Fault(number, _("姓名后面还差出生日期或班级。"))
    return Wanted(number, _plain(name), born, class_name)


def match(lines: Iterable[Wanted | Fault], pupils: Iterable[Pupil]) -> Matched:
    """Each line with the one pupil it means; two who fit, or one named before, are faults."""
    by_name: dict[str, list[Pupil]] = defaultdict(list)
    for pupil in pupils:
        by_name[_plain(pupil.name)].append(pupil)
    first: dict[int, int] = {}
    faults, count = [], 0
    for line in lines:
        count += 1
        answer = line if isinstance(line, Fault) else _meant(line, by_name.get(line.name, []))
        if isinstance(answer, Fault):
            faults.append(answer)
        elif answer.pk in first:
            text = _("与第%(line)s行是同一个人，只算一次。") % {"line": first[answer.pk]}
            faults.append(Fault(line.number, text))
        else:
            first[answer.pk] = line.number
    return Matched(tuple(first), tuple(faults), count)


def _meant(line: Wanted, named: list[Pupil]) -> Pupil | Fault:
    if not named:
        return Fault(line.number, _("本校名单里没有这个姓名。"))
    fits = named
    if line.born is not None:
        if all(pupil.born is None for pupil in named):
            return Fault(line.number, _("这个学生还没有登记为志愿者，没有出生日期可以核对。"))
        fits = [pupil for pupil in fits if pupil.born == line.born]
        if not fits:
            return Fault(line.number, _("姓名在名单里，出生日期对不上。"))
    if line.class_name:
        fits = [pupil for pupil in fits if _plain(pupil.class_name) == line.class_name]
        if not fits:
            return Fault(line.number, _("姓名在名单里，班级对不上。"))
    if len(fits) > 1:
        return Fault(line.number, _("有%(count)s个学生都符合，请写上出生日期。") % {"count": len(fits)})
    return fits[0]


def _plain(text: str) -> str:
    """Full-width digits and signs as the plain ones, runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("\u200b", "").split(" ")).strip()


def _day(text: str) -> date | None:
    parts = _DAY.fullmatch(text)
    if parts is None:
        return None
    try:
        return date(*(int(part) for part in parts.groups() if part))
    except ValueError:
        return None
