"""What the page of one story shows; asked by the public view and by the preview of a draft."""

import datetime as dt
from typing import Any

from django.db.models import Min
from django.utils import timezone

from portal.stories import rules
from portal.stories.models import StoryPage
from portal.stories.queries import similar_stories

OTHERS = 2


def story_context(story: StoryPage, *, preview: bool) -> dict[str, Any]:
    """Facts, people, credits, the way back to the project; in a preview what still forbids publication."""
    lacking = rules.lacking(story, on=timezone.localdate()) if preview else []
    return {
        "facts": list(story.facts.all()),
        "people": list(story.people.all()),
        "credits": story.credits,
        "until": first_end(story, preview=preview),
        "project": story.project if story.project is not None and story.project.live else None,
        "others": similar_stories(story, OTHERS),
        "lacking": " ".join(lacking),
    }


def first_end(story: StoryPage, *, preview: bool) -> dt.date | None:
    """The day on which the first of its consents ends: what is published asks once, a draft its parts."""
    if preview:
        return min((consent.valid_until for consent in rules.consents_of(story)), default=None)
    return story.consent_uses.aggregate(end=Min("consent__valid_until"))["end"]
