"""Where a long Chinese headline may break, between words, never so that a scrap is left over; and lists in a line."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

# Headlines are set keep-all, so the browser itself breaks at punctuation alone; these are the extra places.
_CLINGS_BACK = frozenset("的了里中上下内外们者等之得地着过时后前儿号年月日个位名家市区县镇乡村路")
_CLINGS_ON = frozenset("与和及或为在从给把对向到去让被将第")
_OPENING = frozenset("“‘（《〈【〔[(")
# A name in quotation marks stays whole: “手足情” must not end in “手足/情”.
_NAME = re.compile("[“‘][^“”‘’]{1,8}[”’]")
_SHORT = 8
_TAIL = 3


def listed(things: Iterable[object]) -> str:
    """`100、300、600`, or with commas where the reader's language has those."""
    return _("、").join(map(str, things))


@lru_cache(maxsize=4096)
def breakable(text: str) -> SafeString:
    """The text, escaped, with <wbr> between words where a line may end."""
    if len(text) <= _SHORT:
        return escape(text)
    import rjieba  # 100 ms to load its dictionary

    whole = {place for name in _NAME.finditer(text) for place in range(name.start() + 1, name.end())}
    words = rjieba.cut(text)
    pieces = [escape(words[0])]
    done = len(words[0])
    for before, word in pairwise(words):
        if done >= _TAIL and len(text) - done >= _TAIL and done not in whole and _may_break(before, word):
            pieces.append(mark_safe("<wbr>"))
        pieces.append(escape(word))
        done += len(word)
    return mark_safe("".join(pieces))  # noqa: S308  # every piece is escaped above


def _may_break(before: str, word: str) -> bool:
    if not word[0].isalnum() or not before[-1].isalnum():
        return before[-1] in "，、：；。？—" and word[0] not in _OPENING
    if before[-1].isascii() or word[0].isascii():  # digits and their unit stay together
        return False
    return word not in _CLINGS_BACK and before not in _CLINGS_ON and before[-1] not in _OPENING
