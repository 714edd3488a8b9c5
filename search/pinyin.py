"""Titles and names by their sound: pairs of syllables and initials, as people type them."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LETTERS = re.compile(r"[a-z]+")
MOST_INITIALS = 6


def sounds(text: str, words: list[str]) -> set[str]:
    """The terms under which normalised `text` is found by sound.

    `~yin.ling` for each two characters that stand together, `^yl` for the initials of each of its
    `words` and of neighbours among them.
    """
    found: set[str] = set()
    for run in _HAN.findall(text):
        spoken = syllables(run)
        found |= {f"~{first}.{second}" for first, second in pairwise(spoken)}
    initials = ["".join(syllable[0] for syllable in syllables(word)) if _HAN.fullmatch(word) else "" for word in words]
    for at in range(len(initials)):
        joined = ""
        for following in initials[at:]:
            if not following:
                break
            joined += following
            if len(joined) > MOST_INITIALS:
                break
            if len(joined) > 1:
                found.add(f"^{joined}")
    return found


def ways(letters: str) -> tuple[frozenset[str], ...]:
    """Each way to read typed `letters` as sound: sets of terms that must all be there."""
    found: list[frozenset[str]] = []
    for spoken in _readings(letters):
        pairs = frozenset(f"~{first}.{second}" for first, second in pairwise(spoken))
        if pairs:
            found.append(pairs)
    if 2 <= len(letters) <= MOST_INITIALS:
        found.append(frozenset({f"^{letters}"}))
    return tuple(found)


def syllables(run: str) -> list[str]:
    """The syllable of each character of a Chinese run, without tones; ü is v, as typed."""
    # Its tables take a third of a second and forty megabytes.
    from pypinyin import lazy_pinyin

    return [syllable.replace("ü", "v") for syllable in lazy_pinyin(run, errors=_apart)]


def _apart(signs: str) -> Any:
    """What has no sound stands for itself, character by character."""
    return list(signs)


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


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    plain = {to_normal(reading) for readings in PINYIN_DICT.values() for reading in readings.split(",")}
    spoken = {syllable.replace("ü", "v") for syllable in plain}
    return frozenset(one for one in spoken if _LETTERS.fullmatch(one) and set(one) & set("aeiouv"))
