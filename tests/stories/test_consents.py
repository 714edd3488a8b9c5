"""No elder, no minor and no recognisable face without a consent that holds today."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from certificates.wording import long_date
from portal.stories.enums import PersonKind
from portal.stories.models import ConsentUse, StoryPage, StoryPerson
from portal.stories.queries import ending_consents, latest_stories, stories_without_consent, visible_stories
from portal.stories.rules import ConsentMissing
from tests.factories.stories import make_consent, make_picture, make_story

DAY = dt.timedelta(days=1)


def elder(**over: Any) -> StoryPerson:
    return StoryPerson(**{"name": "张奶奶", "kind": PersonKind.ELDER, **over})


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (PersonKind.ELDER, "张奶奶（老人）还没有同意书。请补录，或者去掉姓名。"),
        (PersonKind.MINOR, "张奶奶（未成年人）还没有同意书。请补录，或者去掉姓名。"),
    ],
)
def test_an_elder_or_a_minor_is_not_named_without_a_consent(tenant_a: Any, kind: str, message: str) -> None:
    with pytest.raises(ConsentMissing) as refused:
        make_story(people=[elder(kind=kind)])
    assert refused.value.messages == [message]
    assert StoryPage.objects.count() == 0


def test_an_adult_needs_none(tenant_a: Any) -> None:
    assert make_story(people=[elder(kind=PersonKind.ADULT)]).live


def test_a_draft_may_wait_for_its_consents(tenant_a: Any) -> None:
    assert make_story(live=False, people=[elder()]).pk


@pytest.mark.parametrize("publish", ["revision", "save"])
def test_no_way_of_publishing_goes_past_the_rule(tenant_a: Any, publish: str) -> None:
    story = make_story(live=False, people=[elder()])
    revision = story.save_revision()
    story.live = True
    with pytest.raises(ConsentMissing):
        {"revision": revision.publish, "save": story.save}[publish]()
    assert not StoryPage.objects.get(pk=story.pk).live


def test_a_published_text_stays_as_it_is_when_its_next_version_lacks_a_consent(tenant_a: Any) -> None:
    story = make_story()
    story.people = [elder()]
    revision = story.save_revision()
    with pytest.raises(ConsentMissing):
        revision.publish()
    assert list(StoryPage.objects.get(pk=story.pk).people.all()) == []


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ({"given_on": 1, "valid_until": 9}, "张奶奶的同意书从{from}起才有效。"),
        ({"given_on": -9, "valid_until": -1}, "张奶奶的同意书{until}到期。请续签后再发布。"),
        (
            {"given_on": -9, "valid_until": 9, "withdrawn_on": 0},
            "张奶奶已经撤回同意。请去掉姓名和照片，或者重新取得同意。",
        ),
    ],
)
def test_a_consent_that_does_not_hold_today_is_named_with_its_reason(
    tenant_a: Any, days: dict[str, int], message: str
) -> None:
    today = timezone.localdate()
    consent = make_consent(**{name: today + DAY * number for name, number in days.items()})
    with pytest.raises(ConsentMissing) as refused:
        make_story(people=[elder(consent=consent)])
    words = {"from": long_date(consent.given_on), "until": long_date(consent.valid_until)}
    assert refused.value.messages == [message.format(**words)]


def test_the_last_day_of_a_consent_still_counts(tenant_a: Any) -> None:
    consent = make_consent(valid_until=timezone.localdate())
    assert make_story(people=[elder(consent=consent)]).live


def test_a_picture_needs_a_consent_or_the_word_that_nobody_can_be_recognised(tenant_a: Any) -> None:
    picture = make_picture()
    block = {"image": picture, "caption": "", "nobody": False, "consents": []}
    with pytest.raises(ConsentMissing) as refused:
        make_story(body=[("picture", block)])
    assert refused.value.messages == ["第1张图（阳台）还没有同意书。画面里没有认得出的人，就勾上那一项。"]
    assert make_story(body=[("picture", {**block, "nobody": True})]).live
    assert make_story(body=[("picture", {**block, "consents": [make_consent()]})]).consent_uses.count() == 1


def test_the_picture_at_the_head_needs_the_same(tenant_a: Any) -> None:
    picture = make_picture()
    with pytest.raises(ConsentMissing):
        make_story(picture=picture)
    assert make_story(picture=picture, picture_nobody=True).live
    consent = make_consent()
    assert make_story(picture=picture, picture_consents=[consent]).consent_uses.get().consent == consent


def test_a_story_is_hidden_on_the_day_after_its_consent_has_ended(tenant_a: Any, client_for: Any) -> None:
    consent = make_consent(valid_until=timezone.localdate())
    story = make_story(people=[elder(consent=consent)])
    assert [page.pk for page in latest_stories(3)] == [story.pk]

    tomorrow = timezone.localdate() + DAY
    assert list(visible_stories(tomorrow)) == []
    assert list(stories_without_consent(tomorrow)) == [story]

    type(consent).objects.update(valid_until=timezone.localdate() - DAY)
    assert latest_stories(3) == []
    assert client_for(tenant_a).get(f"/stories/{story.slug}/").status_code == 404


def test_a_withdrawn_consent_hides_every_story_that_stands_on_it_at_once(tenant_a: Any) -> None:
    consent = make_consent()
    one, other = (make_story(people=[elder(consent=consent)]) for _ in range(2))
    bystander = make_story()
    consent.withdrawn_on = timezone.localdate()
    consent.save()
    assert [page.pk for page in visible_stories()] == [bystander.pk]
    assert set(stories_without_consent(timezone.localdate())) == {one, other}


def test_uses_follow_what_is_published(tenant_a: Any) -> None:
    old, new = make_consent(), make_consent()
    story = make_story(people=[elder(consent=old)])
    story.people = [elder(consent=new)]
    story.save_revision().publish()
    assert [use.consent for use in ConsentUse.objects.filter(story=story)] == [new]


def test_consents_that_end_soon_are_listed_while_a_published_story_stands_on_them(tenant_a: Any) -> None:
    today = timezone.localdate()
    soon = make_consent(valid_until=today + DAY * 20)
    make_story(people=[elder(consent=soon)])
    make_story(people=[elder(consent=make_consent(valid_until=today + DAY * 40))])
    make_consent(valid_until=today + DAY * 5)  # no story stands on it
    make_story(live=False, people=[elder(consent=make_consent(valid_until=today + DAY * 5))])
    assert list(ending_consents(today=today, days=30)) == [soon]


@pytest.mark.parametrize(
    ("constraint", "over"),
    [
        ("consent_guardian", {"kind": PersonKind.MINOR}),
        ("consent_period", {"valid_until": dt.date(2000, 1, 1)}),
        ("consent_withdrawn", {"withdrawn_on": dt.date(2000, 1, 1)}),
    ],
)
def test_the_database_refuses_a_consent_that_is_none(tenant_a: Any, constraint: str, over: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_consent(**over)
