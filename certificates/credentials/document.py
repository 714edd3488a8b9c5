"""A certificate's facts as an OpenBadgeCredential (Open Badges 3.0, W3C Verifiable Credentials 2.0)."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone, translation

from certificates.credentials.addresses import check_url, replaced_list_url, status_list_url
from certificates.credentials.signing import timestamp
from certificates.enums import Kind, ProofGrade
from certificates.facts import Body, CertificateFacts, ServiceRow
from certificates.imprint import Imprint
from certificates.wording import LANGUAGE, hours, long_date

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
"""Names alone: neither making nor checking with `eddsa-jcs-2022` reads what lies there."""
SCHEMA = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}
STATUS_MESSAGES = [
    {"status": "0x0", "message": "counts"},
    {"status": "0x1", "message": "ended: revoked, or replaced by a corrected one; statusReference lists the latter"},
]
"""What the one bit of an entry says; for developers, as the standard has it."""
CRITERIA = (
    "只列已经确认的志愿服务，往返路途不计；"
    "由记录单位依《志愿服务记录与证明出具办法（试行）》（民政部令第67号）记录并证明。"
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """The site: its DID, its address, its name of the day, and its division's code."""

    did: str
    base: str
    name: str
    division: str


@dataclass(frozen=True, slots=True)
class Place:
    """Which entry of which status list tells of this credential."""

    list_number: int
    position: int


def document_of(
    facts: CertificateFacts, imprint: Imprint, *, issuer: Issuer, issued_at: datetime, place: Place
) -> dict[str, Any]:
    """Unsigned. It holds the name and the volunteer number, as the PDF does; no number of an id, not even masked."""
    with translation.override(LANGUAGE):
        url = check_url(issuer.base, imprint.number)
        where = issuer.base, issuer.division, place.list_number
        status_list = status_list_url(*where)
        document = {
            "@context": CONTEXTS,
            "id": url,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": _title(facts),
            "issuer": {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": f"{issuer.base}/"},
            "validFrom": timestamp(issued_at),
            "credentialSubject": _subject(facts, imprint, issuer, url),
            "credentialStatus": {
                "id": f"{status_list}#{place.position}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": str(place.position),
                "statusListCredential": status_list,
                "statusMessage": STATUS_MESSAGES,
                "statusReference": replaced_list_url(*where),
            },
            "credentialSchema": [SCHEMA],
        }
        return {**document, "evidence": [*map(_evidence, facts.rows)]} if facts.rows else document


def _title(facts: CertificateFacts) -> str:
    return facts.honour.heading if facts.honour else str(Kind.RECORD.label)


def _subject(facts: CertificateFacts, imprint: Imprint, issuer: Issuer, url: str) -> dict[str, Any]:
    measures = list(_measures(facts, issuer))
    return {
        "type": ["AchievementSubject"],
        "identifier": [*_identifiers(facts)],
        "activityStartDate": _moment(facts.period_start, time()),
        "activityEndDate": _moment(facts.period_end, time(23, 59, 59)),
        "narrative": _narrative(facts),
        "source": _profile(facts.bodies[0], f"{url}#body-1"),
        "achievement": {
            "id": _name("achievement", issuer.did, facts.programme.title, _title(facts), _level(facts)),
            "type": ["Achievement"],
            "achievementType": "Award" if facts.honour else "CommunityService",
            "name": f"{facts.programme.title}·{_title(facts)}",
            "description": f"{facts.programme.title}颁发的{Kind(facts.kind).label}。",
            "criteria": {"narrative": facts.honour.text if facts.honour else CRITERIA},
            "humanCode": imprint.number,
            "inLanguage": "zh-CN",
            "resultDescription": [
                {"id": name, "type": ["ResultDescription"], "name": words, "resultType": kind}
                for name, words, kind, _value in measures
            ],
        },
        "result": [
            {"type": ["Result"], "resultDescription": name, "value": value} for name, _words, _kind, value in measures
        ],
    }


def _identifiers(facts: CertificateFacts) -> Iterator[dict[str, Any]]:
    """In the clear: the file is the holder's, who decides whom to give it."""
    for kind, value in (("name", facts.holder_name), ("identifier", facts.volunteer_number)):
        if value:
            yield {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}


def _measures(facts: CertificateFacts, issuer: Issuer) -> Iterator[tuple[str, str, str, str]]:
    """(name, words, type, value): the hours, the hours of each grade of proof, the star level."""
    yield _name("hours", issuer.did), "服务时长（小时）", "ext:ServiceHours", _hours(facts.minutes)
    for grade, words in ProofGrade.choices:
        if minutes := sum(row.minutes for row in facts.rows if row.grade == grade):
            yield _name(grade, issuer.did), f"其中{words}（小时）", f"ext:ServiceHours.{grade}", _hours(minutes)
    if level := _level(facts):
        yield _name("level", issuer.did), "星级", "ext:StarLevel", level


def _evidence(row: ServiceRow) -> dict[str, Any]:
    grade = ProofGrade(row.grade).label
    return {
        "type": ["Evidence"],
        "name": row.project,
        "description": row.content,
        "narrative": f"{long_date(row.day)}，{row.place}，{_hours(row.minutes)}小时，{grade}",
    }


def _narrative(facts: CertificateFacts) -> str:
    bodies = "；".join(f"{body.role}：{body.name}" for body in facts.bodies)
    return f"{facts.main_content}。{bodies}。"


def _profile(body: Body, name: str) -> dict[str, Any]:
    profile = {"id": name, "type": ["Profile"], "name": body.name}
    return {**profile, "phone": body.phone} if body.phone else profile


def _level(facts: CertificateFacts) -> str:
    return str(facts.honour.level) if facts.honour and facts.honour.level else ""


def _hours(minutes: int) -> str:
    return hours(minutes).replace(",", "")


def _moment(day: date, at: time) -> str:
    return timezone.make_aware(datetime.combine(day, at)).isoformat()


def _name(*parts: str) -> str:
    """Equal parts have equal names, on every machine."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(parts)).urn
