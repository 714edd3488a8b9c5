"""Titles and names by their sound: pairs of syllables and initials, as people type them."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from search.lexicon import cut

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LETTERS = re.compile(r"[a-z]+")
_LETTERS_APART = re.compile(r"[ '’]")
_SPELT = re.compile(r"(?<![a-z])[a-z]{1,6}(?:[ '’][a-z]{1,6})+(?![a-z])")
MOST_INITIALS = 6


def sounds(text: str, words: Iterable[tuple[int, str]]) -> set[str]:
    """The terms under which normalised `text` is found by sound.

    `~yin.ling` for each two characters that stand together, `^yl` for the initials from the beginning
    of each word, (place, word), to its end and to the ends of the words after it.
    """
    found: set[str] = set()
    words = list(words)
    starts, ends = {at for at, _word in words}, {at + len(word) for at, word in words}
    sounding = spoken(text)
    for match in _HAN.finditer(text):
        run = sounding[match.start() : match.end()]
        found |= {f"~{first}.{second}" for first, second in pairwise(run)}
        for at in (start - match.start() for start in starts if match.start() <= start < match.end()):
            for length in range(2, min(MOST_INITIALS, len(run) - at) + 1):
                if match.start() + at + length in ends:
                    found.add("^" + "".join(syllable[0] for syllable in run[at : at + length]))
    return found


def ways(letters: str) -> tuple[frozenset[str], ...]:
    """Each way to read typed `letters` as sound: sets of terms that must all be there."""
    found: list[frozenset[str]] = []
    for reading in _readings(letters):
        pairs = frozenset(f"~{first}.{second}" for first, second in pairwise(reading))
        if pairs:
            found.append(pairs)
    if 2 <= len(letters) <= MOST_INITIALS:
        found.append(frozenset({f"^{letters}"}))
    return tuple(found)


def joined(text: str) -> str:
    """yong ning qu → yongningqu: syllables typed one by one, with spaces or marks between them."""
    return _SPELT.sub(lambda match: _LETTERS_APART.sub("", match[0]) if _is_spelt(match[0]) else match[0], text)


def spoken(text: str) -> list[str]:
    """For each character of normalised `text` its syllable, without tones; what has no sound stands for itself."""
    return [sound for word in cut(text) for sound in _word(word)]


@lru_cache(maxsize=50_000)
def _word(word: str) -> tuple[str, ...]:
    """Word by word: the same character sounds otherwise in another word, and words come again."""
    if not _HAN.fullmatch(word):
        return tuple(word)
    # Its tables take a third of a second and forty megabytes.
    from pypinyin import lazy_pinyin

    return tuple(syllable.replace("ü", "v") for syllable in lazy_pinyin(word))


@lru_cache(maxsize=2048)
def _readings(letters: str) -> list[list[str]]:
    """At most three ways to cut letters into whole syllables, longest syllables first: yinling → yin ling."""
    if len(letters) > 48:
        return []
    found: list[list[str]] = []
    _cut(letters, [], found)
    return found


def _cut(rest: str, before: list[str], found: list[list[str]]) -> None:
    if not rest:
        found.append(before)
        return
    for length in range(min(6, len(rest)), 0, -1):
        if len(found) >= 3:
            return
        if rest[:length] in _known():
            _cut(rest[length:], [*before, rest[:length]], found)


def _is_spelt(words: str) -> bool:
    return all(word in _known() for word in _LETTERS_APART.split(words))


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    plain = {to_normal(reading) for readings in PINYIN_DICT.values() for reading in readings.split(",")}
    spoken = {syllable.replace("ü", "v") for syllable in plain}
    return frozenset(one for one in spoken if _LETTERS.fullmatch(one) and set(one) & set("aeiouv"))
