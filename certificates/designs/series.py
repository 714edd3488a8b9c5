"""The series of designs: one for each kind of sheet, and for honours one for each occasion."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from certificates.enums import Kind, Occasion


class Series(NamedTuple):
    """What versions are numbered within; `key` stands in addresses: `record`, `honour.star`."""

    kind: str
    occasion: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}.{self.occasion}" if self.occasion else self.kind

    @property
    def label(self) -> str:
        """For people."""
        kind = str(Kind(self.kind).label)
        if self.kind != Kind.HONOUR:
            return kind
        occasion = str(Occasion(self.occasion).label) if self.occasion else _("其他")
        return _("%(kind)s：%(occasion)s") % {"kind": kind, "occasion": occasion}


SERIES = (
    Series("record"),
    Series("honour", "star"),
    Series("honour", "campaign"),
    Series("honour", "student_week"),
    Series("honour"),
    Series("group"),
)


def series_of(key: str) -> Series:
    """The series of an address; raises LookupError."""
    return {series.key: series for series in SERIES}[key]
