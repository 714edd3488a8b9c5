"""Refuses public models of which nobody has said whether they are found."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from search.registry import is_decided


@register()
def public_models_are_listed(**_: Any) -> Iterator[CheckMessage]:
    """Every page type, and every model with an address of its own and a `live` field."""
    for model in apps.get_models():
        if model.__module__.startswith("wagtail.") or not _is_public(model) or is_decided(model):
            continue
        yield Error(
            f"{model._meta.label} is public, but nobody declared how it is found.",
            hint="Call search.registry.declare(...) or not_listed(...) in the app's ready().",
            id="search.E001",
        )


def _is_public(model: type[Any]) -> bool:
    has_address = hasattr(model, "get_absolute_url") or hasattr(model, "get_url")
    return has_address and any(field.name == "live" for field in model._meta.get_fields())
