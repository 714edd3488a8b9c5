"""One form for what is written in several: width, case, traditional characters. Length is kept, so offsets hold."""

import unicodedata
from functools import lru_cache
from typing import Any


class _Forms(dict[int, str]):
    """Code point → its one form; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        form = self[code] = _form(chr(code))
        return form


def normal(text: str) -> str:
    """Half width, lower case, simplified; as long as `text`, so that a place in one is that place in the other."""
    return text.translate(_FORMS)


def _form(character: str) -> str:
    wide = unicodedata.normalize("NFKC", character)
    # A ligature or a unit sign would become several characters: it stays what it is.
    plain = wide.lower() if len(wide) == 1 and len(wide.lower()) == 1 else character
    # Latin needs no tables; half of a surrogate pair is no character that they could look up.
    if plain < "\u2e80" or "\ud800" <= plain <= "\udfff":
        return plain
    simple = _converter().convert(plain)
    return simple if len(simple) == 1 else plain


@lru_cache(maxsize=1)
def _converter() -> Any:
    # A tenth of a second and some megabytes of tables, which not every process needs.
    from opencc import OpenCC

    return OpenCC("t2s")


_FORMS: Any = _Forms()
