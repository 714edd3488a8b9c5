"""Which slots the words of each kind of sheet may use, and what stands in them."""

from typing import Any

from certificates.enums import Kind, Occasion, Slot
from certificates.facts import CertificateFacts
from certificates.wording import hours, long_date

LEVELS = " 一二三四五"

_SERVICE = (Slot.NAME, Slot.PERIOD, Slot.HOURS, Slot.CONTENT, Slot.PROGRAMME, Slot.ISSUER)
_SLOTS: dict[Any, tuple[Slot, ...]] = {
    Kind.RECORD: (*_SERVICE, Slot.ID, Slot.TIMES),
    Kind.HONOUR: (*_SERVICE, Slot.PROJECT),
    Kind.GROUP: (*_SERVICE, Slot.PROJECT),
}


def slots_of(kind: str, occasion: str = "") -> tuple[Slot, ...]:
    """Names of the slots; a star's certificate also knows its level."""
    return (*_SLOTS[kind], Slot.LEVEL) if occasion == Occasion.STAR else _SLOTS[kind]


def values_of(facts: CertificateFacts, *, project: str = "") -> dict[str, str]:
    """What stands in each slot of a sheet with these facts; `project` is what was honoured, else the programme."""
    first, last = long_date(facts.period_start), long_date(facts.period_end)
    level = facts.honour.level if facts.honour else 0
    values: dict[Any, str] = {
        Slot.NAME: facts.holder_name,
        Slot.ID: f"（{facts.id_kind} {facts.id_masked}）" if facts.id_masked else "",
        Slot.PERIOD: first if first == last else f"{first}至{last}",
        Slot.HOURS: hours(facts.minutes),
        Slot.TIMES: str(len(facts.rows)),
        Slot.CONTENT: facts.main_content,
        Slot.PROGRAMME: facts.programme.title,
        Slot.PROJECT: project or facts.programme.title,
        Slot.ISSUER: facts.issuer,
        Slot.LEVEL: LEVELS[level].strip(),
    }
    return {str(slot): values[slot] for slot in slots_of(facts.kind, Occasion.STAR if level else "")}
