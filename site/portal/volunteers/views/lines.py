"""Lines of the hours account as the page prints them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from portal.volunteers.domain.minutes import hours
from portal.volunteers.enums import RecordState
from portal.volunteers.models import ServiceRecord


@dataclass(frozen=True, slots=True)
class Line:
    """One record; `total` is empty where it does not count."""

    record: ServiceRecord
    hours: str
    total: str

    @property
    def counts(self) -> bool:
        return self.record.counts and not self.record.project.is_paid

    @property
    def needs_attention(self) -> bool:
        """Not settled yet: marked as one's own row."""
        return self.record.state in (RecordState.SUBMITTED, RecordState.CORRECTED, RecordState.DISPUTED)


def account_lines(records: Iterable[ServiceRecord]) -> list[Line]:
    """`records` come from `queries.account`, which adds the running total and the project."""
    lines = (Line(record, hours(record.minutes), hours(record.total)) for record in records)
    return [line if line.counts else replace(line, total="") for line in lines]
