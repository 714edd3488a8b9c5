"""A story is found while every consent holds, and not a day longer."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.core.listed import end_of, start_of
from portal.stories.models import StoryFact, StoryPage, StoryPerson
from tests.factories.projects import make_brand
from tests.factories.stories import make_consent, make_story
from tests.search.listed import listed, only


def with_elder(**over: Any) -> StoryPage:
    consent = make_consent(**over)
    elder = StoryPerson(name="张奶奶", role="住在302房间", kind="elder", consent=consent)
    return make_story(people=[elder], brand=make_brand(), venue="示例第一养老院")


def test_a_story_says_what_its_page_says(tenant_a: Any) -> None:
    story = make_story(facts=[StoryFact(label="陪伴", value="263小时", note="半年")], venue="示例第一养老院")
    listing = only("story")
    assert (listing.url, listing.title, listing.published_on) == (story.address, story.title, story.date)
    assert "点得最多的是下象棋。" in listing.body
    assert "陪伴 263小时" in listing.body
    assert listing.place == f"{story.division.name}·示例第一养老院"
    assert listing.visible_until is None


def test_it_ends_with_the_first_consent_that_ends(tenant_a: Any) -> None:
    today = timezone.localdate()
    story = with_elder(valid_until=today + timedelta(days=40))
    assert "张奶奶 住在302房间" in only("story").body
    assert only("story").visible_until == end_of(today + timedelta(days=40))
    consent = story.people.get().consent
    assert consent is not None
    consent.withdrawn_on = today + timedelta(days=3)
    consent.save()
    assert (only("story").visible_until, only("story").stale_at) == (start_of(today + timedelta(days=3)),) * 2


def test_a_consent_that_is_withdrawn_today_takes_it_away_and_a_longer_one_brings_it_back(tenant_a: Any) -> None:
    consent = with_elder().people.get().consent
    assert consent is not None
    consent.withdrawn_on = timezone.localdate()
    consent.save()
    assert listed("story") == []
    consent.withdrawn_on = None
    consent.save()
    assert len(listed("story")) == 1


def test_reviewers_and_editors_are_not_searched(tenant_a: Any) -> None:
    make_story(editor="端木编", first_reviewer="端木审", contributor="端木稿")
    assert "端木" not in only("story").body + only("story").vector


def test_a_person_renamed_in_the_story_is_renamed_in_search(tenant_a: Any) -> None:
    story = with_elder()
    person = story.people.get()
    person.name = "张某"
    person.save()
    assert "张奶奶" not in only("story").body
