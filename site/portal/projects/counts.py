"""How many shifts each choice of each filter would give, all in one query."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from portal.projects.filters import ACCESS, LEFT, WHEN, ShiftFilter, when_q
from portal.projects.models import Shift

#: Filters that are counted. Each has a bit in `misses`: a shift that fails the filter carries it.
COUNTED = ("when", "kind", "who", "division", "brand", LEFT, ACCESS)
_BIT = {name: 1 << place for place, name in enumerate(COUNTED)}
_SETS = ("span", "kinds", "who", "division", "brand", "is_left", "is_access")


@dataclass(slots=True)
class Counts:
    """Shifts by filter and choice, under all other conditions; `total` and `missing` (people) under all conditions."""

    total: int = 0
    missing: int = 0
    by: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in COUNTED})


def count(shifts: QuerySet[Shift], chosen: ShiftFilter) -> Counts:
    """One scan: every shift is grouped once for each filter, together with the conditions that it fails."""
    conditions = dict(chosen.conditions)
    for name in [name for name in conditions if name not in _BIT]:
        shifts = shifts.filter(conditions.pop(name))
    inner, parameters = _flat(shifts, conditions).query.sql_with_params()
    columns = ", ".join(_SETS)
    sets = ", ".join(f"(misses, {column})" for column in _SETS)
    sql = (
        f"SELECT GROUPING({columns}), misses, {columns}, count(*), sum(missing) FROM ({inner}) AS flat "  # noqa: S608  (our own column names)
        f"GROUP BY GROUPING SETS ({sets}, (misses))"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return _gather(cursor.fetchall())


def _flat(shifts: QuerySet[Shift], conditions: dict[str, Q]) -> QuerySet[Shift]:
    today = timezone.localdate()
    misses = _bits([(condition, _BIT[name]) for name, condition in conditions.items()], otherwise=True)
    span = _bits([(when_q(name, today), 1 << place) for place, (name, _label) in enumerate(WHEN)], otherwise=False)
    almost = [0, *(_BIT[name] for name in conditions)]
    rows = shifts.order_by().annotate(misses=misses)
    if conditions:
        rows = rows.filter(misses__in=almost)
    return rows.annotate(missing=F("places") - F("taken"), span=span).values(
        "misses", "missing", "span",
        kinds=F("project__service_kinds"), who=F("project__participation"),
        division=F("project__division__code"), brand=F("project__brand__slug"),
        is_left=Q(taken__lt=F("places")), is_access=F("project__step_free"),
    )  # fmt: skip


def _bits(conditions: Sequence[tuple[Q, int]], *, otherwise: bool) -> Any:
    """The sum of the bits of all conditions that hold (of those that fail, with `otherwise`)."""
    total: Any = Value(0)
    for condition, bit in conditions:
        yes, no = (0, bit) if otherwise else (bit, 0)
        total = total + Case(When(condition, then=Value(yes)), default=Value(no), output_field=IntegerField())
    return total


def _gather(rows: Sequence[tuple[Any, ...]]) -> Counts:
    counts = Counts()
    every = (1 << len(_SETS)) - 1
    for grouping, misses, *values, number, missing in rows:
        if grouping == every:
            if misses == 0:
                counts.total, counts.missing = number, missing
            continue
        place = len(_SETS) - (every ^ grouping).bit_length()
        name = COUNTED[place]
        if misses & ~_BIT[name]:
            continue
        for choice in _CHOICES[name](values[place]):
            counts.by[name][choice] += number
    return counts


def _spans(bits: int) -> list[str]:
    return ["", *(name for place, (name, _label) in enumerate(WHEN) if bits >> place & 1)]


def _prefixes(code: str) -> set[str]:
    """The prefixes of every division that holds `code`: 12, 1201, 120101, 120101001."""
    return {code[:length] for length in (2, 4, 6, 9, 12) if len(code) >= length}


#: What a grouped value counts for.
_CHOICES: dict[str, Callable[[Any], Iterable[str]]] = {
    "when": _spans,
    "kind": set,
    "who": set,
    "division": _prefixes,
    "brand": lambda slug: [slug or ""],
    LEFT: lambda yes: [LEFT] if yes else [],
    ACCESS: lambda yes: [ACCESS] if yes else [],
}
