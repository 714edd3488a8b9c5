"""Everything that has an address on the site and that everybody may see."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from portal.core.models.page import address_of
from portal.core.navigation import TENANT
from portal.projects.queries import public_projects
from portal.ventures.queries import published_calls

#: sitemaps.org allows 50,000 addresses a file; far more than a site has pages worth finding.
ADDRESSES_MOST = 20_000


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
    """The sections of the navigation that are no pages."""
    return list(TENANT)


def addresses() -> list[Address]:
    """All public addresses with the time of their last change; four queries."""
    rows = public_pages().values_list("url_path", "last_published_at")
    found = [Address(address_of(url_path), changed) for url_path, changed in rows]
    known = {address.path for address in found}
    found += [Address(item.url) for item in TENANT if item.url not in known]
    found += [Address(project.get_absolute_url()) for project in public_projects().only("number")]
    found += [Address(call.get_absolute_url(), call.updated_at) for call in published_calls()]
    return found[:ADDRESSES_MOST]
