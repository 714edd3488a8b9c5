"""The only place where a bundle changes its state."""

from typing import Any

from django.utils import timezone

from portal.schools.enums import BUNDLE_MOVES
from portal.schools.models import Bundle


def locked(bundle_id: int) -> Bundle:
    """The row, held until the transaction ends: two workers take turns."""
    return Bundle.objects.select_for_update().get(pk=bundle_id)


def move(bundle: Bundle, to: Any, **values: Any) -> None:
    """Change a locked bundle; ValueError for a move that the table does not have."""
    if to not in BUNDLE_MOVES[bundle.state]:
        raise ValueError(f"{bundle.state} → {to}")
    note(bundle, state=to, **values)


def note(bundle: Bundle, **values: Any) -> None:
    """Change what is not the state."""
    for name, value in values.items():
        setattr(bundle, name, value)
    bundle.moved_at = timezone.now()
    bundle.save(update_fields=[*values, "moved_at"])
