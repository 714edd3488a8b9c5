"""Carries every change of a public thing into its listing, in the same transaction."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection
from django.db.models.signals import post_delete, post_save

from search import listings
from search.registry import Declaration

Keys = Callable[[Any], Iterable[Any]]


def connect(declaration: Declaration) -> None:
    """Listen to the model itself and to everything that it depends on."""
    _listen(declaration, declaration.model, lambda instance: [instance.pk])
    for model, keys in declaration.depends.items():
        _listen(declaration, model, keys)


def _listen(declaration: Declaration, model: type[Any], keys: Keys) -> None:
    def changed(instance: Any, raw: bool = False, **_: Any) -> None:
        # A restored site is written as a whole afterwards; the platform's own rows are no site's.
        if not raw and connection.schema_name != "public":
            listings.write(declaration.kind, list(keys(instance)))

    name = f"search.{declaration.kind}.{model._meta.label}"
    for signal in (post_save, post_delete):
        signal.connect(changed, sender=model, weak=False, dispatch_uid=f"{name}.{id(signal)}")
