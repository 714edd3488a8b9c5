"""Makes Chinese texts cheap to look up.

Chinese is our source language, so most of our texts stand in no catalogue. Django looks for each of them in the
catalogues of thirty apps one after another, and then, text by text, in a dozen fallbacks of Wagtail's (`zh` behind
`zh_Hans`) before it takes the text as it is: a seventh of the time of a list page. Laid into one they answer at once.
"""

from typing import Any

from django.utils.translation import trans_real

SAMPLE = (0, 1, 2, 5, 21)


def settle(language: str) -> bool:
    """Lay all catalogues of a language without plural forms into one; False when it has any, and nothing is done."""
    translation: Any = trans_real.translation(language)
    catalogues, plurals = list(translation._catalog._catalogs), list(translation._catalog._plurals)
    behind = translation._fallback
    while behind is not None:
        catalogues.append(behind._catalog)
        plurals.append(behind.plural)
        behind = behind._fallback
    if any(plural(number) for plural in plurals for number in SAMPLE):
        return False
    merged: dict[Any, str] = {}
    for catalogue in reversed(catalogues):  # the first one to know a text wins
        merged.update(catalogue)
    translation._catalog._catalogs, translation._catalog._plurals = [merged], [_only_form]
    translation._fallback = None
    return True


def _only_form(number: int) -> int:
    return 0
