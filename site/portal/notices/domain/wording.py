"""What a notice says, in every language of the site: in which it will be read is not known when it is written."""

from collections.abc import Callable

from django.conf import settings
from django.utils import translation

#: Subject and body, by the code of the language.
Said = dict[str, tuple[str, str]]

LONGEST = 120
"""Of a subject, in characters: it stands in short messages, too."""


def say(wording: Callable[[], tuple[str, str]]) -> Said:
    """Ask `wording` for subject and body once in each language.

    Whatever depends on the language, days and names of choices too, is worded inside it: what is passed in has been
    said already, in the language of whoever acts.
    """
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            subject, body = wording()
            said[language] = (_cut(str(subject)), str(body))
    return said


def _cut(subject: str) -> str:
    return subject if len(subject) <= LONGEST else f"{subject[: LONGEST - 1]}…"
