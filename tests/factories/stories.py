"""Stories, consents and pictures for tests, in the current tenant."""

from datetime import timedelta
from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image

from portal.core.models import Division, SiteImage
from portal.stories.models import Consent, StoryIndexPage, StoryPage

_numbers = count(1)


def make_consent(**over: Any) -> Consent:
    """An elder's consent, given a month ago, for a year."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "person": "张奶奶",
        "given_on": today - timedelta(days=30),
        "valid_until": today + timedelta(days=335),
        **over,
    }
    return Consent.objects.create(**values)


def make_picture(**over: Any) -> SiteImage:
    """A small plain picture."""
    stream = BytesIO()
    Image.new("RGB", (60, 40), "#8c2730").save(stream, "PNG")
    values = {"title": "阳台", "alternative": "阳台上的两只小凳", **over}
    return SiteImage.objects.create(file=ImageFile(stream, name="balcony.png"), **values)


def make_story(**over: Any) -> StoryPage:
    """A published story under /stories/, without people and pictures; `people` and `facts` are lists of children."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "title": f"302房间的灯{number}",
        "slug": f"story-{number}",
        "summary": "半年后，续约与否，由楼里的老人说了算。",
        "body": [("paragraph", "<p>点得最多的是下象棋。</p>")],
        "editor": "甲",
        "first_reviewer": "乙",
        **over,
    }
    if "division" not in values:
        values["division"] = Division.objects.filter(level="street").first() or Division.objects.get()
    children = {name: values.pop(name, []) for name in ("people", "facts", "picture_consents")}
    story = StoryPage(**values)
    for name, rows in children.items():
        setattr(story, name, rows)
    StoryIndexPage.objects.get().add_child(instance=story)
    return story
