"""Proves that the log of the current tenant is whole, or says where it breaks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform

from certificates import chain
from certificates.enums import Action, State
from certificates.models import Certificate, LogEntry, LogHead

_SHOWN = 20
"""Faults of a kind that are named one by one; the first tells most."""


@dataclass(frozen=True, slots=True)
class Report:
    """How many entries were read, the head to write down, and every fault in words."""

    entries: int
    head: str
    faults: tuple[str, ...]


def audit(*, known: tuple[int, str] | None = None) -> Report:
    """Recompute every digest, compare with the head and with the certificates themselves.

    `known` is a head that an auditor wrote down earlier, (sequence, digest): the chain must still pass through it,
    which whoever could rewrite all of it at once could not bring about.
    """
    reading = _Reading()
    faults = [*reading.faults(known), *_head_faults(reading), *_disagreements()]
    return Report(reading.count, f"{reading.count}:{reading.digest}", tuple(faults))


class _Reading:
    """One pass over the entries in their order."""

    def __init__(self) -> None:
        self.count = 0
        self.digest = chain.BEGINNING

    def faults(self, known: tuple[int, str] | None) -> Iterator[str]:
        """The first break alone: behind it nothing can be relied on."""
        for entry in LogEntry.objects.order_by("sequence").iterator(chunk_size=2000):
            if fault := self._fault(entry):
                yield fault
                return
            self.count, self.digest = entry.sequence, entry.digest
            if known and known[0] == entry.sequence and known[1] != entry.digest:
                yield f"Entry {entry.sequence} is another than the one that was written down ({known[1]})."
                return
        if known and known[0] > self.count:
            yield f"Entry {known[0]}, which was written down, is not there any more."

    def _fault(self, entry: LogEntry) -> str:
        if entry.sequence != self.count + 1:
            return f"Entry {self.count + 1} is missing: entry {entry.sequence} comes next."
        if entry.previous != self.digest:
            return f"Entry {entry.sequence} does not follow on entry {self.count}."
        if entry.digest != chain.digest(entry.previous, entry.canonical):
            return f"Entry {entry.sequence} was changed: its content does not give its digest."
        return ""


def _head_faults(reading: _Reading) -> Iterator[str]:
    head = LogHead.objects.filter(pk=1).first()
    at = f"{head.sequence}:{head.digest}" if head else "missing"
    if at != f"{reading.count}:{reading.digest}":
        yield f"The log ends at entry {reading.count}, but its head says {at}."


def _disagreements() -> Iterator[str]:
    """What the certificates say and the log does not, and the other way round."""
    for text, numbers in _questions():
        found = list(numbers.order_by("number").values_list("number", flat=True)[: _SHOWN + 1])
        yield from (f"{number}: {text}" for number in found[:_SHOWN])
        if len(found) > _SHOWN:
            yield f"… and others: {text}"


def _questions() -> Iterator[tuple[str, QuerySet[Any]]]:
    rows, entries = Certificate.objects, LogEntry.objects
    same = entries.filter(number=OuterRef("number"))
    row = rows.filter(number=OuterRef("number"))
    bytes_said = KeyTextTransform("sha256", "detail")
    issued = same.filter(action=Action.ISSUED).annotate(said=bytes_said).filter(said=OuterRef("pdf_sha256"))
    yield "issued with these bytes, but not in the log.", rows.filter(~Exists(issued), issued_at__isnull=False)
    yield "issued according to the log, but not there.", entries.filter(~Exists(row), action=Action.ISSUED)
    for state, action in ((State.REVOKED, Action.REVOKED), (State.SUPERSEDED, Action.SUPERSEDED)):
        ended = same.filter(action=action)
        yield f"{state.value}, but not in the log.", rows.filter(~Exists(ended), state=state)
        other = row.exclude(state=state)
        yield f"{state.value} according to the log, but counts.", entries.filter(Exists(other), action=action)


def head_of(text: str) -> tuple[int, str]:
    """`1234:9f86…` as it was printed; ValueError for anything else."""
    sequence, _colon, digest = text.strip().partition(":")
    if len(digest) != len(chain.BEGINNING):
        raise ValueError(text)
    return int(sequence), digest.lower()
