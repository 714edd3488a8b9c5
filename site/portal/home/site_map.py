"""Everything that has an address on the site and that everybody may see."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from wagtail.models import Page

from portal.core.models.page import address_of
from portal.core.navigation import BESIDE, TENANT
from search.models import Listing

#: sitemaps.org allows so many addresses a file.
ADDRESSES_MOST = 50_000


@dataclass
class Node:
    """A page in the tree, with the pages below it."""

    title: str
    url: str
    children: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Address:
    """One line of sitemap.xml."""

    path: str
    changed: dt.datetime | None = None


def public_pages() -> Any:
    """Published pages without any restriction, in the order of the tree."""
    return Page.objects.live().public().filter(depth__gt=1).order_by("path")


def page_tree() -> list[Node]:
    """The front page's children and what is below them; two queries."""
    trail: list[tuple[str, Node]] = []
    tops: list[Node] = []
    for path, title, url_path in public_pages().filter(depth__gt=2).values_list("path", "title", "url_path"):
        while trail and not path.startswith(trail[-1][0]):
            trail.pop()
        node = Node(title, address_of(url_path))
        (trail[-1][1].children if trail else tops).append(node)
        trail.append((path, node))
    return tops


def features() -> list[Any]:
    """The sections of the navigation and the footer that are no pages."""
    return [*TENANT, *BESIDE]


def addresses(number: int = 1) -> list[Address]:
    """One file of public addresses with the time of their last change, the pages of the tree in the first."""
    pages = _page_addresses()
    listed = listed_addresses([address.path for address in pages])
    begins = max(0, (number - 1) * ADDRESSES_MOST - len(pages))
    own = pages if number == 1 else []
    rows = listed[begins : begins + ADDRESSES_MOST - len(own)]
    return own + [Address(path, changed) for path, changed in rows]


def files() -> int:
    """How many files the addresses fill."""
    pages = _page_addresses()
    return -(-(len(pages) + listed_addresses([address.path for address in pages]).count()) // ADDRESSES_MOST)


def listed_addresses(known: list[str]) -> Any:
    """(path, time) of everything that search finds and that is no page of the tree: one address for each thing."""
    rows = Listing.objects.filter(tenant_id=connection.tenant.pk, part="").exclude(url__in=known)
    return rows.order_by("pk").values_list("url", "changed_at")


def _page_addresses() -> list[Address]:
    """Pages, and the sections of the navigation; one query. Names that are taken down are no search engine's."""
    rows = public_pages().values_list("url_path", "last_published_at")
    found = [Address(address_of(url_path), changed) for url_path, changed in rows]
    known = {address.path for address in found}
    return found + [Address(item.url) for item in TENANT if item.url not in known]
