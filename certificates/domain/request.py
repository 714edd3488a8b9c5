"""Takes a number, freezes the facts and queues the PDF."""

import hashlib
import json
from dataclasses import replace

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from certificates.addresses import check_address
from certificates.coverage import require_printable_facts
from certificates.enums import State
from certificates.errors import CorrectionUnderway, TransitionRefused
from certificates.facts import CertificateFacts
from certificates.imprint import Imprint
from certificates.models import Certificate, NumberSequence
from certificates.numbering import Number
from tenants.models import Tenant


@transaction.atomic
def request_certificate(
    facts: CertificateFacts, *, holder_key: str, requested_by: str, replaces: Certificate | None = None
) -> Certificate:
    """A numbered certificate whose PDF is on its way, in the caller's transaction.

    Refused with `GlyphMissing` when a character cannot be printed. Asked twice for the same facts, it gives
    the certificate that exists: no number is spent on a double click.
    """
    require_printable_facts(facts)
    today = timezone.localdate()
    sequence = _locked_sequence(today.year)
    if existing := living_certificate(facts, holder_key=holder_key):
        return existing
    sequence.last += 1
    sequence.save(update_fields=["last"])
    tenant = Tenant.objects.get(schema_name=connection.schema_name)
    number = Number(tenant.division_code, today.year, sequence.last)
    address = check_address(tenant, number)
    imprint = Imprint(
        number=str(number),
        issued_on=today,
        qr_url=address.qr,
        check_host=address.host,
        platform_host=address.platform,
    )
    certificate = Certificate.objects.create(
        number=str(number),
        year=number.year,
        sequence=number.sequence,
        kind=facts.kind,
        holder_key=holder_key,
        facts_json=facts.to_json(),
        facts_digest=facts_digest(facts),
        design_version=facts.design.version if facts.design else "",
        imprint_json=imprint.to_json(),
        issued_on=today,
        replaces=replaces,
        requested_by=requested_by,
    )
    _queue(certificate)
    return certificate


@transaction.atomic
def correct_certificate(certificate: Certificate, facts: CertificateFacts, *, requested_by: str) -> Certificate:
    """A new certificate with its own number; the old one counts until the new one is issued."""
    old = Certificate.objects.select_for_update().get(pk=certificate.pk)
    require_correctable(old, facts)
    new = request_certificate(facts, holder_key=old.holder_key, requested_by=requested_by, replaces=old)
    if new.replaces_id != old.pk:
        raise TransitionRefused(format_lazy(_("这些内容已经另有证书{number}。"), number=new.number), field="facts")
    return new


def require_correctable(old: Certificate, facts: CertificateFacts) -> None:
    """Refused with TransitionRefused or CorrectionUnderway when these facts cannot take its place now."""
    if old.state != State.ISSUED:
        raise TransitionRefused(_("只有有效的证书才能更正。"), field="state")
    if Certificate.objects.filter(replaces=old).exists():
        raise CorrectionUnderway(format_lazy(_("证书{number}的更正正在办理。"), number=old.number), field="state")
    if old.waiting_revocation():
        raise TransitionRefused(
            format_lazy(_("证书{number}正由主管核对是否撤销，有了结果才能换发。"), number=old.number), field="state"
        )
    if facts_digest(facts) == old.facts_digest:
        raise TransitionRefused(_("更正后的内容与原证书相同，不需要换发。"), field="facts")


def living_certificate(facts: CertificateFacts, *, holder_key: str) -> Certificate | None:
    """The holder's one that says the same and counts, or is being made."""
    alive = Certificate.objects.filter(
        holder_key=holder_key, facts_digest=facts_digest(facts), state__in=[State.REQUESTED, State.ISSUED]
    )
    return alive.first()


def facts_digest(facts: CertificateFacts) -> str:
    """Equal for equal facts, whatever design they print in: a new look is no reason for a second certificate."""
    plain = json.dumps(replace(facts, design=None).to_json(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def _locked_sequence(year: int) -> NumberSequence:
    """Whoever holds this row takes the next number; a rollback gives it back, so there are no gaps."""
    NumberSequence.objects.get_or_create(year=year)
    return NumberSequence.objects.select_for_update().get(year=year)


def _queue(certificate: Certificate) -> None:
    from certificates.tasks import print_pdf  # the task imports the verb that issues

    print_pdf.enqueue(certificate.pk)
