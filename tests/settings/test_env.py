"""Settings come from the environment, and what is wrong there is named."""

from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.settings import env


def test_a_missing_text_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAIL_ROOM", raising=False)
    with pytest.raises(ImproperlyConfigured, match="MAIL_ROOM"):
        env.text("MAIL_ROOM")


def test_an_empty_text_counts_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_ROOM", "")
    with pytest.raises(ImproperlyConfigured, match="MAIL_ROOM"):
        env.text("MAIL_ROOM")
    assert env.text("MAIL_ROOM", "cellar") == "cellar"


@pytest.mark.parametrize(("raw", "meant"), [("1", True), ("YES", True), ("on", True), ("0", False), ("False", False)])
def test_flags_are_read_in_any_case(monkeypatch: pytest.MonkeyPatch, raw: str, meant: bool) -> None:
    monkeypatch.setenv("LIGHT", raw)
    assert env.flag("LIGHT") is meant


def test_a_flag_that_is_neither_yes_nor_no_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGHT", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="LIGHT"):
        env.flag("LIGHT")


def test_a_number_with_letters_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEATS", "ten")
    with pytest.raises(ImproperlyConfigured, match="SEATS"):
        env.number("SEATS", 1)


def test_lists_drop_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", " a.example ,, b.example ")
    assert env.listing("HOSTS") == ["a.example", "b.example"]


def test_a_database_address_keeps_quoted_passwords_and_socket_folders() -> None:
    found = env.database("postgres://yin:p%40ss@db.example:6543/ling")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "yin", "p@ss", "db.example", "6543", "ling",
    )  # fmt: skip
    assert env.database(f"postgres://postgres@/ling?host={quote('/run/pg', safe='')}")["HOST"] == "/run/pg"


@pytest.mark.parametrize("url", ["mysql://u@h/d", "postgres://u@h", "nonsense"])
def test_an_address_of_something_else_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        env.database(url)
