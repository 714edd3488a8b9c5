"""Refusals that a person can understand.

Their message may be lazy: who is refused reads it at once, others perhaps later, in a notice and another language.
"""

from django.core.exceptions import ValidationError


class DomainError(ValidationError):
    """A verb refused; `field` names the input at fault, so that a form can show the message beside it."""

    def __init__(self, message: str, *, field: str = "", code: str = "refused") -> None:
        super().__init__(message, code=code)
        self.field = field
