"""Pupils of a school, and certificates that are stored without being printed."""

import hashlib
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from certificates.enums import State
from certificates.facts import CertificateFacts
from certificates.imprint import Imprint
from certificates.models import Certificate
from portal.organisations.models import Membership, Organisation
from portal.volunteers.domain.certify import holder_key
from portal.volunteers.models import Volunteer
from tests.cast import SCHOOL
from tests.factories.certificates import make_facts
from tests.factories.volunteers import make_volunteer

_serial = count(1)


def school() -> Organisation:
    return Organisation.objects.get(name=SCHOOL)


def make_pupil(name: str = "李小梅", *, allowed: bool = True, **over: Any) -> Membership:
    """A member of the cast's school who is a volunteer of full age; `allowed` says that it may ask and download."""
    body = over.pop("organisation", None) or school()
    consents = {name: over.pop(name) for name in ("certificates_allowed_at", "asking_allowed_at") if name in over}
    class_name, born = over.pop("class_name", "高三（1）班"), over.pop("birth_date", "2005-03-12")
    volunteer = make_volunteer(name=name, birth_date=born, **over)
    now = timezone.now() if allowed else None
    return Membership.objects.create(
        organisation=body,
        user=volunteer.user,
        class_name=class_name,
        **{"certificates_allowed_at": now, "asking_allowed_at": now, **consents},
    )


def store_certificate(pupil: Membership, *, until: date | None = None, **over: Any) -> Certificate:
    """Issued, with bytes of its own in the storage; its period ends with today unless told."""
    number, day = next(_serial), until or timezone.localdate()
    facts = over.pop("facts", None) or facts_for(pupil, day)
    data = f"%PDF-1.7 sheet {number}".encode() * 20
    sha256 = hashlib.sha256(data).hexdigest()
    name = storages["certificates"].save(f"{sha256[:2]}/{sha256}.pdf", ContentFile(data))
    values: dict[str, Any] = {"state": State.ISSUED, "ended_at": None, **over}
    imprint = Imprint(
        number=f"12010126{number:08d}", issued_on=day, qr_url="https://example.org/q", check_host="", platform_host=""
    )
    return Certificate.objects.create(
        number=imprint.number,
        year=2026,
        sequence=900_000 + number,
        kind=facts.kind,
        holder_key=holder_key(Volunteer.objects.get(user=pupil.user_id)),
        facts_json=facts.to_json(),
        facts_digest=f"{number:064d}",
        imprint_json=imprint.to_json(),
        issued_on=day,
        issued_at=timezone.now(),
        requested_by="test",
        pdf_name=name,
        pdf_sha256=sha256,
        pdf_size=len(data),
        **values,
    )


def facts_for(pupil: Membership, day: date) -> CertificateFacts:
    rows = tuple(replace(row, day=day) for row in make_facts().rows)
    return make_facts(holder_name=pupil.user.name, holder_masked="*", period_start=day, period_end=day, rows=rows)
