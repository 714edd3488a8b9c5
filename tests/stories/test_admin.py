"""Stories and consents in the Wagtail admin."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.documents.models import Document
from wagtail.models import Collection, Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from portal.core.models import Division
from portal.core.waiting import waiting_for
from portal.notices.models import Notice
from portal.stories import rules
from portal.stories.domain import hold_back_scheduled, unpublish_ended
from portal.stories.enums import PersonKind
from portal.stories.models import Consent, StoryIndexPage, StoryPage, StoryPerson
from portal.stories.seeding import CONSENTS
from tests.cast import ROLES, person
from tests.factories.stories import make_consent, make_picture, make_story

CONSENT_LIST = "/cms/snippets/stories/consent/"
DAY = dt.timedelta(days=1)


def add_url() -> str:
    return f"/cms/pages/add/stories/storypage/{StoryIndexPage.objects.get().pk}/"


def form(**over: Any) -> dict[str, Any]:
    people = over.pop("people", [])
    values = {
        "title": "302房间的灯",
        "slug": "lights",
        "date": "2026-10-08",
        "division": str(Division.objects.filter(level="street").first().pk),
        "body": streamfield([("paragraph", rich_text("<p>下象棋。</p>"))]),
        "editor": "甲",
        "first_reviewer": "乙",
        "people": inline_formset(people),
        "facts": inline_formset([]),
        "comments": inline_formset([]),
        **over,
    }
    return nested_form_data(values)


def elder(consent: Consent | None) -> dict[str, str]:
    return {"name": "张奶奶", "kind": "elder", "role": "", "consent": str(consent.pk) if consent else ""}


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_who_begins_stories_and_who_sees_consents(tenant_a: Any, client_for: Any, role: str) -> None:
    client = client_for(tenant_a, role)
    assert (client.get(add_url()).status_code == 200) == (role in {"officer", "publicist"})
    assert (client.get(CONSENT_LIST).status_code == 200) == (role in {"officer", "publicist", "reviewer"})


def test_the_rules_say_the_same(tenant_a: Any) -> None:
    table = {
        rule: [role for role in ROLES if getattr(rules, rule)(person(role))]
        for rule in ("may_write", "may_publish", "may_see_consents")
    }
    assert table == {
        "may_write": ["officer", "publicist"],
        "may_publish": ["officer", "reviewer"],
        "may_see_consents": ["officer", "publicist", "reviewer"],
    }


@pytest.mark.parametrize("role", ["officer", "publicist"])
def test_nobody_publishes_what_they_wrote(tenant_a: Any, client_for: Any, role: str) -> None:
    client = client_for(tenant_a, role)
    data = {**form(people=[elder(make_consent())]), "action-publish": "action-publish"}
    assert client.post(add_url(), data).status_code == 302
    story = StoryPage.objects.get()
    assert (story.live, story.people.get().name) == (False, "张奶奶")
    client.post(f"/cms/pages/{story.pk}/edit/", data)
    client.post(f"/cms/bulk/wagtailcore/page/publish/?id={story.pk}&next=/cms/")
    assert not StoryPage.objects.get().live


@pytest.mark.parametrize(("role", "live"), [("officer", False), ("reviewer", True)])
def test_what_an_officer_hands_in_another_approves(tenant_a: Any, client_for: Any, role: str, live: bool) -> None:
    data = {**form(people=[elder(make_consent())]), "action-submit": "1"}
    assert client_for(tenant_a, "officer").post(add_url(), data).status_code == 302
    story = StoryPage.objects.get()
    task = story.current_workflow_state.current_task_state
    client = client_for(tenant_a, role)
    page = client.post(f"/cms/pages/workflow/action/{story.pk}/approve/{task.pk}/", follow=True).content.decode()
    story.refresh_from_db()
    assert (story.live, "自己写的案例不能自己审" in page) == (live, not live)
    assert story.current_workflow_state is None or story.current_workflow_state.status == "in_progress"


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"people": [elder(None)]}, "张奶奶（老人）还没有同意书"),
        ({"division": ""}, "这一项还没有填。"),
        ({"editor": ""}, "还没写编辑是谁。"),
        ({"first_reviewer": ""}, "还没写谁审的"),
        ({"first_reviewer": "甲"}, "甲不能自己编、自己审。"),
    ],
)
def test_the_form_says_what_still_forbids_publication(
    tenant_a: Any, client_for: Any, over: dict[str, Any], message: str
) -> None:
    response = client_for(tenant_a, "publicist").post(add_url(), {**form(**over), "action-submit": "1"})
    assert response.status_code == 200
    assert message in response.content.decode()
    assert StoryPage.objects.count() == 0


def test_a_draft_may_be_saved_without_any_of_it(tenant_a: Any, client_for: Any) -> None:
    data = form(people=[elder(None)], editor="", first_reviewer="", division="")
    client = client_for(tenant_a, "publicist")
    assert client.post(add_url(), data).status_code == 302
    story = StoryPage.objects.get()
    assert (story.live, story.division) == (False, None)
    assert client.get(f"/cms/pages/{story.pk}/view_draft/").status_code == 200
    assert client.get("/cms/stories/").status_code == 200


def test_an_approval_without_consent_becomes_a_message(tenant_a: Any, client_for: Any) -> None:
    story = make_story(live=False, people=[StoryPerson(name="张奶奶", kind=PersonKind.ELDER)])
    story.save_revision()
    client = client_for(tenant_a, "officer")
    response = client.post(f"/cms/bulk/wagtailcore/page/publish/?id={story.pk}&next=/cms/", follow=True)
    assert "张奶奶（老人）还没有同意书" in response.content.decode()
    assert not StoryPage.objects.get().live


def test_a_reviewer_who_mends_a_word_approves_what_they_mended(tenant_a: Any, client_for: Any) -> None:
    data = {**form(), "action-submit": "1"}
    assert client_for(tenant_a, "publicist").post(add_url(), data).status_code == 302
    story, mended = StoryPage.objects.get(), {**form(title="302房间的灯亮了"), "action-workflow-action": "true"}
    edit = f"/cms/pages/{story.pk}/edit/"
    locked = client_for(tenant_a, "publicist").post(edit, form(title="改过的"))
    assert (locked.status_code, StoryPage.objects.get().latest_revision.object_str) == (200, "302房间的灯")
    client_for(tenant_a, "reviewer").post(edit, {**mended, "workflow-action-name": "approve"})
    story.refresh_from_db()
    assert (story.live, story.title) == (True, "302房间的灯亮了")


def test_a_consent_shelf_is_closed_to_everybody_else(tenant_a: Any, client_for: Any) -> None:
    paper = Document.objects.create(
        title="同意书", file=ContentFile(b"paper", "paper.txt"), collection=Collection.objects.get(name=CONSENTS)
    )
    opened = []
    for role in ["", *ROLES]:
        response = client_for(tenant_a, role).get(paper.url)
        for close in response._resource_closers:  # response.close() would close the test's connection too
            close()
        opened += [role] if response.status_code == 200 else []
    assert opened == ["officer", "publicist", "reviewer"]


def test_a_consent_that_ended_takes_its_stories_down_and_tells_the_publicist(tenant_a: Any, tenant_b: Any) -> None:
    consent = make_consent()
    story = make_story(title="到期的故事", people=[StoryPerson(name="张奶奶", kind=PersonKind.ELDER, consent=consent)])
    other = make_story()
    assert unpublish_ended(today=consent.valid_until) == []
    assert unpublish_ended(today=consent.valid_until + DAY) == [story]
    assert unpublish_ended(today=consent.valid_until + DAY) == []
    assert set(StoryPage.objects.live()) == {other}
    notice = Notice.objects.get()
    assert (notice.user, notice.subject) == (person("publicist"), "案例“到期的故事”不再公开")
    with tenant_context(tenant_b):
        assert Notice.objects.count() == 0


def test_a_scheduled_story_without_consent_is_held_back_before_the_clock_publishes_it(tenant_a: Any) -> None:
    now = timezone.now()
    consent = make_consent()
    story = make_story(live=False, people=[StoryPerson(name="张奶奶", kind=PersonKind.ELDER, consent=consent)])
    story.go_live_at = now + DAY
    story.save_revision(approved_go_live_at=now + DAY)
    later, day = now + DAY * 2, timezone.localdate() + DAY * 2
    assert hold_back_scheduled(now=now, today=timezone.localdate()) == []
    Consent.objects.update(withdrawn_on=timezone.localdate())
    assert [held.pk for held in hold_back_scheduled(now=later, today=day)] == [story.pk]
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert Notice.objects.get().subject == f"案例“{story.title}”没有按时发布"


def test_consents_that_end_wait_for_those_who_write(tenant_a: Any) -> None:
    consent = make_consent(valid_until=timezone.localdate() + DAY * 5)
    make_story(people=[StoryPerson(name="张奶奶", kind=PersonKind.ELDER, consent=consent)])
    link = f"/cms/snippets/stories/consent/edit/{consent.pk}/"
    waiting = [role for role in ROLES if link in [item.url for item in waiting_for(person(role)).admin]]
    assert waiting == ["officer", "publicist"]


def test_the_preview_shows_the_draft_and_what_it_lacks(tenant_a: Any, client_for: Any) -> None:
    client = client_for(tenant_a, "publicist")
    client.post(add_url(), form(people=[elder(None)]))
    story = StoryPage.objects.get()
    page = client.get(f"/cms/pages/{story.pk}/view_draft/").content.decode()
    assert "302房间的灯" in page
    assert "张奶奶（老人）还没有同意书" in page


def test_the_table_of_stories_opens_with_its_filters(tenant_a: Any, client_for: Any) -> None:
    make_story(title="和平的故事", picture=make_picture(), picture_nobody=True)
    page = client_for(tenant_a, "publicist").get("/cms/stories/").content.decode()
    assert "和平的故事" in page


def test_the_table_of_consents_counts_their_uses(tenant_a: Any, client_for: Any) -> None:
    consent = make_consent()
    make_story(people=[StoryPerson(name="张奶奶", kind=PersonKind.ELDER, consent=consent)])
    response = client_for(tenant_a, "publicist").get(CONSENT_LIST)

    assert response.status_code == 200
    assert [row.used for row in response.context["page_obj"]] == [1]
