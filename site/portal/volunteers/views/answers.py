"""How a refusal reaches the page."""

from django.forms import BaseForm

from portal.core.errors import DomainError


def refuse(form: BaseForm, refusal: DomainError) -> None:
    """Beside its field if the form has it, else above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.messages)
