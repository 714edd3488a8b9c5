"""Which kinds of things are public, how each is seen by a visitor, and what else changes it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from search.documents import Document

Keys = Callable[[Any], Iterable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One kind of public thing.

    `public()` is what an anonymous visitor may see now, with everything that `documents` reads: the one
    predicate asked by the write, the comparison and the rebuild. `depends` names other models whose
    change is a change of this one, each with a function from an instance to what it concerns: keys, or a
    queryset of the declared model where they have to be asked for. `variants` are further models of the
    kind whose keys come from the same series: types of pages. `statuses` says what the statuses of its
    documents are called, those that a reader may ask for, in their order.
    """

    kind: str
    label: Any
    model: type[Model]
    public: Callable[[], QuerySet[Any]]
    documents: Callable[[Any], Iterable[Document]]
    depends: Mapping[type[Model], Keys] = field(default_factory=dict)
    variants: tuple[type[Model], ...] = ()
    statuses: Mapping[str, Any] = field(default_factory=dict)

    @property
    def models(self) -> tuple[type[Model], ...]:
        return (self.model, *self.variants)


_declared: dict[str, Declaration] = {}
_private: set[type[Model]] = set()


def declare(declaration: Declaration) -> Declaration:
    """Register a kind; from now on every change of it is written into the listings."""
    from search.receivers import connect

    _declared[declaration.kind] = declaration
    connect(declaration)
    return declaration


def not_listed(*models: type[Model]) -> None:
    """Say of models that have public pages that they are not to be found: index pages, for example."""
    _private.update(models)


def declarations() -> dict[str, Declaration]:
    """By kind, in the order of registration."""
    return dict(_declared)


def declaration(kind: str) -> Declaration:
    """The declaration of a kind that is known to exist."""
    return _declared[kind]


def is_decided(model: type[Model]) -> bool:
    """Whether somebody has said if this model is to be found."""
    return model in _private or any(model in each.models for each in _declared.values())


def concerned(model: type[Model]) -> list[tuple[str, Keys]]:
    """The kinds whose listings a change of such a model changes, with the function that says which."""
    own = [(each.kind, _itself) for each in _declared.values() if model in each.models]
    return own + [(each.kind, each.depends[model]) for each in _declared.values() if model in each.depends]


def _itself(instance: Any) -> Iterable[Any]:
    return [instance.pk]
