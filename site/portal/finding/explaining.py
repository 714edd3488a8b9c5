"""Why a result stands where it does, in words for officers."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.query import Hit

#: What raises the sum of the words, as `search.boosts` names it.
_RAISES: dict[str, Any] = {
    "fresh": gettext_lazy("发布得新"),
    "open": gettext_lazy("还能报名或申报"),
    "near": gettext_lazy("离得近"),
}
_SIGNS: dict[str, Any] = {
    "~": gettext_lazy("读音“%(what)s”"),
    "^": gettext_lazy("拼音首字母“%(what)s”"),
    "@": gettext_lazy("日期“%(what)s”"),
    "#": gettext_lazy("文号“%(what)s”"),
    "+": gettext_lazy("电话“%(what)s”"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: what counted, how much, and how."""

    what: str
    points: str
    note: str


def explained(hit: Hit) -> list[Line]:
    """The words with their points, then what the sum was multiplied by."""
    return [_line(reason.what, reason.points, reason.note) for reason in hit.reasons]


def _line(what: str, points: float, note: str) -> Line:
    if what in _RAISES:
        return Line(str(_RAISES[what]), f"+{points:.0%}", _("词的得分之和再加这么多"))
    label = _SIGNS.get(what[:1], gettext_lazy("词“%(what)s”")) % {"what": what.lstrip("~^@#+").replace(".", " ")}
    return Line(label, f"{points:.2f}", _("词的分量%(worth)s：越少见越重") % {"worth": note} if note else "")
