"""Finds every address of a URL configuration and fills its arguments."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, product
from typing import Any

from django.db import models
from django.urls import URLPattern, get_resolver
from django.utils.regex_helper import normalize
from wagtail.fields import RichTextField

from tests.tenants.marking import FIRST, NAME, PART, sample, tenant_models

_MODEL_NAMES = {"model_name", "model"}
_APP_NAMES = {"app_label", "app_name"}
_MOST = 2
QUERY = "&".join(
    [f"q={PART}", f"search={PART}", "p=1", "page=1", f"content_type={NAME}"]
    + [f"{name}={FIRST}" for name in ("id", "pk", "page_id", "parent", "user", "owner", "collection_id", "object_id",
                                      "project", "shift", "division", "organisation", "next_id")]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """A template such as `cms/pages/%(page_id)s/edit/` with the names of its arguments."""

    template: str
    arguments: tuple[str, ...]


def addresses(urlconf: str) -> list[Address]:
    """Every address that the resolver knows, each once."""
    return sorted(set(_walk(get_resolver(urlconf).url_patterns, [("", [])])), key=lambda found: found.template)


def _walk(patterns: Iterable[Any], prefixes: list[tuple[str, list[str]]]) -> Iterator[Address]:
    for pattern in patterns:
        parts = [(text, names) for text, names in normalize(pattern.pattern.regex.pattern)]
        joined = [(before + text, [*above, *names]) for before, above in prefixes for text, names in parts]
        if isinstance(pattern, URLPattern):
            yield from (Address(text, tuple(names)) for text, names in joined)
        else:
            yield from _walk(pattern.url_patterns, joined)


class Values:
    """What the arguments may be: numbers from `first` on and names of the rows of the tenant that is current."""

    def __init__(self, first: int = FIRST) -> None:
        self.first = first
        self.models = [model for model in tenant_models() if model._base_manager.exists()]
        self.own = [model for model in self.models if model.__module__.startswith(("portal.", "certificates."))]
        self.named: dict[str, list[str]] = {}
        for model in self.models:
            for field in model._meta.local_fields:
                if isinstance(field, models.CharField | models.UUIDField | models.SlugField):
                    found = model._base_manager.order_by("-pk").values_list(field.attname, flat=True)[:2]
                    self.named.setdefault(field.name, []).extend(str(value) for value in found if value)

    def fill(self, address: Address) -> Iterator[str]:
        """The address with a few sets of arguments; each of our own models where it names one."""
        names = set(address.arguments)
        apps, kinds = names & _APP_NAMES, names & _MODEL_NAMES
        if apps and kinds:
            # One view serves all models: those of Wagtail add time, not knowledge.
            for model in self.own:
                given = {next(iter(apps)): model._meta.app_label, next(iter(kinds)): model._meta.model_name}
                yield from islice(self._fill(address, given), 1)
        else:
            yield from islice(self._fill(address, {}), _MOST)

    def _fill(self, address: Address, given: dict[str, Any]) -> Iterator[str]:
        choices = [[given[name]] if name in given else self._of(name) for name in address.arguments]
        for values in product(*choices):
            yield "/" + address.template % dict(zip(address.arguments, values, strict=True))

    def _of(self, name: str) -> list[str]:
        found = [value for value in self.named.get(name, []) if NAME in value]
        if found:
            return list(dict.fromkeys(found))[:3]
        if name in {"path", "filename", "file"}:
            return [f"images/{NAME}.png", f"documents/{NAME}.png", f"t_450100/images/{NAME}.png"]
        if re.search(r"slug|name|number|code|token|username", name):
            return [NAME, str(self.first)]
        return [str(self.first)]


def sent() -> dict[str, Any]:
    """What a form may send: for each of our fields something of its kind, and for rows those of the marked tenant."""
    body: dict[str, Any] = dict(pair.split("=") for pair in QUERY.split("&"))
    own = [model for model in tenant_models() if model.__module__.startswith(("portal.", "certificates."))]
    fields = [field for model in own for field in [*model._meta.local_fields, *model._meta.local_many_to_many]]
    # Where a name means several things, Draftail takes nothing but its own, and choosers nothing but a row.
    for field in sorted(fields, key=lambda field: (not isinstance(field, RichTextField), not field.is_relation)):
        if field.editable and not isinstance(field, models.FileField):
            body.setdefault(field.name, _typed(field))
    return body | {"action-publish": "1", "confirm": "1", "record": str(FIRST)}


def _typed(field: Any) -> Any:
    if field.is_relation:
        return str(FIRST)
    if isinstance(field, RichTextField):
        return "null"  # as Draftail sends an empty text
    value = sample(field)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value if isinstance(value, list) else str(value)
