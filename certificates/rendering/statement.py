"""The sentence of a record: the design's words, each slot set as it should stand."""

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from certificates.design import require_slots
from certificates.designs.slots import slots_of, values_of
from certificates.enums import Kind, Slot
from certificates.facts import CertificateFacts
from certificates.wording import long_date

_SLOT = re.compile(r"\{([a-z]+)\}")
#: A short name in quotation marks, as brands have, and a short last clause: 谨致敬意。
_WHOLE = re.compile("“[^“”<>]{1,6}”|(?<=[，。])[^，。“”<>]{2,6}。$")
#: A number and its unit stay on one line, with the spaces round them.
_HOURS = re.compile(r" ?\{hours\}(?: ?小时)?")


def unbroken(text: str) -> SafeString:
    """Markup of an honour's text: no line breaks within a short name, and none ends it with a single character."""
    marked = _WHOLE.sub(r'<span class="keep">\g<0></span>', str(escape(text)))
    return mark_safe(marked)  # noqa: S308 - escaped above


def statement_html(facts: CertificateFacts, text: str) -> SafeString:
    """Markup of the text; names, dates and numbers are not broken. Raises `SlotUnknown`."""
    require_slots(text, slots_of(Kind.RECORD))
    pieces: dict[str, str] = {slot: escape(words) for slot, words in values_of(facts).items()}
    pieces[Slot.NAME] = format_html('<span class="name">{}</span>', facts.holder_name)
    pieces[Slot.PERIOD] = "至".join(
        format_html('<span class="keep">{}</span>', long_date(day))
        for day in dict.fromkeys((facts.period_start, facts.period_end))
    )
    if facts.id_masked:
        pieces[Slot.ID] = format_html('（{} <span class="keep">{}</span>）', facts.id_kind, facts.id_masked)
    marked = _HOURS.sub(r'<span class="keep">\g<0></span>', str(escape(text)))
    return mark_safe(_SLOT.sub(lambda found: pieces[found[1]], marked))  # noqa: S308 - each piece is escaped above
