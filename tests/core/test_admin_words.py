"""Every list of the admin that can be searched finds words apart, run together, in other words and in other forms."""

from typing import Any

import pytest
from django.urls import reverse
from wagtail.admin.viewsets import viewsets
from wagtail.search.index import class_is_indexed

from portal.accounts.viewsets import PeopleIndex
from portal.core.admin_words import FindsWords
from portal.core.models import Brand
from portal.finding.models import Synonym
from tests.factories.directory import make_entry
from tests.factories.projects import make_organiser, make_project
from tests.factories.stories import make_consent
from tests.factories.ventures import make_call

PROJECTS = "/cms/snippets/projects/project/"


@pytest.fixture
def officer(tenant_a: Any, client_for: Any) -> Any:
    return client_for(tenant_a, "officer")


def searched(client: Any, address: str, typed: str) -> list[str]:
    response = client.get(address, {"q": typed})
    assert response.status_code == 200
    return [str(row) for row in response.context["object_list"]]


def test_no_list_of_the_admin_compares_the_whole_of_what_is_typed(db: None) -> None:
    """What is indexed asks the backend that knows Chinese; all others ask for each word."""
    stock = []
    for each in viewsets.viewsets:
        view = getattr(each, "index_view_class", None)
        if not type(each).__module__.startswith("portal.") or view is None or not getattr(each, "search_fields", None):
            continue  # sites, languages and groups are Wagtail's own: few rows, named by us
        own = issubclass(view, FindsWords | PeopleIndex)
        if not own and not (class_is_indexed(each.model) and each.search_backend_name):
            stock.append(type(each).__name__)
    assert stock == []


@pytest.mark.parametrize(
    "typed",
    [
        "交通", "交通 志愿", "志愿 交通", "交通志愿", "交通　志愿者", "出行", "公共交通 课堂 志愿", "交通 寸草",
        "APP", "ａｐｐ 交通", "獨自居住 交通", "公共交通志愿者", "的",
    ],
)  # fmt: skip
def test_words_are_found_apart_and_together(officer: Any, typed: str) -> None:
    make_project(title="公共交通出行课堂", summary="寸草心志愿者教独居老人用APP坐车，老人的家属也来。")
    make_project(title="志愿合唱", summary="唱歌。", body="", venue="", skills="")
    assert searched(officer, PROJECTS, typed) == ["公共交通出行课堂"]


@pytest.mark.parametrize("typed", ["交通 合唱", "象棋", "交通志愿 象棋", "%", "_ _", "\\", "'; --"])
def test_what_does_not_hold_every_word_is_not_found(officer: Any, typed: str) -> None:
    make_project(title="公共交通出行课堂", summary="志愿者")
    assert searched(officer, PROJECTS, typed) == []


def test_words_stand_in_different_fields_of_every_list(officer: Any) -> None:
    make_entry(name="助餐点")
    make_call(title="助餐征集")
    make_organiser(name="助餐队")
    for name, wanted in (
        ("directory_directoryentry", make_entry(name="公共交通咨询点", offers="志愿者带路")),
        ("ventures_call", make_call(title="公共交通征集", organiser="示例志愿者协会")),
        ("organisations_organisation", make_organiser(name="公共交通队", contact_name="张志愿")),
    ):
        assert searched(officer, reverse(f"wagtailsnippets_{name}:list"), "志愿 交通") == [str(wanted)]


def test_consents_brands_places_and_synonyms_are_found_by_words(officer: Any) -> None:
    consent = make_consent(person="张奶奶", guardian="李志愿")
    make_consent(person="王奶奶")
    assert searched(officer, reverse("wagtailsnippets_stories_consent:list"), "志愿 张奶奶") == [str(consent)]
    Brand.objects.create(name="邻里情", slug="linliqing", tagline="志愿者就是家人")
    assert searched(officer, reverse("brands:list"), "家人 邻里") == ["邻里情"]
    assert searched(officer, reverse("divisions:list"), "劝业 120101") == ["劝业场街道"]
    Synonym.objects.create(names="公共交通 公交")
    assert len(searched(officer, reverse("synonyms:list"), "公交 交通")) == 1


@pytest.mark.parametrize(
    "typed", ["x" * 10_000, "交" * 10_000, "交 " * 5_000, "\x00", "\U0001f600", "((((", "津民发〔2023〕30"]
)
def test_whatever_is_typed_is_answered(officer: Any, typed: str) -> None:
    make_project()
    for name in ("projects_project", "ventures_call", "organisations_organisation", "directory_directoryentry"):
        assert officer.get(reverse(f"wagtailsnippets_{name}:list"), {"q": typed}).status_code == 200
