"""What search may know of stories: what their pages say, for as long as every consent holds."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from portal.core.days import long_day
from portal.core.listed import PLACE, earliest, end_of, lines, place_names, start_of, stream_text, told
from portal.core.listed_pages import declare_pages
from portal.core.models import Brand, Division
from portal.stories.models import Consent, StoryFact, StoryIndexPage, StoryPage, StoryPerson
from portal.stories.queries import visible_stories
from search.documents import Document
from search.registry import Declaration, not_listed


def listed_stories() -> QuerySet[StoryPage]:
    """With everything that `documents` reads, in five queries."""
    found = visible_stories().defer(None).select_related("brand", PLACE)
    return found.prefetch_related("people", "facts", "consent_uses__consent")


def documents(story: StoryPage) -> Iterator[Document]:
    """One story, with the people in it as they are shown."""
    people = [f"{person.name} {person.role}".strip() for person in story.people.all()]
    facts = [lines(str(fact), fact.note) for fact in story.facts.all()]
    yield Document(
        url=story.address,
        title=story.title,
        summary=story.summary,
        body=lines(stream_text(story.body), story.picture_caption, *facts, *people),
        keywords=place_names(story.division),
        place="·".join(told(story.division.name, story.venue)),
        shown={"beside": [story.division.name, long_day(story.date)], "facts": told(story.venue)},
        division_code=story.division.code,
        brand=story.brand.name if story.brand else "",
        published_on=story.date,
        visible_until=earliest([story.expire_at, *_ends(story)]),
    )


def _ends(story: StoryPage) -> Iterator[dt.datetime]:
    """When one of the consents does not hold any more."""
    for use in story.consent_uses.all():
        yield end_of(use.consent.valid_until)
        if use.consent.withdrawn_on:
            yield start_of(use.consent.withdrawn_on)


declare_pages(
    Declaration(
        kind="story",
        label=gettext_lazy("案例"),
        model=StoryPage,
        public=listed_stories,
        documents=documents,
        depends={
            StoryPerson: lambda person: [person.page_id],
            StoryFact: lambda fact: [fact.page_id],
            Consent: lambda consent: StoryPage.objects.filter(consent_uses__consent=consent),
            Brand: lambda brand: StoryPage.objects.filter(brand=brand),
            Division: lambda place: StoryPage.objects.filter(division__code__startswith=place.prefix),
        },
    )
)
not_listed(StoryIndexPage)
