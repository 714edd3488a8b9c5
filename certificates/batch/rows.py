"""A row of a batch: what was handed in, and the question it asks or why it asks none."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from certificates.errors import CertificateError, NumberMalformed
from certificates.numbering import Number
from certificates.verification import Question, about_number

GIVEN_MOST = 80
"""Characters of a file's name or a typed text that the table repeats."""


class BatchRefused(CertificateError):
    """The whole batch cannot be taken."""


@dataclass(frozen=True, slots=True)
class Row:
    """`given` is a number as typed or the name of a file; `problem` stands where there is no `question`."""

    given: str
    question: Question | None = None
    problem: str = ""


def row_of_text(text: str) -> Row:
    """The question that a typed number asks, or what is wrong with it."""
    given = " ".join(text.split())[:GIVEN_MOST]
    try:
        return Row(given, about_number(Number.read(text)))
    except NumberMalformed as problem:
        return Row(given, problem=str(problem))


def too_many() -> BatchRefused:
    """More rows than one batch takes."""
    return BatchRefused(
        _("一次最多核验%(most)s张，请分成几份。") % {"most": settings.CERTIFICATE_BATCH_MOST}, field="file"
    )
