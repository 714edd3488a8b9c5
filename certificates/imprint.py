"""What is put on a sheet besides the facts: its number, its day, and where it is checked."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Frozen with the facts when the number is taken: a host that moves later does not change the sheet."""

    number: str
    issued_on: date
    qr_url: str
    check_host: str
    platform_host: str

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {**asdict(self), "issued_on": self.issued_on.isoformat()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What `to_json` wrote."""
        return cls(**{**data, "issued_on": date.fromisoformat(data["issued_on"])})
