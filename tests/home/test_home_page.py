"""The front page: what it counts, what it lists, and what that costs."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.models import PageViewRestriction, Site

from portal.core.models import Brand
from portal.home.enums import ArticleKind
from portal.home.models import ArticleIndexPage, ArticlePage, BrandPage, HomePage
from tests.factories.directory import make_entry
from tests.factories.projects import make_project, make_shift
from tests.factories.stories import make_story
from tests.factories.ventures import make_call


def article(title: str, **over: Any) -> ArticlePage:
    return ArticleIndexPage.objects.get().add_child(instance=ArticlePage(title=title, **over))


def soon(hours: float = 2) -> dt.datetime:
    return timezone.now() + dt.timedelta(hours=hours)


def home(client: Any) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_headline_counts_the_places_that_this_week_still_lacks(tenant_a: Any, client_for: Any) -> None:
    project = make_project()
    make_shift(project, places=4, taken=1, starts_at=soon())
    make_shift(project, places=10, taken=2, starts_at=soon(30))
    make_shift(project, places=50, starts_at=soon(24 * 9))
    page = home(client_for(tenant_a))

    assert "这一周，全区" in page
    assert '还差<span class="cells">11</span>双手。' in page
    assert "看全部3个班次" in page


def test_a_week_without_shifts_says_so_and_offers_the_next_step(tenant_a: Any, client_for: Any) -> None:
    page = home(client_for(tenant_a))

    assert "没有缺人的班次。" in page
    assert "这几天没有缺人的班次" in page
    assert "先注册成为志愿者" in page


def test_a_week_whose_places_are_all_taken_says_so(tenant_a: Any, client_for: Any) -> None:
    make_shift(make_project(), places=2, taken=2, starts_at=soon())

    assert "人手都齐了。" in home(client_for(tenant_a))


def test_nothing_of_another_tenant_stands_on_the_front_page(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    with tenant_context(tenant_b):
        make_shift(make_project(title="邕江边的合唱"), starts_at=soon())
        article("南宁的公告")
        make_story(title="南宁的案例")
        make_call(title="南宁的征集")
        make_entry()
    page = home(client_for(tenant_a))

    assert "邕江边的合唱" not in page
    assert not [word for word in ("南宁的公告", "南宁的案例", "南宁的征集", "找到对接人") if word in page]
    assert "没有缺人的班次。" in page


def test_drafts_and_restricted_pages_are_not_listed(tenant_a: Any, client_for: Any) -> None:
    article("看得见的公告")
    article("还没发的公告", live=False)
    hidden = article("只给同事看的公告")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    locked = BrandPage.objects.get(slug="wanglingjiao")
    PageViewRestriction.objects.create(page=locked, restriction_type=PageViewRestriction.PASSWORD, password="x")
    page = home(client_for(tenant_a))

    assert "看得见的公告" in page
    assert "还没发的公告" not in page
    assert "只给同事看的公告" not in page
    assert "忘龄交" not in page


def test_a_publicity_shows_its_last_day_and_not_its_first(tenant_a: Any, client_for: Any) -> None:
    article("星级名单公示", kind=ArticleKind.PUBLICITY, date=dt.date(2024, 10, 9), until=dt.date(2024, 10, 16))

    assert "至2024年10月16日（周三）" in home(client_for(tenant_a))


@pytest.mark.parametrize("items", [1, 3])
def test_the_front_page_costs_the_same_queries_with_one_and_three_of_everything(
    tenant_a: Any, client_for: Any, django_assert_num_queries: Any, items: int
) -> None:
    for number in range(items):
        make_shift(make_project(title=f"项目{number}"), starts_at=soon(2 + number * 24))
        article(f"公告{number}")
        make_story()
        make_call()
        make_entry()
    client = client_for(tenant_a)
    home(client)
    with django_assert_num_queries(HOME_QUERIES):
        home(client)


#: A literal on purpose: whoever adds a query to the busiest page has to change it here.
HOME_QUERIES = 15


def test_elder_mode_opens_four_doors(tenant_a: Any, client_for: Any) -> None:
    client = client_for(tenant_a)
    client.cookies["yl_mode"] = "elder"
    page = home(client)

    assert page.count("<b>我") == 2
    assert 'class="doors"' in page
    assert 'class="opening"' not in page


def test_stories_calls_and_places_of_the_directory_have_their_sections(tenant_a: Any, client_for: Any) -> None:
    story, call, entry = make_story(), make_call(), make_entry()
    page = home(client_for(tenant_a))

    assert story.address in page
    assert call.get_absolute_url() in page
    assert "20<small>天后截止</small>" in page
    assert f'href="/directory/?division={entry.division.code}"' in page


def test_a_brand_page_lists_its_own_shifts_and_stories_alone(tenant_a: Any, client_for: Any) -> None:
    ours, other = Brand.objects.get(slug="cuncaoxin"), Brand.objects.get(slug="shouzuqing")
    make_shift(make_project(title="少助老的班次", brand=ours), starts_at=soon())
    make_shift(make_project(title="老助老的班次", brand=other), starts_at=soon())
    make_story(title="少助老的案例", brand=ours)
    make_story(title="老助老的案例", brand=other)
    page = client_for(tenant_a).get("/brands/cuncaoxin/").content.decode()

    assert [word for word in ("少助老的班次", "少助老的案例", "老助老的班次", "老助老的案例") if word in page] == [
        "少助老的班次",
        "少助老的案例",
    ]


def test_a_front_page_behind_a_password_asks_for_it(tenant_a: Any, client_for: Any) -> None:
    page = HomePage.objects.get()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="x")
    answer = client_for(tenant_a).get("/")

    assert "这一周" not in answer.content.decode()
    assert 'type="password"' in answer.content.decode()


def test_a_front_page_that_was_taken_back_is_not_found(tenant_a: Any, client_for: Any) -> None:
    HomePage.objects.get().unpublish()

    assert client_for(tenant_a).get("/").status_code == 404


def test_another_root_is_found_as_wagtail_finds_it(tenant_a: Any, client_for: Any) -> None:
    Site.objects.create(hostname=tenant_a.host, port=80, root_page=ArticleIndexPage.objects.get())

    assert "公示与公告</h1>" in home(client_for(tenant_a))
