"""The public check pages: ask for a number, say what it is worth."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates.errors import NumberMalformed
from certificates.forms import NumberForm
from certificates.numbering import Number
from certificates.verification import Outcome, check_anywhere, check_here

NOT_FOUND = {Outcome.UNKNOWN, Outcome.ELSEWHERE}


@require_safe
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """The form; a readable number leads to the page of its result."""
    if "number" not in request.GET:
        return _page(request, NumberForm())
    form = NumberForm(request.GET)
    if form.is_valid():
        return redirect("certificates:result", number=str(form.cleaned_data["number"]))
    return _page(request, form, status=400)


@require_safe
@never_cache
def result(request: HttpRequest, number: str) -> HttpResponse:
    """What the certificate with this number is worth today."""
    try:
        read = Number.read(number)
    except NumberMalformed:
        form = NumberForm({"number": number})
        return _page(request, form, status=400)
    if str(read) != number:
        return redirect("certificates:result", number=str(read))
    on_platform = connection.schema_name == "public"
    finding = check_anywhere(read) if on_platform else check_here(read)
    context = {"finding": finding, "checked_at": timezone.now(), "number": number}
    return _page(request, NumberForm(), context, status=404 if finding.outcome in NOT_FOUND else 200)


@require_safe
def scanned(request: HttpRequest, number: str) -> HttpResponse:
    """Where QR codes lead: `/C/` and the digits, in capitals."""
    return redirect("certificates:result", number=number)


def _page(
    request: HttpRequest, form: NumberForm, context: dict[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    response = render(request, "certificates/check.html", {"form": form, **(context or {})}, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
