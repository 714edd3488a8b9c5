"""A question in words, for whoever is to recognise it later."""

from typing import Any

from django.utils.translation import gettext as _

from portal.core.models import Division
from portal.finding.asking import LABELS, Asked
from portal.finding.choices import labels

_NAMED = ("kind", "service", "recipient", "who", "status", "coming", "published")
_UNSAID = {"q", "sort", "near", "lat", "lon"}


def described(asked: Asked) -> str:
    """“助浴”，种类：项目，在哪里：小白楼街道; one query where a place is asked for."""
    parts = [f"“{asked.query.text}”"] if asked.query.text else []
    for name, values in asked.values.items():
        if name not in _UNSAID:
            parts.append(f"{LABELS[name]}：{'、'.join(_called(name, values))}")
    return "，".join(parts) or _("全部公开的内容")


def _called(name: str, values: tuple[str, ...]) -> list[str]:
    known: dict[str, Any] = labels(name) if name in _NAMED else _places(values) if name == "place" else {}
    return [str(known.get(value, value)) for value in values]


def _places(prefixes: tuple[str, ...]) -> dict[str, str]:
    codes = {prefix.ljust(6, "0"): prefix for prefix in prefixes}
    return {codes[code]: name for code, name in Division.objects.filter(code__in=codes).values_list("code", "name")}
