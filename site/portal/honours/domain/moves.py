"""The one place where applications, objections, rounds and entries change their state."""

from typing import Any

from django.utils.translation import gettext as _

from portal.honours.domain import errors
from portal.honours.enums import ENTRY_MOVES, OBJECTION_MOVES, ROUND_MOVES, STAR_MOVES
from portal.honours.models import Entry, Objection, Round, StarApplication

_TABLES: dict[Any, dict[Any, frozenset[Any]]] = {
    StarApplication: STAR_MOVES,
    Objection: OBJECTION_MOVES,
    Round: ROUND_MOVES,
    Entry: ENTRY_MOVES,
}


def move(row: Any, to: Any, **values: Any) -> None:
    """Write the new state with what belongs to it; the row is locked by the caller. MoveRefused."""
    if to not in _TABLES[type(row)][row.state]:
        message = _("现在是“%(now)s”，不能改为“%(to)s”。刷新页面看看最新情况。")
        raise errors.MoveRefused(message % {"now": row.get_state_display(), "to": type(to)(to).label})
    row.state = to
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *values])


def reason_given(text: str) -> str:
    """Without blanks around it; ReasonMissing when there is none."""
    text = " ".join(text.split())
    if not text:
        raise errors.ReasonMissing(_("请写明原因，让看到的人都明白。"), field="note")
    if len(text) > 200:
        raise errors.ReasonMissing(_("原因不超过200字，请写短一些。"), field="note")
    return text
