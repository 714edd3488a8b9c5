"""What anyone may learn of a certificate from its number or its file: 令67号 and the domain's §3, and nothing else."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tenants.utils import tenant_context

from certificates.addresses import site_addresses
from certificates.alterations import altered_parts
from certificates.credentials.comparing import differing_parts, has_digest, is_copy
from certificates.credentials.reading import comparable
from certificates.download import StoredPdfDamaged, pdf_bytes
from certificates.enums import State
from certificates.models import Certificate, SigningKey
from certificates.numbering import Number
from certificates.queries import lead_on
from certificates.titles import kind_of
from certificates.traces import Fault, Traces
from certificates.wording import hours, period, shown_date
from tenants.models import Tenant


class Outcome(StrEnum):
    """What the check says first."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    FORGOTTEN = "forgotten"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    ELSEWHERE = "elsewhere"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


class Hint(StrEnum):
    """What else was noticed about a file."""

    NONE = ""
    ADDED_TO = "added_to"
    CUT_OFF = "cut_off"
    SCRIPTED = "scripted"
    MISNUMBERED = "misnumbered"
    EMPTY = "empty"
    NOT_PDF = "not_pdf"
    ARCHIVE = "archive"
    LOCKED = "locked"
    BROKEN_JSON = "broken_json"
    NOT_CREDENTIAL = "not_credential"
    CREDENTIAL = "credential"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome, what the law lets be seen as (label, value), and where to go on.

    `differing` names what an altered file says otherwise than what was issued, to those who had what was issued.
    `key` sealed the PDF, or signed the credential where that was asked about; None where neither was done.
    """

    outcome: Outcome
    number: str = ""
    public: tuple[tuple[str, str], ...] = ()
    newer: str = ""
    site_name: str = ""
    site_url: str = ""
    hint: Hint = Hint.NONE
    from_file: bool = False
    is_credential: bool = False
    differing: tuple[str, ...] = ()
    key: SigningKey | None = None
    seal_profile: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about: a number as printed, or a file by its traces; with `data` also what was altered in it."""

    numbers: tuple[Number, ...]
    traces: Traces | None = None
    data: bytes = field(default=b"", repr=False)


def about_number(number: Number) -> Question:
    """Is there a certificate with this number, and does it count?"""
    return Question((number,))


def about_file(traces: Traces, data: bytes = b"") -> Question:
    """Is this file what was issued under the number in it, and does that count? With `data`: what was altered?"""
    return Question(traces.numbers, traces, data)


def check(question: Question) -> Finding:
    """One question on the current host: two queries, three where another site is named."""
    return check_all([question])[0]


def check_all(questions: Sequence[Question]) -> list[Finding]:
    """Answers in the order of the questions.

    On a tenant's host numbers of other tenants are named as such, without looking at them. The platform asks the
    tenant whose division a number carries, also when its own site is paused. One query for the sites, one for the
    addresses of other sites, and one for each tenant that is asked (one more for each further link of a chain).
    """
    sites = _sites(questions)
    here = None if connection.schema_name == "public" else connection.schema_name
    asked = {code: site for code, site in sites.items() if here in (None, site.schema_name)}
    others = [site for code, site in sites.items() if code not in asked]
    addresses = site_addresses(others) if others else {}
    known: dict[Number, Certificate] = {}
    with_credentials = any(question.traces and question.traces.document for question in questions)
    for code, site in asked.items():
        numbers = {number for question in questions for number in question.numbers if number.division == code}
        known |= _stored(numbers, site, here, with_credentials)
    return [_answer(question, sites, addresses, known) for question in questions]


def _sites(questions: Iterable[Question]) -> dict[str, Tenant]:
    codes = {number.division for question in questions for number in question.numbers}
    if not codes:
        return {}
    found = Tenant.objects.exclude(schema_name="public").filter(division_code__in=codes).order_by("division_code")
    return {site.division_code: site for site in found}


def _stored(
    numbers: Iterable[Number], site: Tenant, here: str | None, with_credentials: bool
) -> dict[Number, Certificate]:
    """A number taken for a sheet that is still being made is as unknown as one never taken."""
    wanted = {str(number): number for number in numbers}
    if here is None:
        with tenant_context(site):
            rows = lead_on(_rows(wanted, with_credentials))
    else:
        rows = lead_on(_rows(wanted, with_credentials))
    return {wanted[row.number]: row for row in rows}


def _rows(wanted: Mapping[str, Number], with_credentials: bool) -> Any:
    beside, hidden = ["replaced_by", "sealed_by"], ["sealed_by__secret"]
    if with_credentials:
        beside, hidden = [*beside, "credential__key"], [*hidden, "credential__key__secret"]
    found = Certificate.objects.select_related(*beside).defer(*hidden)
    return found.filter(number__in=wanted, issued_at__isnull=False)


def _answer(
    question: Question,
    sites: Mapping[str, Tenant],
    addresses: Mapping[int, str],
    known: Mapping[Number, Certificate],
) -> Finding:
    traces = question.traces
    if traces is not None and traces.fault:
        return _FAULTY[traces.fault]
    number = question.numbers[0]
    rows = [known[number] for number in question.numbers if number in known]
    if traces is not None and traces.document is not None and rows:
        return _compare_credential(traces.document, rows)
    if traces is not None and rows:
        return _compare(traces, rows, question.data, sites[rows[0].number[:6]])
    if rows:
        return finding_of(rows[0])
    site = sites.get(number.division)
    if site is not None and site.pk in addresses:
        return Finding(
            Outcome.ELSEWHERE,
            str(number),
            site_name=site.name,
            site_url=addresses[site.pk],
            from_file=traces is not None,
        )
    return Finding(Outcome.UNKNOWN, str(number), from_file=traces is not None)


_FAULTY = {
    Fault.EMPTY: Finding(Outcome.UNREADABLE, hint=Hint.EMPTY, from_file=True),
    Fault.NOT_PDF: Finding(Outcome.UNREADABLE, hint=Hint.NOT_PDF, from_file=True),
    Fault.ARCHIVE: Finding(Outcome.UNREADABLE, hint=Hint.ARCHIVE, from_file=True),
    Fault.LOCKED: Finding(Outcome.UNREADABLE, hint=Hint.LOCKED, from_file=True),
    Fault.CUT_OFF: Finding(Outcome.UNREADABLE, hint=Hint.CUT_OFF, from_file=True),
    Fault.NOT_OURS: Finding(Outcome.FOREIGN, from_file=True),
    Fault.BROKEN_JSON: Finding(Outcome.UNREADABLE, hint=Hint.BROKEN_JSON, from_file=True),
    Fault.NOT_CREDENTIAL: Finding(Outcome.FOREIGN, hint=Hint.NOT_CREDENTIAL, from_file=True),
    Fault.MISNUMBERED: Finding(Outcome.FOREIGN, hint=Hint.MISNUMBERED, from_file=True),
}


def _compare(traces: Traces, rows: Sequence[Certificate], data: bytes, site: Tenant) -> Finding:
    """The certificate whose bytes these are; else the file claims a number that was issued with other bytes."""
    for row in rows:
        if row.pdf_sha256 == traces.sha256:
            return replace(finding_of(row), from_file=True)
    added_to = next((row for row in rows if row.pdf_sha256 in traces.earlier), None)
    if added_to is not None:
        hint = Hint.ADDED_TO
    elif traces.scripted:
        hint = Hint.SCRIPTED
    else:
        hint = Hint.NONE if traces.whole else Hint.CUT_OFF
    differing = _altered_parts(data, rows[0], site) if data and not added_to else ()
    return Finding(Outcome.ALTERED, (added_to or rows[0]).number, hint=hint, from_file=True, differing=differing)


def _altered_parts(data: bytes, row: Certificate, site: Tenant) -> tuple[str, ...]:
    """Nothing where the disk does not have what was issued: a damaged archive accuses nobody."""
    try:
        with nullcontext() if connection.schema_name == site.schema_name else tenant_context(site):
            return altered_parts(data, pdf_bytes(row))
    except (OSError, StoredPdfDamaged):
        return ()


def _compare_credential(document: dict[str, Any], rows: Sequence[Certificate]) -> Finding:
    """The certificate whose credential says just this; else one that claims its number.

    Its proof need not be checked: it is part of what must be the same. Of one whose content is no longer kept, the
    digest must be.
    """
    said = comparable(document)
    issued = [(row, json.loads(row.credential.document)) for row in rows if hasattr(row, "credential")]
    for row, meant in issued:
        if comparable(meant) == said or (not meant and has_digest(document, row.credential.sha256)):
            return replace(finding_of(row), from_file=True, is_credential=True, key=row.credential.key)
    copied = next(((row, meant) for row, meant in issued if meant and is_copy(document, meant)), None)
    return Finding(
        Outcome.ALTERED,
        (copied[0] if copied else rows[0]).number,
        hint=Hint.CREDENTIAL,
        from_file=True,
        is_credential=True,
        differing=differing_parts(document, copied[1]) if copied else (),
    )


def finding_of(certificate: Certificate) -> Finding:
    """What is said of a certificate that was issued, and that `lead_on` has seen."""
    if certificate.forgotten_at and certificate.state != State.REVOKED:
        return Finding(Outcome.FORGOTTEN, certificate.number, public=_public(certificate), newer=certificate.newest)
    return Finding(
        _OUTCOMES[certificate.state],
        certificate.number,
        public=_public(certificate),
        key=certificate.sealed_by,
        seal_profile=certificate.seal_profile,
        newer=certificate.newest,
    )


_OUTCOMES = {
    State.ISSUED: Outcome.VALID,
    State.SUPERSEDED: Outcome.SUPERSEDED,
    State.REVOKED: Outcome.REVOKED,
}


def _public(certificate: Certificate) -> tuple[tuple[str, str], ...]:
    facts = certificate.facts
    why = ((_("撤销事由"), certificate.get_revoked_ground_display()),) if certificate.state == State.REVOKED else ()
    if certificate.forgotten_at:
        day = shown_date(certificate.issued_on)
        return ((_("编号"), certificate.number), (_("状态"), _status(certificate)), (_("出具日期"), day), *why)
    return (
        (_("编号"), certificate.number),
        (_("状态"), _status(certificate)),
        (_("种类"), kind_of(certificate, facts)),
        (_("组织名称") if facts.is_group else _("姓名"), facts.holder_masked),
        (_("服务时长"), _("%(hours)s小时") % {"hours": hours(facts.minutes)}),
        (_("服务期间"), period(facts.period_start, facts.period_end)),
        (_("出具单位"), facts.issuer),
        (_("出具日期"), shown_date(certificate.issued_on)),
        *why,
    )


def _status(certificate: Certificate) -> str:
    if certificate.state == State.ISSUED:
        return _("内容不再保存") if certificate.forgotten_at else _("有效")
    day = shown_date(timezone.localdate(certificate.ended_at))
    if certificate.state == State.REVOKED:
        return _("%(day)s起已撤销") % {"day": day}
    return _("%(day)s起不再使用") % {"day": day}
