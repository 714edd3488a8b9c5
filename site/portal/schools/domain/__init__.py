"""Verbs on schools' files, pupils' consent and classes."""

from portal.schools.domain.asking import ask_for_bundle, ask_for_missing, end_bundle, end_due, go_on
from portal.schools.domain.consent import allow_downloads, forbid_downloads
from portal.schools.domain.packing import pack_bundle
from portal.schools.domain.taking import Gone, put_in_class, take_bundle, take_hours

__all__ = [
    "Gone",
    "allow_downloads",
    "ask_for_bundle",
    "ask_for_missing",
    "end_bundle",
    "end_due",
    "forbid_downloads",
    "go_on",
    "pack_bundle",
    "put_in_class",
    "take_bundle",
    "take_hours",
]
