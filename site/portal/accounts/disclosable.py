"""Which personal data of a person there is to disclose; apps above add what they keep."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Disclosable:
    """`holder(user)` gives the row that has the attribute `field`, or None."""

    name: str
    label: Any
    field: str
    holder: Callable[[Any], Any]


#: Shown by other verbs, never through the form.
_OTHERS = {"name": _("姓名")}
_known: dict[str, Disclosable] = {}


def disclosable(name: str, label: Any, *, field: str, holder: Callable[[Any], Any]) -> None:
    """Register a datum, from an app's ready(): `disclosable("id_number", _("证件号码"), field=…, holder=…)`."""
    _known[name] = Disclosable(name, label, field, holder)


def label_of(name: str) -> str:
    """How the log names a datum."""
    if name in _known:
        return str(_known[name].label)
    return str(_OTHERS.get(name, name))


def find(name: str) -> Disclosable:
    return _known[name]


def choices_for(user: Any) -> list[tuple[str, Any]]:
    """What is on record for `user`: names and labels, no values."""
    return [
        (name, datum.label)
        for name, datum in _known.items()
        if (holder := datum.holder(user)) is not None and getattr(holder, datum.field)
    ]


disclosable("mobile", _("手机号"), field="mobile", holder=lambda user: user)
disclosable("email", _("邮箱"), field="email", holder=lambda user: user)
