"""How a page of the admin does what its POST names in `act`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from wagtail.admin import messages

from certificates.errors import CertificateError
from portal.core import confirming
from portal.core.confirming import Question
from portal.core.errors import DomainError
from portal.volunteers.views.answers import refuse


@dataclass(frozen=True, slots=True)
class Act:
    """`do(found, user, data)` is a verb and says what it did; `form` asks for what it needs beside.

    `ask`, with the same arguments, is what to ask before it is done: None where nothing is to be asked, and where
    the verb refuses anyway.
    """

    do: Callable[[Any, Any, dict[str, Any]], str]
    form: Any = None
    ask: Callable[[Any, Any, dict[str, Any]], Question | None] | None = None


def perform(
    request: HttpRequest, acts: Mapping[str, Act], found: Any, page: Callable[..., HttpResponse], url: str
) -> HttpResponse:
    """Do it, once it is confirmed, and go to `url`; `page(request, found, forms, status)` shows what was refused."""
    name = request.POST.get("act", "")
    act = acts.get(name)
    if act is None:
        return HttpResponseBadRequest()
    form = act.form(request.POST) if act.form else None
    if form is not None and not form.is_valid():
        return page(request, found, {name: form}, 422)
    data = form.cleaned_data if form else {}
    question = act.ask(found, request.user, data) if act.ask else None
    if question and not confirming.is_answered(request, question):
        return confirming.ask(request, question)
    try:
        message = act.do(found, request.user, data)
    except (DomainError, CertificateError) as refusal:
        return page(request, found, _refused(request, name, form, refusal), 422)
    messages.success(request, message)
    return HttpResponseRedirect(url)


def _refused(request: HttpRequest, name: str, form: Any, refusal: DomainError | CertificateError) -> dict[str, Any]:
    """Beside its field; what is about none is said above, for the page may have that form no more."""
    if form is not None and refusal.field in form.fields:
        refuse(form, refusal)
        return {name: form}
    messages.error(request, " ".join(refusal.messages))
    return {}
