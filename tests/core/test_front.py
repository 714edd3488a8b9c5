"""The frame of every page: masthead, footer, modes, and what it costs."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.users.models import UserProfile

from portal.core.models import LegalFooter, SiteIdentity
from portal.core.preferences import language_of
from tests.cast import person

ClientFor = Callable[..., Client]


def test_the_frame_costs_an_anonymous_visitor_one_query(tenant_a: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_a)
    client.get("/accessibility/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/accessibility/")
    reads = [query["sql"] for query in captured if not query["sql"].startswith("SET ")]
    assert ["tenants_domain" in reads[0], "core_siteidentity" in reads[1], len(reads)] == [True, True, 2]


def test_the_footer_shows_only_what_the_tenant_filled_in(tenant_a: Any, client_for: ClientFor) -> None:
    LegalFooter.objects.all().delete()
    LegalFooter.objects.create(organiser="示例民政局", site_code="1201010001")
    page = client_for(tenant_a).get("/accessibility/").content.decode()
    footer = page[page.index("<footer") :]
    assert footer.count("<dt>") == 2
    assert "示例民政局" in footer
    assert "1201010001" in footer


def test_each_tenant_wears_its_own_name_and_colours(tenant_a: Any, tenant_b: Any, client_for: ClientFor) -> None:
    SiteIdentity.objects.update_or_create(defaults={"site_name": "甲站", "accent": "#8c2730"})
    here, there = client_for(tenant_a), client_for(tenant_b)
    assert "甲站" in here.get("/accessibility/").content.decode()
    assert "甲站" not in there.get("/accessibility/").content.decode()
    assert "--accent:#8c2730;" in here.get("/theme.css").content.decode()
    assert "--accent:#8c2730;" not in there.get("/theme.css").content.decode()


def test_a_theme_asked_for_by_its_version_is_kept_for_a_year_and_any_other_briefly(
    tenant_a: Any, client_for: ClientFor
) -> None:
    client = client_for(tenant_a)
    page = client.get("/accessibility/").content.decode()
    address = page.split('href="/theme.css')[1].split('"')[0]
    assert "max-age=31536000" in client.get(f"/theme.css{address}")["Cache-Control"]
    assert "max-age=300" in client.get("/theme.css?v=old")["Cache-Control"]


def test_pages_an_editor_put_into_the_menu_stand_in_the_navigation_unless_private(
    tenant_a: Any, client_for: ClientFor
) -> None:
    from wagtail.models import Page, PageViewRestriction, Site

    home = Site.objects.get(is_default_site=True).root_page
    shown, hidden, private = (
        Page(title=title, show_in_menus=title != "不在菜单") for title in ("关于我们", "不在菜单", "内部")
    )
    for page in (shown, hidden, private):
        home.add_child(instance=page)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    elsewhere = Page.objects.get(depth=1).add_child(instance=Page(title="别的树", slug="elsewhere"))
    elsewhere.add_child(instance=Page(title="别处的页", show_in_menus=True))

    html = client_for(tenant_a).get("/accessibility/").content.decode()
    nav = html[html.index("<nav") : html.index("</nav>")]
    seen = [title in nav for title in ("关于我们", "不在菜单", "内部", "别处的页")]
    assert seen == [True, False, False, False]


def test_what_an_editor_saves_is_seen_on_the_next_page(tenant_a: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_a)
    client.get("/accessibility/")
    SiteIdentity.objects.update_or_create(defaults={"site_name": "换了名字", "phone": "022-5555 0100"})
    assert "换了名字" in client.get("/accessibility/").content.decode()


def test_a_site_that_filled_in_nothing_still_has_its_frame(tenant_a: Any, client_for: ClientFor) -> None:
    SiteIdentity.objects.all().delete()
    LegalFooter.objects.all().delete()
    assert client_for(tenant_a).get("/accessibility/").status_code == 200


def test_the_platform_has_its_own_masthead(platform_client: Client) -> None:
    html = platform_client.get("/accessibility/").content.decode()
    nav = html[html.index("<nav") : html.index("</nav>")]
    assert [label in nav for label in ("各地站点", "证书核验", "站点管理", "找项目")] == [True, True, True, False]
    assert "theme.css" not in html


def test_elder_mode_is_a_cookie_that_changes_the_class_of_the_page_and_comes_back(
    tenant_a: Any, client_for: ClientFor
) -> None:
    client = client_for(tenant_a, enforce_csrf_checks=True)
    for mode, start in (("elder", '<html lang="zh-CN" class="elder">'), ("elder-xl", 'class="elder elder-xl">')):
        response = client.post("/elder/", {"mode": mode, "next": "/privacy/?a=1"})
        assert (response.status_code, response["Location"]) == (302, "/privacy/?a=1")
        assert start in client.get("/privacy/").content.decode()
    client.post("/elder/", {"mode": "", "next": "/"})
    assert '<html lang="zh-CN">' in client.get("/privacy/").content.decode()


def test_neither_switch_leads_to_another_host_nor_answers_to_get(tenant_a: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_a)
    for path, data in (("/elder/", {"mode": "elder"}), ("/language/", {"language": "en"})):
        for target in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", ""):
            assert client.post(path, {**data, "next": target})["Location"] == "/"
        answer = client.get(path)
        assert (answer["Location"], len(answer.cookies)) == ("/", 0)


def test_language_follows_the_cookie_and_never_the_browser(tenant_a: Any, client_for: ClientFor) -> None:
    client = client_for(tenant_a)
    asked = client.get("/privacy/", headers={"accept-language": "en"})
    assert asked["Content-Language"] == "zh-hans"
    assert '<html lang="zh-CN"' in asked.content.decode()
    client.post("/language/", {"language": "en", "next": "/privacy/"})
    assert '<html lang="en"' in client.get("/privacy/").content.decode()
    client.post("/language/", {"language": "zh-hans", "next": "/privacy/"})
    assert client.get("/privacy/")["Content-Language"] == "zh-hans"


def test_the_language_of_whoever_is_signed_in_is_kept_with_their_account(
    tenant_a: Any, client_for: ClientFor, platform_client: Any
) -> None:
    client = client_for(tenant_a, "volunteer")
    told = []
    for language in ("en", "zh-hans", "en", "xx"):
        client.post("/language/", {"language": language})
        told.append(language_of(person("volunteer")))
    assert told == ["en", "zh-hans", "en", "zh-hans"]
    client_for(tenant_a).post("/language/", {"language": "en"})
    assert UserProfile.objects.count() == 1
    assert platform_client.post("/language/", {"language": "en"}).status_code == 302


def test_a_language_chosen_before_signing_in_is_kept_where_the_account_knows_none(
    tenant_a: Any, client_for: ClientFor, password: str
) -> None:
    def sign_in(language: str) -> str:
        client = client_for(tenant_a)
        client.post("/language/", {"language": language})
        client.post("/accounts/sign-in/", {"username": "volunteer", "password": password})
        assert client.session["_auth_user_id"]
        return language_of(person("volunteer"))

    assert sign_in("en") == "en"
    client_for(tenant_a, "volunteer").post("/language/", {"language": "zh-hans"})
    assert sign_in("en") == "zh-hans"


def test_public_pages_set_no_cookie(tenant_a: Any, client_for: ClientFor) -> None:
    assert not client_for(tenant_a).get("/accessibility/").cookies
