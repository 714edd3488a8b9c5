"""How a page of the admin does what its POST names in `act`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from wagtail.admin import messages

from certificates.errors import CertificateError
from portal.core.errors import DomainError
from portal.volunteers.views.answers import refuse


@dataclass(frozen=True, slots=True)
class Act:
    """`do(found, user, data)` is a verb and says what it did; `form` asks for what it needs beside."""

    do: Callable[[Any, Any, dict[str, Any]], str]
    form: Any = None


def perform(
    request: HttpRequest, acts: Mapping[str, Act], found: Any, page: Callable[..., HttpResponse], url: str
) -> HttpResponse:
    """Do it and go to `url`; what was refused is shown by `page(request, found, forms, status)`."""
    name = request.POST.get("act", "")
    act = acts.get(name)
    if act is None:
        return HttpResponseBadRequest()
    form = act.form(request.POST) if act.form else None
    if form is not None and not form.is_valid():
        return page(request, found, {name: form}, 422)
    try:
        message = act.do(found, request.user, form.cleaned_data if form else {})
    except (DomainError, CertificateError) as refusal:
        if form is None:
            messages.error(request, " ".join(refusal.messages))
            return page(request, found, {}, 422)
        refuse(form, refusal)
        return page(request, found, {name: form}, 422)
    messages.success(request, message)
    return HttpResponseRedirect(url)
