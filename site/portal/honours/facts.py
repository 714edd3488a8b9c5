"""From confirmed records to the facts of an honorary certificate, in the words of the tenant's design."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import translation

from certificates.designs import current, dressed
from certificates.enums import Occasion
from certificates.facts import CertificateFacts, Honour
from portal.core.enums import ServiceKind
from portal.honours.models import Round
from portal.organisations.models import Organisation
from portal.volunteers.domain.certify import issuing_body, programme_of
from portal.volunteers.models import ServiceRecord, Volunteer

LANGUAGE = "zh-hans"
"""The sheet is Chinese, whatever language the officer reads."""
_KINDS = 3


def star_facts(volunteer: Volunteer, records: Sequence[ServiceRecord], *, level: int) -> CertificateFacts:
    """The sheet of a star, from the first to the last service; `records` are those that count, oldest first."""
    span = {"period_start": records[0].date, "period_end": records[-1].date}
    return _sheet(Occasion.STAR, records, _person(volunteer), span, level=level)


def person_facts(award: Round, volunteer: Volunteer, records: Sequence[ServiceRecord]) -> CertificateFacts:
    """The sheet of a campaign or a student week; `records` are those that count, oldest first."""
    return _sheet(Occasion(award.occasion), records, _person(volunteer), _span(award), project=award.title)


def group_facts(award: Round, organisation: Organisation, records: Sequence[ServiceRecord]) -> CertificateFacts:
    """The sheet of an organisation: its full name, no number of a person."""
    holder = {"holder_name": organisation.name, "holder_masked": organisation.name}
    return _sheet(Occasion.GROUP, records, holder, _span(award), project=award.title)


def _sheet(
    occasion: Occasion,
    records: Sequence[ServiceRecord],
    holder: dict[str, Any],
    span: dict[str, Any],
    *,
    level: int = 0,
    project: str = "",
) -> CertificateFacts:
    """An honour hangs on a wall: no rows, no identity number, the awarding body alone; its words are the design's."""
    minutes = sum(record.minutes for record in records)
    with translation.override(LANGUAGE):
        bare = CertificateFacts(
            **holder,
            **span,
            main_content=_content(records),
            programme=programme_of({record.project.brand for record in records}),
            bodies=(issuing_body(),),
            honour=Honour(heading="", text="", minutes=minutes, level=level, occasion=str(occasion.value)),
        )
        return dressed(bare, current(bare.kind, occasion, motif=bare.programme.motif), project=project)


def _person(volunteer: Volunteer) -> dict[str, str]:
    return {
        "holder_name": volunteer.user.name,
        "holder_masked": volunteer.public_name,
        "volunteer_number": volunteer.number,
    }


def _span(award: Round) -> dict[str, date]:
    return {"period_start": award.start, "period_end": award.end}


def _content(records: Sequence[ServiceRecord]) -> str:
    """The kinds of service, most hours first and at most three: a certificate is no list."""
    minutes: Counter[str] = Counter()
    for record in records:
        minutes.update(dict.fromkeys(record.project.service_kinds, record.minutes))
    kinds = [ServiceKind(kind).label for kind, _minutes in minutes.most_common(_KINDS)]
    return "、".join(map(str, kinds)) or records[0].content
