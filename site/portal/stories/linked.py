"""A story in words of schema.org: an article, without the names of people."""

from typing import Any

from portal.core.linked_data import describes
from portal.stories.models import StoryPage


@describes(StoryPage)
def article(story: StoryPage) -> dict[str, Any]:
    """What the head of the page says."""
    return {
        "@type": "Article",
        "headline": story.title,
        "description": story.summary,
        "url": story.address,
        "datePublished": story.date,
        "dateModified": story.last_published_at,
        "about": story.brand.name if story.brand else "",
    }
