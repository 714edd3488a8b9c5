"""Characters that can and cannot be printed."""

import pytest

from certificates.coverage import missing, require_printable_facts
from certificates.errors import GlyphMissing
from tests.factories.certificates import make_facts


@pytest.mark.parametrize(
    "name", ["欧阳娜娜", "买买提·吐尔逊·阿不都热合曼", "龚䶮", "𬭊㛃", "堃喆昇", "Zoë O’Neill", "𠮷田"]
)
def test_rare_and_foreign_names_are_printable(name: str) -> None:
    assert missing(name) == ""


@pytest.mark.parametrize("character", ["𲎯", "😀", "\ufe0f", "\u200b", "\u202e", "\n", "\x00"])
def test_what_has_no_glyph_or_cannot_be_seen_is_found(character: str) -> None:
    assert missing(f"王{character}") == character


def test_the_refusal_names_the_character_and_where_it_stands() -> None:
    with pytest.raises(GlyphMissing) as refusal:
        require_printable_facts(make_facts(holder_name="王𲎯", holder_masked="王*"))
    assert (refusal.value.field, refusal.value.character) == ("holder_name", "𲎯")
    assert str(refusal.value) == (
        "姓名中的“𲎯”（U+323AF）印不出来：证书字库里没有这个字。请核对是否录错；没有录错的，请联系本站补充字库后再申请。"
    )
