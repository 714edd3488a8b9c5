"""Reads of stories. Drafts, pages behind a restriction, and stories whose consent has ended never leave it."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from portal.core.models import Brand, Division, SiteImage
from portal.core.queries import for_everybody
from portal.core.templatetags.pictures import SHAPES
from portal.finding.words import Words
from portal.stories.models import Consent, ConsentUse, StoryPage


def visible_stories(today: Any = None) -> QuerySet[StoryPage]:
    """What everybody may read today (a date, or `Given` as one), newest first, with brand and place."""
    ended = ConsentUse.objects.filter(
        Consent.not_holding(today or timezone.localdate(), "consent__"), story=OuterRef("pk")
    )
    found = for_everybody(StoryPage.objects.all()).filter(~Exists(ended))
    return found.select_related("brand", "division").defer("body").order_by("-date", "-pk")


def latest_stories(number: int) -> list[StoryPage]:
    """The newest stories, for the home page: three queries, however many."""
    return list(with_pictures(visible_stories())[:number])


def find_stories(
    *, brand: Brand | None = None, place: Division | None = None, year: int | None = None, words: Words | None = None
) -> QuerySet[StoryPage]:
    """Visible stories of a brand, within a place, of a year, that the site's search finds for the words."""
    found = visible_stories()
    if brand is not None:
        found = found.filter(brand=brand)
    if place is not None:
        found = found.filter(division__code__startswith=place.prefix)
    if year:
        found = found.filter(date__year=year)
    return found.filter(words.within()) if words else found


def with_pictures(stories: QuerySet[StoryPage]) -> QuerySet[StoryPage]:
    """The same with the pictures in the widths that lists show: two queries, however many."""
    pictures = SiteImage.objects.prefetch_renditions(*SHAPES["photo"])
    return stories.prefetch_related(Prefetch("picture", queryset=pictures))


def where_and_when() -> tuple[list[Division], list[int]]:
    """The places of the visible stories by code, and their years, newest first. Two queries."""
    told = list(visible_stories().order_by().values_list("division", "date"))
    places = Division.objects.filter(pk__in={place for place, _date in told}).order_by("code")
    return list(places), sorted({date.year for _place, date in told}, reverse=True)


def similar_stories(story: StoryPage, number: int) -> list[StoryPage]:
    """Others to read next: those of the same brand first, then the newest."""
    others = list(visible_stories().exclude(pk=story.pk)[: number * 6])
    others.sort(key=lambda other: other.brand_id != story.brand_id)
    return others[:number]


def stories_of(project: Any) -> QuerySet[StoryPage]:
    """Visible stories that tell of a project."""
    return visible_stories().filter(project=project)


def ending_consents(*, today: dt.date, days: int) -> QuerySet[Consent]:
    """Consents on which a published story stands and which end within `days`, or have ended; soonest first."""
    used = ConsentUse.objects.filter(consent=OuterRef("pk"), story__live=True)
    soon = Q(valid_until__lt=today + dt.timedelta(days=days)) | Q(withdrawn_on__lte=today)
    return Consent.objects.filter(soon, Exists(used)).order_by("valid_until", "pk")


def stories_without_consent(today: dt.date) -> QuerySet[StoryPage]:
    """Published stories of which a consent does not hold today: already invisible, to be unpublished."""
    ended = ConsentUse.objects.filter(Consent.not_holding(today, "consent__"), story=OuterRef("pk"))
    return StoryPage.objects.filter(Exists(ended), live=True)
