"""Takes stories off the site when a consent ends, and keeps scheduled ones from going live without."""

import datetime as dt
from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Revision

from portal.accounts.roles import Role
from portal.notices.domain import notify, say
from portal.stories import rules
from portal.stories.models import StoryPage
from portal.stories.queries import stories_without_consent


def unpublish_ended(*, today: dt.date) -> list[StoryPage]:
    """Unpublish what nobody can see any more, and tell the publicists. Repeatable."""
    with transaction.atomic():
        ended = list(stories_without_consent(today))
        for story in ended:
            story.unpublish()
            _tell(story, lambda title: _("案例“%(title)s”不再公开") % {"title": title}, today=today)
    return ended


def hold_back_scheduled(*, now: dt.datetime, today: dt.date) -> list[StoryPage]:
    """Cancel the schedule of stories that are due but lack a consent: publishing them would fail every minute."""
    held = []
    with transaction.atomic():
        kind = ContentType.objects.get_for_model(StoryPage)
        for revision in Revision.objects.filter(content_type=kind, approved_go_live_at__lte=now):
            story = revision.as_object()
            if rules.lacking(story, on=today):
                revision.approved_go_live_at = None
                revision.save(update_fields=["approved_go_live_at"])
                _tell(story, lambda title: _("案例“%(title)s”没有按时发布") % {"title": title}, today=today)
                held.append(story)
    return held


def _tell(story: StoryPage, subject: Callable[[str], str], *, today: dt.date) -> None:
    said = say(lambda: (subject(story.title), "\n".join(rules.lacking(story, on=today))))
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    for user in get_user_model().objects.filter(is_active=True, groups__name=Role.PUBLICIST):
        notify(user, said, url=url, kind="consent_ended")
