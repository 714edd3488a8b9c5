"""A public type that says nothing of search is refused."""

from typing import Any

from django.core.checks import run_checks
from django.db import models

from portal.home.models import ArticlePage, HomePage
from search import registry
from search.checks import public_models_are_listed


def test_every_public_type_of_the_project_is_decided() -> None:
    assert [message for message in run_checks() if message.id == "search.E001"] == []


def test_a_page_type_that_declares_nothing_is_refused(monkeypatch: Any) -> None:
    monkeypatch.delitem(registry._declared, "article")
    assert [(m.id, m.msg) for m in public_models_are_listed()] == [
        ("search.E001", "home.ArticlePage is public, but nobody declared how it is found.")
    ]
    assert not registry.is_decided(ArticlePage)


def test_a_model_with_an_address_and_a_draft_is_refused_and_one_without_is_not(monkeypatch: Any) -> None:
    monkeypatch.delitem(registry._declared, "call")
    assert [m.msg.split()[0] for m in public_models_are_listed()] == ["ventures.Call"]


def test_index_pages_have_said_that_they_are_not_found(monkeypatch: Any) -> None:
    monkeypatch.setattr(registry, "_private", set())
    refused = {m.msg.split()[0] for m in public_models_are_listed()}
    assert refused == {
        "home.HomePage",
        "home.ArticleIndexPage",
        "home.BrandIndexPage",
        "home.PolicyIndexPage",
        "stories.StoryIndexPage",
    }
    assert issubclass(HomePage, models.Model)
