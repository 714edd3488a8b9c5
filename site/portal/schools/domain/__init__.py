"""Verbs on schools' files, pupils' consent and classes."""

from portal.schools.domain.asking import ask_for_bundle, ask_for_missing, end_bundle, end_due, go_on
from portal.schools.domain.consent import give_consent, take_back
from portal.schools.domain.packing import pack_bundle
from portal.schools.domain.taking import Gone, put_in_class, take_bundle, take_hours

__all__ = [
    "Gone",
    "ask_for_bundle",
    "ask_for_missing",
    "end_bundle",
    "end_due",
    "give_consent",
    "go_on",
    "pack_bundle",
    "put_in_class",
    "take_back",
    "take_bundle",
    "take_hours",
]
