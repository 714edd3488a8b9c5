"""Drafts, previews, schedules, privacy, redirects and the maps of the site, in every tenant."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from portal.home.models import ArticleIndexPage, ArticlePage, HomePage, StandardPage
from tests.factories.projects import make_project


@pytest.fixture(params=["tianjin", "guangxi"])
def here(request: Any, tenant_a: Any, tenant_b: Any) -> Any:
    """Each of the two tenants in turn, with the connection in it."""
    tenant = tenant_a if request.param == "tianjin" else tenant_b
    connection.set_tenant(tenant)
    return tenant


@pytest.fixture
def there(here: Any, tenant_a: Any, tenant_b: Any) -> Any:
    """The other one."""
    return tenant_b if here == tenant_a else tenant_a


def article(title: str = "一则公告", **over: Any) -> ArticlePage:
    values = {"slug": "one", "body": [("text", "<p>正文在此。</p>")], **over}
    return ArticleIndexPage.objects.get().add_child(instance=ArticlePage(title=title, **values))


def test_a_draft_is_seen_in_preview_by_staff_and_by_nobody_else(here: Any, client_for: Any) -> None:
    page = article(live=False)
    page.save_revision()

    assert client_for(here).get("/news/one/").status_code == 404
    preview = client_for(here, "publicist").get(f"/cms/pages/{page.pk}/view_draft/")
    assert preview.status_code == 200
    assert "正文在此" in preview.content.decode()
    assert "预览：这一页还没有这样发布" in preview.content.decode()


def test_a_preview_belongs_to_its_own_tenant(here: Any, there: Any, client_for: Any) -> None:
    with tenant_context(there):
        foreign = article("别处的草稿", slug="foreign", live=False)
        foreign.save_revision()
    answer = client_for(here, "officer").get(f"/cms/pages/{foreign.pk}/view_draft/")

    assert "别处的草稿" not in answer.content.decode()


def test_a_page_goes_live_and_expires_by_the_clock(here: Any, client_for: Any) -> None:
    page = article(live=False)
    page.go_live_at = timezone.now() - dt.timedelta(minutes=5)
    page.expire_at = timezone.now() + dt.timedelta(days=1)
    revision = page.save_revision(approved_go_live_at=page.go_live_at)
    assert revision.approved_go_live_at
    call_command("publish_scheduled")
    assert client_for(here).get("/news/one/").status_code == 200

    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
    call_command("publish_scheduled")
    assert client_for(here).get("/news/one/").status_code == 404


def test_a_page_behind_a_password_asks_for_it_and_opens(here: Any, client_for: Any) -> None:
    page = article()
    lock = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="open-sesame"
    )
    client = client_for(here)
    asked = client.get("/news/one/")
    assert "正文在此" not in asked.content.decode()
    assert "这一页要密码" in asked.content.decode()

    address = f"/_util/authenticate_with_password/{lock.pk}/{page.pk}/"
    opened = client.post(address, {"password": "open-sesame", "return_url": "/news/one/"}, follow=True)
    assert "正文在此" in opened.content.decode()


def test_a_page_for_those_who_signed_in_sends_others_to_sign_in(here: Any, client_for: Any) -> None:
    PageViewRestriction.objects.create(page=article(), restriction_type=PageViewRestriction.LOGIN)

    answer = client_for(here).get("/news/one/")
    assert (answer.status_code, answer.url) == (302, "/accounts/sign-in/?next=/news/one/")
    assert "正文在此" in client_for(here, "volunteer").get("/news/one/").content.decode()


def test_lists_menus_and_maps_never_name_a_restricted_page(here: Any, client_for: Any) -> None:
    home = HomePage.objects.get()
    secret = home.add_child(instance=StandardPage(title="内部通讯录", slug="inner", show_in_menus=True))
    home.add_child(instance=StandardPage(title="使用说明", slug="help", show_in_menus=True))
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    client = client_for(here)

    for address in ("/", "/site-map/", "/sitemap.xml", "/news/"):
        assert "内部通讯录" not in client.get(address).content.decode()
    assert "/inner/" not in client.get("/sitemap.xml").content.decode()
    assert "使用说明" in client.get("/site-map/").content.decode()


def test_an_old_address_leads_to_the_new_one_here_and_not_there(here: Any, there: Any, client_for: Any) -> None:
    Redirect.objects.create(old_path="/old", redirect_page=article(), is_permanent=True)

    moved = client_for(here).get("/old/")
    assert (moved.status_code, moved.url) == (301, "/news/one/")
    assert client_for(there).get("/old/").status_code == 404


def test_sitemap_and_robots_name_this_host_alone(here: Any, there: Any, client_for: Any) -> None:
    article()
    project = make_project()
    with tenant_context(there):
        article("别处", slug="elsewhere")
    client = client_for(here)
    sitemap = client.get("/sitemap.xml").content.decode()
    hosts = set(re.findall(r"<loc>http://([^/]+)/", sitemap))

    assert hosts == {here.host}
    assert f"<loc>http://{here.host}/news/one/</loc>" in sitemap
    assert f"<loc>http://{here.host}/projects/{project.number}/</loc>" in sitemap
    assert "elsewhere" not in sitemap
    robots = client.get("/robots.txt").content.decode()
    assert f"Sitemap: http://{here.host}/sitemap.xml" in robots
    assert "Disallow: /cms/" in robots


def test_addresses_of_pages_are_relative_so_that_any_port_works(here: Any) -> None:
    page = article()

    assert (page.url, page.address) == ("/news/one/", "/news/one/")


def test_a_script_in_a_title_or_text_is_shown_as_text(here: Any, client_for: Any) -> None:
    article("<script>alert(1)</script>", summary="<script>alert(2)</script>")
    for address in ("/news/one/", "/news/", "/", "/site-map/"):
        assert "<script>alert" not in client_for(here).get(address).content.decode()


def test_which_page_may_stand_under_which(tenant_a: Any) -> None:
    home = HomePage.objects.get().specific

    assert not HomePage.can_create_at(Page.get_first_root_node())
    assert not ArticlePage.can_create_at(home)
    assert not ArticleIndexPage.can_create_at(home)
    assert StandardPage.can_create_at(home)
    assert ArticlePage.can_create_at(ArticleIndexPage.objects.get())


@pytest.mark.parametrize(("count", "queries"), [(1, 15), (3, 15)])
def test_the_list_of_articles_costs_the_same_with_one_and_three(
    tenant_a: Any, client_for: Any, django_assert_num_queries: Any, count: int, queries: int
) -> None:
    for number in range(count):
        article(f"公告{number}", slug=f"a{number}")
    client = client_for(tenant_a)
    client.get("/news/")
    with django_assert_num_queries(queries):
        answer = client.get("/news/")
    assert answer.content.decode().count('class="tag"') == count


def test_articles_of_one_kind_alone(tenant_a: Any, client_for: Any) -> None:
    article("一则公告", slug="a")
    article("一则动态", slug="b", kind="news")
    page = client_for(tenant_a).get("/news/?kind=news").content.decode()

    assert "一则动态" in page
    assert "一则公告" not in page


def test_a_publicity_needs_its_last_day(tenant_a: Any, client_for: Any) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError) as missing:
        ArticlePage(title="公示", kind="publicity").full_clean()
    assert "until" in missing.value.message_dict


def test_the_contact_page_shows_what_the_settings_say(tenant_a: Any, client_for: Any) -> None:
    from portal.core.models import LegalFooter, SiteIdentity

    assert "联系办法还没有公布" in client_for(tenant_a).get("/contact/").content.decode()
    SiteIdentity.objects.update(phone="022-5555 0100")
    LegalFooter.objects.update(address="示例路1号")
    page = client_for(tenant_a).get("/contact/").content.decode()
    assert 'href="tel:02255550100"' in page
    assert "示例路1号" in page


def test_a_brand_page_tells_what_the_brand_is(tenant_a: Any, client_for: Any) -> None:
    page = client_for(tenant_a).get("/brands/cuncaoxin/").content.decode()

    assert "<h1>寸草心</h1>" in page
    assert "/brands/shouzuqing/" in page
