"""The texts that the judged questions are asked of: both policies by section, and what two demo sites publish.

`python -m tests.search.judged.corpus FILE` writes them as JSON lines. Nothing is kept twice: the texts are
those of the repository, made by the builders of the demo without a database, as of a fixed day.
"""

import json
import random
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

#: The demo stands around this day.
TODAY = date(2026, 10, 20)
#: Sites by the name that stands in ids: division code and programme.
SITES = {"heping": ("120101", "tianjin"), "nanning": ("450100", "guangxi")}


class Text(NamedTuple):
    """One text of the corpus; `id` says where it comes from."""

    id: str
    title: str
    text: str


def corpus() -> Iterator[Text]:
    """Every text, in the same order each time."""
    from tests.search.judged import policies, sites

    yield from policies.texts()
    for name, (code, programme) in SITES.items():
        yield from sites.texts(name, code, programme, today=TODAY, rng=random.Random(code))  # noqa: S311  (samples)


def lines(texts: Iterable[Text]) -> Iterator[str]:
    for text in texts:
        yield json.dumps(text._asdict(), ensure_ascii=False) + "\n"


def queries() -> list[dict[str, Any]]:
    """The judged questions: `query`, `relevant` ids, `kind`."""
    written = QUERIES.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in written if line.strip()]


QUERIES = Path(__file__).with_name("queries.jsonl")

if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    with Path(sys.argv[1]).open("w", encoding="utf-8") as file:
        file.writelines(lines(corpus()))
