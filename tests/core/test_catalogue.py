"""One catalogue says what many said."""

import re
from typing import Any

import pytest
from django.utils.translation import trans_real

from portal.core import catalogue
from tests.gates import ROOT


@pytest.fixture
def stock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Django's own translation object, and a fresh one in its place that the test may settle."""
    stock = trans_real.DjangoTranslation("zh-hans")
    monkeypatch.setitem(trans_real._translations, "zh-hans", trans_real.DjangoTranslation("zh-hans"))
    return stock


def test_every_text_reads_as_before(stock: Any) -> None:
    keys = {key for part in _parts(stock) for key in part if key}
    assert catalogue.settle("zh-hans")
    settled = trans_real.translation("zh-hans")
    singles = {key for key in keys if isinstance(key, str)}
    forms = {key[0] for key in keys if isinstance(key, tuple)}
    assert len(singles) > 1000
    assert [key for key in singles if settled.gettext(key) != stock.gettext(key)] == []
    assert [key for key in forms if settled.ngettext(key, "?", 2) != stock.ngettext(key, "?", 2)] == []
    assert settled.gettext("这句话没有译文") == "这句话没有译文"
    assert settled.ngettext("一件", "多件", 2) == "多件"


def test_a_language_with_plural_forms_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(trans_real._translations, "en", trans_real.DjangoTranslation("en"))
    assert not catalogue.settle("en")


def _parts(translation: Any) -> list[Any]:
    parts, behind = list(translation._catalog._catalogs), translation._fallback
    while behind is not None:
        parts.append(behind._catalog)
        behind = behind._fallback
    return parts


def test_texts_are_marked_by_names_that_are_collected() -> None:
    """makemessages knows `_` and the functions by their own names: under another name a text never gets its English."""
    other = re.compile(r"\bn?p?gettext\w* as (?!_\b)")
    code = [path for name in ("site", "certificates", "search", "tenants") for path in (ROOT / name).rglob("*.py")]
    assert [path.name for path in code if other.search(path.read_text())] == []
