"""The parts of a document as its page shows them: each heading with what stands below it up to the next."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.core.listed import plain
from portal.home.models import PolicyPage
from portal.home.policy_view import HEADING


@dataclass(frozen=True, slots=True)
class Section:
    """`anchor` is the id that the page gives to the heading; `above` the heading of the part that holds it."""

    anchor: str
    title: str
    text: str
    above: str = ""


def sections(page: PolicyPage) -> Iterator[Section]:
    """All of them in order; what stands before the first heading belongs to the document alone."""
    number, above = 0, ""
    for block in page.body:
        if block.block_type != "text":
            continue
        _before, *found = HEADING.split(block.value.source)
        for tag, inner, text in zip(found[::3], found[1::3], found[2::3], strict=True):
            number += 1
            title = plain(inner).rstrip("。")
            above = "" if tag == "h2" else above
            yield Section(f"s{number}", title, plain(text), above)
            above = title if tag == "h2" else above
