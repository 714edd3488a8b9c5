"""What a demo site publishes: projects, calls, stories, announcements, the directory, organisations."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import models

from portal.core import listed
from portal.core.days import long_day
from portal.core.enums import Participation, Recipient, ServiceKind
from portal.core.models import Division
from portal.core.programmes import programme_for
from portal.demo import content, directory, people, projects, stories, ventures
from portal.organisations.models import Organisation
from portal.projects.models import Project
from tenants.divisions import Division as Place
from tenants.divisions import divisions_within, find_division
from tenants.models import Tenant
from tests.search.judged.corpus import Text

_LABELS: dict[str, type[models.TextChoices]] = {
    "service_kinds": ServiceKind,
    "recipients": Recipient,
    "participation": Participation,
}


def texts(name: str, code: str, programme: str, *, today: date, rng: random.Random) -> Iterator[Text]:
    """Ids such as `project:heping:3`: in the order of the samples, from 1."""
    place = find_division(code)
    assert place is not None
    tenant = Tenant(name=place.full_name, short_name=place.name, division_code=code, level=place.level)
    divisions = _divisions(place)
    communities = people.communities_in([each for each in divisions if each.level == "street"])
    bodies = people.bodies_in(tenant, communities)
    divisions = sorted([*divisions, *communities], key=lambda each: each.code)
    yield from _brands(name, code)
    yield from _projects(name, tenant, programme, communities, bodies, today, rng)
    yield from _calls(name, tenant, programme, today)
    yield from _stories(name, tenant, programme, communities, today)
    for number, article in enumerate(content.articles(tenant, today), start=1):
        facts = [article["kind"].label, *article["body"], long_day(article["date"]), article["source"]]
        yield Text(f"article:{name}:{number}", article["title"], listed.lines(*map(str, facts)))
    yield from _directory(name, tenant, divisions)
    for key, body in bodies.items():
        facts = [
            body.get_kind_display(),
            body.address,
            body.contact_name,
            body.phone,
            *listed.place_names(body.division),
        ]
        yield Text(f"organisation:{name}:{key}", body.name, listed.lines(*facts))


def _divisions(place: Place) -> list[Division]:
    known: dict[str, Division] = {}
    for row in [place, *divisions_within(place)]:
        known[row.code] = Division(code=row.code, name=row.name, level=row.level, parent=known.get(row.parent))
    return list(known.values())


def _brands(name: str, code: str) -> Iterator[Text]:
    for brand in programme_for(code)["brands"]:
        yield Text(f"brand:{name}:{brand['slug']}", brand["name"], listed.lines(brand["tagline"], brand["description"]))


def _projects(
    name: str,
    tenant: Tenant,
    programme: str,
    communities: list[Division],
    bodies: dict[str, Organisation],
    today: date,
    rng: random.Random,
) -> Iterator[Text]:
    brands = {brand["slug"]: brand["name"] for brand in programme_for(tenant.division_code)["brands"]}
    for number, sample in enumerate(projects.samples(programme), start=1):
        key = sample["organiser"]
        community = bodies[key].division if key == "community" else communities[(number + rng.randrange(2)) % 6]
        words = projects.words(sample, community, key)
        project = Project(**words)
        coming = [today + timedelta(days=shift["day"]) for shift in sample["shifts"] if shift["day"] >= 0]
        labels = [label for field, kind in _LABELS.items() for label in listed.label_words(kind, words[field])]
        facts = [brands.get(sample["brand"], ""), bodies[key].name, project.venue, project.address, project.who_note]
        facts += [project.skills, project.contact_name, people.sample_phone(tenant, 99 + number)]
        facts += map(long_day, coming)
        said = listed.lines(project.summary, listed.plain(project.body), "，".join(labels), *facts)
        yield Text(f"project:{name}:{number}", project.title, said)


def _calls(name: str, tenant: Tenant, programme: str, today: date) -> Iterator[Text]:
    for number, sample in enumerate(ventures.announced(programme), start=1):
        call = ventures.call_of(sample, tenant, today, number)
        if not call.live:
            continue
        rich = [listed.plain(text) for text in (call.sought, call.eligibility, call.hand_in)]
        closes = f"截止：{long_day(call.closes_at.date())}"
        facts = [call.number, call.organiser, call.funds, call.term, closes, call.contact_name, call.contact_phone]
        yield Text(f"call:{name}:{sample['stage']}", call.title, listed.lines(call.summary, *rich, *facts))


def _stories(name: str, tenant: Tenant, programme: str, communities: list[Division], today: date) -> Iterator[Text]:
    brands = {brand["slug"]: brand["name"] for brand in programme_for(tenant.division_code)["brands"]}
    for number, sample in enumerate(stories.samples()[programme], start=1):
        story = stories.words(sample, tenant, communities[(number - 1) % len(communities)], today)
        body = [block if kind == "paragraph" else "\n".join(block.values()) for kind, block in story["body"]]
        facts = [brands.get(sample["brand"], ""), story["venue"], story["contributor"], long_day(story["date"])]
        said = [story["summary"], *map(listed.plain, body), *facts, *_told(sample)]
        yield Text(f"story:{name}:{number}", story["title"], listed.lines(*said))


def _told(sample: dict[str, Any]) -> list[str]:
    people_in_it = [f"{who}，{role}" for who, _kind, role in sample["people"]]
    return [*people_in_it, *(" ".join(fact) for fact in sample["facts"])]


def _directory(name: str, tenant: Tenant, divisions: list[Division]) -> Iterator[Text]:
    for number, row in enumerate(directory.entries_of(tenant, divisions), start=1):
        facts = [row["kind"].label, row.get("department", ""), row.get("offers", ""), row["address"], row["contact"]]
        facts += [row["phone"], row["hours"], *listed.place_names(row["division"])]
        yield Text(f"directory:{name}:{number}", row["name"], listed.lines(*map(str, facts)))
