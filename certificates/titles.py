"""What lists of certificates call each, so that its holder knows it again."""

from django.utils.translation import gettext as _

from certificates.enums import Occasion
from certificates.facts import CertificateFacts
from certificates.models import Certificate


def title_of(certificate: Certificate, *, of: str = "") -> str:
    """Its days and kind, and what it is of: a part of what was served, or `of` where the caller knows more."""
    facts = certificate.facts
    words = {"start": facts.period_start, "end": facts.period_end, "kind": _kind(certificate, facts)}
    if name := of or (facts.part.name if facts.part else ""):
        return _("“%(name)s” %(start)s至%(end)s %(kind)s") % {**words, "name": name}
    return _("%(start)s至%(end)s %(kind)s") % words


def _kind(certificate: Certificate, facts: CertificateFacts) -> str:
    """An honour says what for: of one period there may be several."""
    kind = str(certificate.get_kind_display())
    if facts.honour is None or not facts.honour.occasion:
        return kind
    level = f" {'★' * facts.honour.level}" if facts.honour.level else ""
    return _("%(kind)s（%(occasion)s）") % {"kind": kind, "occasion": Occasion(facts.honour.occasion).label} + level
