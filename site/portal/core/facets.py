"""Filters of a list as the page shows them: groups of choices with counts, and what is chosen now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.forms import BaseForm, BoundField
from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; without `count` no number is shown."""

    value: str
    label: str
    selected: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One group. `kind`: checkbox (several), radio (one), select (one of many), search or date (typed)."""

    name: str
    legend: str
    options: Sequence[Option] = ()
    kind: str = "checkbox"
    value: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A condition in force and the address without it."""

    label: str
    url: str


def facet(field: BoundField, *, kind: str = "checkbox", counts: Mapping[str, int] | None = None) -> Facet:
    """The facet of one field of a GET form; choices come from the field, counts from `counts`."""
    raw = field.value()
    if kind in {"search", "date"}:
        return Facet(field.html_name, str(field.label), kind=kind, value="" if raw is None else str(raw))
    listed = raw if isinstance(raw, list | tuple | set) else [raw]
    values = {"" if item is None else str(item) for item in listed}
    options = [
        Option(str(value), str(label), str(value) in values, None if counts is None else counts.get(str(value), 0))
        for value, label in field.field.choices
    ]
    return Facet(field.html_name, str(field.label), options, kind)


def unread(form: BaseForm) -> list[str]:
    """What the parameters are called that a GET form could not read, and left out."""
    return [str(form[name].label) for name in form.errors if name in form.fields]


def chosen(facets: Iterable[Facet], query: QueryDict) -> list[Chosen]:
    """What is chosen now, each with the address that drops it; empty choices (all) are none."""
    found = []
    for group in facets:
        if group.value:
            found.append(Chosen(f"{group.legend}：{group.value}", _without(query, group.name)))
        picked = [option for option in group.options if option.selected and option.value]
        found += [Chosen(option.label, _without(query, group.name, option.value)) for option in picked]
    return found


def _without(query: QueryDict, name: str, value: str | None = None) -> str:
    """Without one value, or with none at all: what was typed may be read otherwise than it stands in the address."""
    rest = query.copy()
    rest.setlist(name, [item for item in rest.getlist(name) if value is not None and item != value])
    rest.pop("page", None)
    return f"?{rest.urlencode()}"
