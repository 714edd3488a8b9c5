"""What all of a place is called, in both languages."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from portal.home.front_page import scope


@pytest.mark.parametrize(
    ("short_name", "chinese", "english"),
    [
        ("天津市", "全市", "the whole city"),
        ("和平区", "全区", "the whole district"),
        ("隆安县", "全县", "the whole county"),
        ("滨海", "全区", "the whole district"),
    ],
)
def test_the_whole_of_a_place_is_named_in_one_language(short_name: str, chinese: str, english: str) -> None:
    tenant = SimpleNamespace(short_name=short_name)
    names = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            names.append(scope(tenant))
    assert names == [chinese, english]
