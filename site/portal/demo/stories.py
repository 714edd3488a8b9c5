"""Stories of a demo site: five published, one that waits for its consents; pictures drawn for this project."""

import random
import tomllib
from datetime import date, timedelta
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from django.core.files.images import ImageFile

from portal.core.models import Brand, Division, SiteImage
from portal.projects.models import Project
from portal.stories.models import Consent, StoryFact, StoryIndexPage, StoryPage, StoryPerson
from tenants.models import Tenant

_DATA = Path(__file__).with_name("data")
_PICTURE_TITLES = {"balcony": "阳台", "two-chairs": "窗前两把椅子", "lesson": "手机课堂", "lunch": "门把手上的饭盒"}


def fill(*, tenant: Tenant, today: date, rng: random.Random) -> None:
    """The samples of the programme, each place with its own streets and communities."""
    programme = "tianjin" if tenant.division_code.startswith("12") else "guangxi"
    index = StoryIndexPage.objects.get()
    communities = list(Division.objects.filter(level="community").select_related("parent").order_by("code"))
    brands = {brand.slug: brand for brand in Brand.objects.all()}
    projects = {project.brand_id: project for project in Project.objects.filter(live=True).order_by("-pk")}
    pictures: dict[str, SiteImage] = {}
    for number, sample in enumerate(samples()[programme]):
        community = communities[(number + rng.randrange(3)) % len(communities)]
        brand = brands.get(sample["brand"])
        story = StoryPage(**words(sample, tenant, community, today))
        story.brand = brand
        story.project = projects.get(brand.pk) if brand else None
        if "picture" in sample:
            story.picture = pictures.setdefault(sample["picture"], _picture(sample))
            story.picture_caption, story.picture_nobody = sample["caption"], True
        story.people = [_person(row, sample["ends"], today) for row in sample["people"]]
        story.facts = [StoryFact(label=row[0], value=row[1], note=row[2]) for row in sample["facts"]]
        story.slug = f"example-{number + 1}"
        index.add_child(instance=story)
    _waiting_story(index, communities[0], today)


@lru_cache(maxsize=1)
def samples() -> dict[str, list[dict[str, Any]]]:
    """The samples of both programmes."""
    with (_DATA / "stories.toml").open("rb") as file:
        return tomllib.load(file)


def words(sample: dict[str, Any], tenant: Tenant, community: Division, today: date) -> dict[str, Any]:
    """The fields of a story, as its sample says them of this community."""
    assert community.parent is not None
    names = {"place": tenant.short_name, "street": community.parent.name, "community": community.name}
    return {
        "title": sample["title"],
        "summary": sample["summary"],
        "date": today + timedelta(days=sample["day"]),
        "division": community.parent,
        "venue": sample["venue"].format(**names),
        "body": [_block(kind, *rest, names=names) for kind, *rest in sample["body"]],
        "contributor": sample["contributor"].format(**names),
        "editor": "吴静（示例）",
        "first_reviewer": "郑红（示例）",
        "second_reviewer": "林涛（示例）",
        "final_reviewer": "周敏（示例）",
    }


def _block(kind: str, text: str, source: str = "", *, names: dict[str, str]) -> tuple[str, Any]:
    text = text.format(**names)
    if kind == "q":
        return "quote", {"text": text, "source": source}
    tag = "h2" if kind == "h" else "p"
    return "paragraph", f"<{tag}>{escape(text)}</{tag}>"


def _person(row: list[str], ends: int, today: date) -> StoryPerson:
    name, kind, role = row
    consent = None
    if kind != "adult":
        consent = Consent.objects.create(
            person=name,
            kind=kind,
            given_on=today - timedelta(days=60),
            valid_until=today + timedelta(days=ends),
            guardian="监护人（示例）" if kind == "minor" else "",
            note="示例，没有真实的同意书。",
        )
    return StoryPerson(name=name, kind=kind, role=role, consent=consent)


def _picture(sample: dict[str, Any]) -> SiteImage:
    name = sample["picture"]
    with (_DATA / "pictures" / f"{name}.png").open("rb") as file:
        return SiteImage.objects.create(
            title=f"{_PICTURE_TITLES[name]}（示例插图）", alternative=sample["alt"], file=ImageFile(file, f"{name}.png")
        )


def _waiting_story(index: StoryIndexPage, community: Division, today: date) -> None:
    """A draft that cannot be published yet, so that the publicist sees why."""
    draft = StoryPage(
        title="等一张同意书",
        slug="example-draft",
        live=False,
        summary="写好了，照片里的老人还没有签同意书，所以还不能发布。",
        date=today,
        division=community.parent,
        body=[("paragraph", "<p>这一篇是草稿示例：补上同意书，才能发布。</p>")],
        editor="吴静（示例）",
    )
    draft.people = [StoryPerson(name="示例老人赵奶奶", kind="elder", role="还没有同意书")]
    index.add_child(instance=draft)
