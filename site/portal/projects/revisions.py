"""Fits an old or drafted version of a project to what has happened meanwhile."""

from typing import Any

from django.db import models

from portal.projects.models.shift import CANCELLATION, COUNTERS, Shift


def mend_references(project: models.Model, content: dict[str, Any]) -> dict[str, Any]:
    """`content` without references to rows that are gone: those keep what the project refers to now."""
    mended = dict(content)
    for field in project._meta.concrete_fields:
        protected = field.remote_field and field.remote_field.on_delete is models.PROTECT
        if protected and field.name in mended and mended[field.name] is not None:
            target = field.remote_field.model._base_manager
            if not target.filter(pk=mended[field.name]).exists():
                mended[field.name] = getattr(project, field.attname)
    return mended


def take_what_verbs_own(version: Any, names: tuple[str, ...]) -> None:
    """Copy the fields `names` from the stored row."""
    stored = type(version)._base_manager.filter(pk=version.pk).values(*names).first()
    for name, value in (stored or {}).items():
        setattr(version, name, value)


def fit_shifts(version: Any) -> None:
    """Counters from the stored rows; shifts in use that the version does not know come back.

    Somebody may have signed up after the version was written: places never fall below those taken,
    and what would delete a shift in use keeps it. Forms refuse both beforehand, with a message.
    """
    stored = {shift.pk: shift for shift in Shift._base_manager.filter(project_id=version.pk)}
    shifts = list(version.shifts.all())
    for shift in shifts:
        was = stored.pop(shift.pk, None)
        if was is None:
            shift.pk = None
            shift.taken = shift.waiting = 0
            continue
        for name in (*COUNTERS, *CANCELLATION):
            setattr(shift, name, getattr(was, name))
        shift.places = max(shift.places or 0, was.taken) or shift.places
    version.shifts = sorted([*shifts, *(shift for shift in stored.values() if shift.is_in_use())], key=_start)


def _start(shift: Shift) -> tuple[bool, Any]:
    return (shift.starts_at is None, shift.starts_at)
