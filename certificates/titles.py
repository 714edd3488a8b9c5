"""What lists of certificates call each, so that its holder knows it again."""

from django.utils.translation import gettext as _

from certificates.enums import STARS, Occasion
from certificates.facts import CertificateFacts
from certificates.models import Certificate
from certificates.wording import period


def title_of(certificate: Certificate, *, of: str = "") -> str:
    """Its days and kind, and what it is of: a part of what was served, or `of` where the caller knows more."""
    facts = certificate.facts
    words = {"period": period(facts.period_start, facts.period_end), "kind": kind_of(certificate, facts)}
    if name := of or (facts.part.name if facts.part else ""):
        return _("“%(name)s” %(period)s %(kind)s") % {**words, "name": name}
    return _("%(period)s %(kind)s") % words


def kind_of(certificate: Certificate, facts: CertificateFacts) -> str:
    """An honour says what for, and how many stars: of one period there may be several."""
    kind = str(certificate.get_kind_display())
    honour = facts.honour
    if honour is not None and honour.level:
        words = {"kind": kind, "occasion": Occasion.STAR.label, "star": STARS[honour.level - 1]}
        return _("%(kind)s（%(occasion)s：%(star)s）") % words
    if honour is not None and honour.occasion:
        return _("%(kind)s（%(occasion)s）") % {"kind": kind, "occasion": Occasion(honour.occasion).label}
    return kind
