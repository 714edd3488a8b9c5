"""Why a line of an order came to nothing: kept as a code with its details, said in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from certificates.errors import CertificateError, GlyphMissing
from portal.core.errors import DomainError
from portal.volunteers.domain import errors
from portal.volunteers.domain.scopes import Found
from portal.volunteers.enums import LeftOut, LineRefusal
from portal.volunteers.models import OrderLine


def refusal_of(refusal: DomainError | CertificateError) -> dict[str, Any]:
    """What a line keeps of it; of a minor no more than that the guardian is missing, of what has no code the words."""
    if isinstance(refusal, errors.GuardianMissing):
        return refusal_as(LineRefusal.NO_GUARDIAN)
    if isinstance(refusal, errors.NothingToCertify) and refusal.left_out is not None:
        return refusal_as(LineRefusal.NOTHING, {str(reason): count for reason, count in refusal.left_out.items()})
    if isinstance(refusal, GlyphMissing):
        return refusal_as(LineRefusal.UNPRINTABLE, {"character": refusal.shown, "code": refusal.code_point})
    if refusal.code in LineRefusal.values:
        return refusal_as(LineRefusal(refusal.code))
    return {"reason": " ".join(refusal.messages)[:400], "why": "", "details": {}}


def refusal_as(why: LineRefusal, details: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The fields of a line that was refused for this reason."""
    kept = dict(details or {})
    return {"reason": _words(why, kept)[:400], "why": why, "details": kept}


def reason_for_readers(line: OrderLine) -> str:
    """In the language of whoever reads; what has no code, as lines from before there were any, in its own words."""
    return _words(LineRefusal(line.why), line.details) if line.why else line.reason


def _words(why: LineRefusal, details: Mapping[str, Any]) -> str:
    if why == LineRefusal.UNPRINTABLE:
        return _("“%(character)s”（U+%(code)s）印不出来：证书字库里没有这个字。请核对是否录错。") % details
    words = str(why.label)
    if why == LineRefusal.NOTHING and details:
        left_out = Found((), {reason: details[reason] for reason in LeftOut if reason in details})
        words += _("没有列入的：%(reasons)s。") % {"reasons": left_out.words}
    return words
