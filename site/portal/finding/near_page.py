"""Where a reader says where he is: the divisions of the site, level by level or by name. Nothing of it is kept."""

import datetime as dt
from typing import Any

from django.http import QueryDict
from django.utils.functional import cached_property

from portal.finding.asking import Asked, ask
from portal.finding.grounds import Place, ground_of

LONGEST_NAME = 30


class NearPage:
    """`within` opens a division, `at` finds by name; the question itself is carried along."""

    def __init__(self, params: QueryDict, *, tenant: Any, now: dt.datetime) -> None:
        tenants = None if tenant.schema_name == "public" else (tenant.pk,)
        self.asked: Asked = ask(params, now=now, tenants=tenants)
        self.ground = ground_of(tenant)
        self.words = "".join(params.get("at", "").split()).replace("\x00", "")[:LONGEST_NAME]
        code = params.get("within", "").strip()
        self.path = self.ground.path(code) if code.isascii() and code.isdigit() and len(code) in {6, 9, 12} else []

    @property
    def here(self) -> Place | None:
        """The division that is open; none is the site itself."""
        return self.path[-1] if self.path else None

    @cached_property
    def places(self) -> list[tuple[Place, str]]:
        """What can be chosen, each with its address: a division that holds others is opened first."""
        if self.words:
            found = self.ground.called(self.words)
            return [(place, self.chosen(place.code)) for place in found]
        found = self.ground.within(self.here.code if self.here else "")
        return [(place, self.opened(place.code) if place.has_more else self.chosen(place.code)) for place in found]

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The divisions above the open one, each with its address."""
        return [(place.name, self.opened(place.code)) for place in self.path[:-1]]

    @property
    def here_url(self) -> str:
        """The open division itself, no finer."""
        return self.chosen(self.here.code) if self.here else ""

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The question, for the forms of the page; not where the reader was before."""
        left_out = {"near", "lat", "lon", "sort"}
        return [(name, value) for name, given in self.asked.values.items() if name not in left_out for value in given]

    @property
    def back(self) -> str:
        return f"/search/?{self.asked.encoded}"

    @property
    def top(self) -> str:
        """The page without an open division."""
        return f"/search/near/?{self.asked.encoded}"

    def opened(self, code: str) -> str:
        """The address with this division open."""
        return f"{self.top}&within={code}" if self.asked.encoded else f"{self.top}within={code}"

    def chosen(self, code: str) -> str:
        """The list of results, nearest to this division first."""
        return f"/search/{self.asked.having(near=code, sort='nearest')}"
