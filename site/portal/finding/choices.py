"""The facets of a result list in words: what can be chosen, how many each would give, what is chosen now."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.enums import Participation, Recipient, ServiceKind
from portal.core.facets import Chosen, Facet, Option
from portal.finding.asking import LABELS, Asked
from search.registry import declarations

#: Of an open vocabulary, brands and sites, the fullest.
MOST_SHOWN = 12
SPANS: dict[str, dict[str, Any]] = {
    "coming": {"week": gettext_lazy("七天以内"), "month": gettext_lazy("一个月以内")},
    "published": {"month": gettext_lazy("最近一个月"), "year": gettext_lazy("最近一年")},
}
_VOCABULARIES: dict[str, Any] = {"service": ServiceKind, "recipient": Recipient, "who": Participation}

Counts = Mapping[str, Mapping[str, int]]


def facet_groups(asked: Asked, counts: Counts, sites: Mapping[int, str]) -> list[Facet]:
    """Everything but kind and place, which stand apart; a group with nothing to choose is left out.

    `sites` names those of the platform; a site has none to choose.
    """
    groups = [
        _span("coming", asked, counts),
        *(_closed(name, labels(name), asked, counts) for name in ("service", "recipient", "who")),
        _open("brand", asked, counts, {}),
        *([_open("site", asked, counts, {str(pk): name for pk, name in sites.items()})] if sites else []),
        _closed("status", labels("status"), asked, counts),
        _span("published", asked, counts),
    ]
    days = [_day("since", asked), _day("until", asked)]
    return [group for group in groups if group.options] + days


def labels(name: str) -> dict[str, Any]:
    """What the values of a facet with a closed vocabulary are called."""
    if name == "kind":
        return {kind: each.label for kind, each in declarations().items()}
    if name == "status":
        return _statuses()
    return SPANS.get(name) or dict(_VOCABULARIES[name].choices)


def chosen(asked: Asked, groups: Iterable[Facet]) -> list[Chosen]:
    """Every condition in force but the words and the kind, each with the address without it."""
    found = []
    for group in groups:
        if group.value:
            found.append(Chosen(f"{group.legend}：{group.value}", asked.without(group.name)))
        picked = [option for option in group.options if option.selected and option.value]
        found += [Chosen(option.label, asked.without(group.name, option.value)) for option in picked]
    return found


def _closed(name: str, known: Mapping[str, Any], asked: Asked, counts: Counts) -> Facet:
    picked, numbers = asked.values.get(name, ()), counts.get(name, {})
    values = [value for value in known if value in picked or numbers.get(value)]
    return _facet(name, [_option(value, str(known[value]), picked, numbers) for value in values])


def _open(name: str, asked: Asked, counts: Counts, known: Mapping[str, str]) -> Facet:
    """The values that were met, the fullest first; a value without a name is its own."""
    picked, numbers = asked.values.get(name, ()), counts.get(name, {})
    fullest = sorted(numbers, key=lambda value: (-numbers[value], value))[:MOST_SHOWN]
    values = dict.fromkeys([*(value for value in picked if value not in fullest), *fullest])
    return _facet(name, [_option(value, known.get(value, value), picked, numbers) for value in values])


def _span(name: str, asked: Asked, counts: Counts) -> Facet:
    picked, numbers = asked.values.get(name, ()), counts.get(name, {})
    values = [value for value in SPANS[name] if value in picked or numbers.get(value)]
    options = [_option(value, str(SPANS[name][value]), picked, numbers) for value in values]
    everything = Option("", _("不限"), not picked)
    return Facet(name, str(LABELS[name]), [everything, *options] if options else [], "radio")


def _day(name: str, asked: Asked) -> Facet:
    return Facet(name, str(LABELS[name]), kind="date", value=asked.first(name))


def _facet(name: str, options: list[Option]) -> Facet:
    return Facet(name, str(LABELS[name]), options)


def _option(value: str, label: str, picked: Iterable[str], numbers: Mapping[str, int]) -> Option:
    return Option(value, label, value in set(picked), numbers.get(value, 0))


def _statuses() -> dict[str, Any]:
    """Of all kinds; what two kinds call differently has both names."""
    found: dict[str, list[str]] = {}
    for each in declarations().values():
        for value, label in each.statuses.items():
            names = found.setdefault(value, [])
            names += [str(label)] if str(label) not in names else []
    return {value: "、".join(names) for value, names in found.items()}
