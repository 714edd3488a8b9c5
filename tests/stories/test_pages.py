"""The public pages of stories."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.models import PageViewRestriction

from portal.core.models import Division
from portal.stories.enums import PersonKind
from portal.stories.models import StoryFact, StoryIndexPage, StoryPerson
from portal.stories.queries import latest_stories
from tests.cast import ROLES
from tests.counting import own_queries
from tests.factories.projects import make_brand, make_project
from tests.factories.stories import make_consent, make_picture, make_story

# Eight and ten of these are Wagtail's way through the tree to the page.
LIST, PAGE, LATEST = 15, 19, 3


def titles(response: Any) -> list[str]:
    return [story.title for story in response.context["rows"]]


def test_the_list_shows_what_is_published_here_and_nothing_else(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    make_story(title="和平的故事")
    make_story(title="草稿的故事", live=False)
    hidden = make_story(title="内部的故事")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    with tenant_context(tenant_b):
        make_story(title="南宁的故事")
    assert titles(client_for(tenant_a).get("/stories/")) == ["和平的故事"]
    assert [story.title for story in latest_stories(5)] == ["和平的故事"]


@pytest.mark.parametrize("role", ["", *ROLES])
def test_a_draft_is_not_found_by_anybody(tenant_a: Any, client_for: Any, role: str) -> None:
    make_story(slug="draft", live=False)
    assert client_for(tenant_a, role).get("/stories/draft/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["新的", "旧的"]),
        ("brand=cuncaoxin", ["新的"]),
        ("division=120101002", ["旧的"]),
        ("year=2020", ["旧的"]),
        ("q=象棋", ["旧的"]),
        ("q=张奶奶", ["新的"]),
        ("q=劝业场", ["新的"]),
        ("q=没有这个词", []),
        ("q=paragraph", []),
        ("brand=none&division=x&year=y&page=99", ["新的", "旧的"]),
    ],
)
def test_filters_stand_in_the_address(tenant_a: Any, client_for: Any, query: str, found: list[str]) -> None:
    person = StoryPerson(name="张奶奶", kind=PersonKind.ELDER, consent=make_consent())
    make_story(title="新的", brand=make_brand(), people=[person], body=[])
    make_story(title="旧的", date=dt.date(2020, 10, 25), division=Division.objects.get(code="120101002"))
    assert titles(client_for(tenant_a).get(f"/stories/?{query}")) == found


def test_an_empty_list_says_why_and_a_narrow_one_how_to_widen_it(tenant_a: Any, client_for: Any) -> None:
    client = client_for(tenant_a)
    assert "还没有写好的案例" in client.get("/stories/").content.decode()
    make_story()
    assert "没有符合这些条件的案例" in client.get("/stories/?q=无").content.decode()


def test_the_page_tells_people_place_project_and_who_answers_for_it(tenant_a: Any, client_for: Any) -> None:
    project = make_project(title="302房间找一位室友")
    until = timezone.localdate() + dt.timedelta(days=90)
    story = make_story(
        people=[
            StoryPerson(name="张奶奶", role="住在三楼", kind=PersonKind.ELDER, consent=make_consent(valid_until=until))
        ],
        facts=[StoryFact(label="陪伴", value="263小时", note="抵租时长")],
        project=project,
        venue="示例第一养老院",
        contributor="示例社工站",
        picture=make_picture(),
        picture_nobody=True,
        picture_caption="晚饭后的阳台",
        body=[("paragraph", "<p>下象棋。</p>"), ("quote", {"text": "棋太臭，留下练。", "source": "三楼的老人"})],
    )
    page = client_for(tenant_a).get(f"/stories/{story.slug}/").content.decode()
    told = [
        "张奶奶",
        "住在三楼",
        "263小时",
        "示例第一养老院",
        "供稿：示例社工站",
        "编辑：甲",
        "初审：乙",
        "棋太臭，留下练。",
    ]
    shown = ["晚饭后的阳台", 'alt="阳台上的两只小凳"', project.get_absolute_url()]
    assert [words for words in (*told, *shown) if words not in page] == []
    assert "同意书有效期至" in page


def test_an_unpublished_project_is_not_named(tenant_a: Any, client_for: Any) -> None:
    story = make_story(project=make_project(title="没有发布的项目", live=False))
    assert "没有发布的项目" not in client_for(tenant_a).get(f"/stories/{story.slug}/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(tenant_a: Any, client_for: Any, number: int) -> None:
    for _ in range(number):
        make_story(brand=make_brand(), picture=make_picture(), picture_nobody=True)
    assert own_queries(client_for(tenant_a), "/stories/") == LIST


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_whatever_stands_in_it(tenant_a: Any, client_for: Any, number: int) -> None:
    people = [StoryPerson(name=f"示例{n}", kind=PersonKind.ELDER, consent=make_consent()) for n in range(number)]
    facts = [StoryFact(label="时间", value=str(n)) for n in range(number)]
    for _ in range(number):
        make_story(brand=make_brand())
    story = make_story(people=people, facts=facts, project=make_project(), brand=make_brand())
    assert own_queries(client_for(tenant_a), f"/stories/{story.slug}/") == PAGE


@pytest.mark.parametrize("number", [1, 3])
def test_the_home_page_gets_its_stories_for_three_queries(
    tenant_a: Any, django_assert_num_queries: Any, number: int
) -> None:
    for _ in range(number):
        make_story(picture=make_picture(), picture_nobody=True)
    with django_assert_num_queries(LATEST):
        assert len(latest_stories(3)) == number


def test_every_tenant_has_the_list_of_stories(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    for tenant in (tenant_a, tenant_b):
        with tenant_context(tenant):
            assert StoryIndexPage.objects.get().slug == "stories"
        assert client_for(tenant).get("/stories/").status_code == 200
