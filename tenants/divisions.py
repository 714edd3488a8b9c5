"""The official division codes (GB/T 2260 and the statistical street codes) that come with the project."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("data") / "divisions.csv"


@dataclass(frozen=True, slots=True)
class Division:
    """One row: code of 6 (province, city, county) or 9 digits (town, street)."""

    code: str
    level: str
    name: str
    parent: str

    @property
    def prefix(self) -> str:
        """The leading digits that all divisions within share: 12, 4501, 120101, 120101001."""
        if len(self.code) > 6:
            return self.code
        return {"province": self.code[:2], "city": self.code[:4]}.get(self.level, self.code)

    @property
    def full_name(self) -> str:
        """Name with the names above, without 市辖区: 天津市和平区."""
        above = [place.name for place in self.ancestors() if place.name != "市辖区"]
        return "".join([*reversed(above), self.name])

    def ancestors(self) -> Iterator["Division"]:
        """From the parent up to the province."""
        place = find_division(self.parent)
        while place is not None:
            yield place
            place = find_division(place.parent)


def find_division(code: str) -> Division | None:
    """The division with this code, or None."""
    return divisions().get(code)


def divisions_within(place: Division) -> list[Division]:
    """All divisions under `place`, nearest levels first, without itself."""
    return [other for other in divisions().values() if other.code.startswith(place.prefix) and other.code != place.code]


@lru_cache(maxsize=1)
def divisions() -> dict[str, Division]:
    """Every division by code, in the file's order."""
    with _FILE.open(encoding="utf-8-sig", newline="") as lines:
        return {row["code"]: Division(**row) for row in csv.DictReader(lines)}
