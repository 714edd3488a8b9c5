"""Fills the platform with living content, two tenants at a time."""

import multiprocessing
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections, transaction
from django.utils import timezone
from django_tenants.utils import tenant_context

from portal.demo.places import PLACES, Place
from search import drift, listings
from tenants.domain import create_tenant
from tenants.domain.platform import prepare_platform
from tenants.models import Tenant

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Filled:
    """One finished tenant."""

    name: str
    seconds: float


def is_built() -> bool:
    """Whether every demo site is there and filled."""
    return Tenant.objects.filter(division_code__in=[place.division for place in PLACES]).count() == len(PLACES)


def build(*, say: Say, before_filling: Callable[[], Any] = lambda: None) -> None:
    """Make what is missing of the platform and its 21 sites. Repeatable; a site is whole or absent."""
    say("Shared tables and the template of a site (a minute or two)")
    prepare_platform(domain="localhost")
    _make_operator()
    before_filling()
    missing = [place for place in PLACES if not Tenant.objects.filter(division_code=place.division).exists()]
    # Parents first, so that districts find their city.
    heads = [place for place in missing if place.division.endswith("0000")]
    rest = [place for place in missing if place not in heads]
    for number, filled in enumerate(_fill_all(heads, rest), start=1):
        say(f"  {number:2}/{len(missing)}  {filled.name}  {filled.seconds:.1f} s")


def _fill_all(heads: list[Place], rest: list[Place]) -> Iterator[Filled]:
    # A forked process must not share the parent's connections.
    connections.close_all()
    context = multiprocessing.get_context("fork")
    for places in (heads, rest):
        with context.Pool(2) as pool:
            yield from pool.imap_unordered(fill_place, places)


def fill_place(place: Place) -> Filled:
    """Create the site and everything in it, in one transaction."""
    began = timezone.now()
    with transaction.atomic():
        tenant = create_tenant(division=place.division, domain=place.host)
        with tenant_context(tenant):
            fill_tenant(tenant, today=timezone.localdate())
    return Filled(tenant.name, (timezone.now() - began).total_seconds())


def fill_tenant(tenant: Tenant, *, today: date) -> None:
    """Everything a visitor finds; the same for the same tenant and day."""
    rng = random.Random(tenant.division_code)  # noqa: S311  (sample data, not secrets)
    with listings.collecting():
        for fill in _fillers():
            fill(tenant=tenant, today=today, rng=rng)
    # Much of it was written in bulk, of which no signal tells.
    drift.write_all()


def _fillers() -> list[Callable[..., Any]]:
    """In the order in which they need each other."""
    from portal.demo import asked, content, designs, directory, honours, people, projects, service, stories, ventures

    return [
        people.fill,
        content.fill,
        projects.fill,
        designs.fill,
        service.fill,
        asked.fill,
        honours.fill,
        ventures.fill,
        directory.fill,
        stories.fill,
    ]


def _make_operator() -> None:
    from portal.accounts.models import User
    from portal.demo.people import PASSWORD

    if not User.objects.filter(username="operator").exists():
        User.objects.create_superuser("operator", "operator@example.org", PASSWORD, name="平台运维（示例）")
