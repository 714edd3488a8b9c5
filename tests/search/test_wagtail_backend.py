"""What the admin's own search finds: its lists, its choosers, while somebody is still typing."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from portal.core.models import SiteImage
from portal.home.models import ArticleIndexPage, ArticlePage
from tests.core.test_images import png
from tests.factories.directory import make_entry
from tests.factories.projects import make_project
from tests.tasks import run_queued


def article(title: str, body: str = "") -> ArticlePage:
    page = ArticlePage(title=title, slug=f"a{ArticlePage.objects.count()}", summary=body)
    return ArticleIndexPage.objects.get().add_child(instance=page)


@pytest.fixture
def officer(tenant_a: Any, client_for: Any, settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = str(tmp_path)
    return client_for(tenant_a, "officer")


def found(client: Any, address: str, typed: str, **more: str) -> str:
    run_queued()
    return str(client.get(address, {"q": typed, **more}).content.decode())


@pytest.mark.parametrize(
    "typed",
    [
        "交通",
        "公共交通",
        "出行 公共",
        "交通 出行",
        "手把手",
        "志愿者证",
        "jiaotong",
        "ggjt",
        "gong",
        "公交",
        "APP",
        "ap",
    ],
)
def test_a_page_is_found_by_words_in_the_middle_of_its_title_and_text(officer: Any, typed: str) -> None:
    article("公共交通出行培训（APP）", "手把手教坐公交，课后开志愿服务证明。")
    article("合唱排练", "每周二下午。")
    page = found(officer, "/cms/pages/search/", typed)
    assert ("公共交通出行培训" in page, "合唱排练" in page) == (True, False)


def test_a_page_is_found_in_the_list_of_its_section_too(officer: Any) -> None:
    article("公共交通出行培训")
    article("合唱排练")
    page = found(officer, f"/cms/pages/{ArticleIndexPage.objects.get().pk}/", "交通")
    assert ("公共交通出行培训" in page, "合唱排练" in page) == (True, False)


@pytest.mark.parametrize("address", ["/cms/images/", "/cms/images/chooser/results/"])
def test_a_picture_is_found(officer: Any, address: str) -> None:
    for title in ("老年人公共交通卡", "合唱团合影"):
        SiteImage.objects.create(title=title, alternative=title, file=ContentFile(png(), f"{len(title)}.png"))
    page = found(officer, address, "交通")
    assert ("老年人公共交通卡" in page, "合唱团合影" in page) == (True, False)


@pytest.mark.parametrize("address", ["/cms/documents/", "/cms/documents/chooser/results/"])
def test_a_document_is_found(officer: Any, address: str) -> None:
    for title in ("公共交通优待办法", "合唱团章程"):
        Document.objects.create(title=title, file=ContentFile(b"text", f"{len(title)}.txt"))
    page = found(officer, address, "交通")
    assert ("公共交通优待办法" in page, "合唱团章程" in page) == (True, False)


def test_projects_and_places_are_found_in_their_lists(officer: Any) -> None:
    make_project(title="公共交通出行培训")
    make_project(title="合唱排练")
    make_entry(name="公共交通咨询点")
    make_entry(name="助餐点")
    projects = found(officer, "/cms/snippets/projects/project/", "交通")
    assert ("公共交通出行培训" in projects, "合唱排练" in projects) == (True, False)
    places = found(officer, "/cms/snippets/directory/directoryentry/", "交通")
    assert ("公共交通咨询点" in places, "助餐点" in places) == (True, False)


def test_whole_words_are_searched_without_completion(tenant_a: Any) -> None:
    article("公共交通出行培训", "手把手教坐公交。")
    run_queued()
    backend = get_search_backend()
    assert [page.title for page in backend.search("手把手 交通", Page.objects.all())] == ["公共交通出行培训"]
    assert list(backend.search("gon", Page.objects.all())) == []


def test_nothing_of_another_site_is_found(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    article("公共交通出行培训")
    assert "公共交通出行培训" not in found(client_for(tenant_b, "officer"), "/cms/pages/search/", "交通")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "交",
        "，。！",
        "\U0001f600",
        "'",
        '"',
        "a:*",
        "!交通",
        "& | ! ( )",
        "\\",
        "%",
        "x" * 10_000,
        "交" * 10_000,
    ],
)
def test_whatever_is_typed_is_answered(officer: Any, typed: str) -> None:
    article("公共交通出行培训")
    for address in ("/cms/pages/search/", "/cms/images/", "/cms/documents/"):
        assert officer.get(address, {"q": typed}).status_code == 200


def test_a_better_title_stands_before_a_word_in_the_text(tenant_a: Any) -> None:
    article("便民服务日", "其中有义诊。")
    article("社区义诊", "请带医保卡。")
    article("便民服务周", "其中有义诊。")
    run_queued()
    assert next(iter(get_search_backend().autocomplete("义诊", Page.objects.all()))).title == "社区义诊"


def test_a_save_writes_its_own_entry_and_reads_no_other(tenant_a: Any, django_assert_num_queries: Any) -> None:
    page, backend = article("公共交通出行培训"), get_search_backend()
    with django_assert_num_queries(1):
        backend.add(page)


def test_the_index_is_rebuilt_for_what_was_there_before(tenant_a: Any) -> None:
    article("公共交通出行培训")
    IndexEntry.objects.all().delete()
    assert not list(get_search_backend().autocomplete("交通", Page.objects.all()))
    call_command("update_index", verbosity=0)
    assert len(list(get_search_backend().autocomplete("交通", Page.objects.all()))) == 1
