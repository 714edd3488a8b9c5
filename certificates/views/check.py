"""The public check of one certificate: ask for a number or a file, say what it is worth."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from certificates import verdicts
from certificates.errors import NumberMalformed
from certificates.forms import FileForm, NumberForm
from certificates.handed import traces_of
from certificates.numbering import Number
from certificates.uploads import UploadTooLarge, refusal_of_size, take_in_memory
from certificates.verification import Finding, Outcome, about_file, about_number
from certificates.verification import check as ask
from certificates.views.answers import not_indexed, too_often, too_often_for
from certificates.wording import shown_moment

STATUS = {Outcome.UNKNOWN: 404, Outcome.ELSEWHERE: 404, Outcome.FOREIGN: 404, Outcome.UNREADABLE: 422}


@require_safe
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """The forms; a readable number leads to the page of its result."""
    if "number" not in request.GET:
        return _page(request, form=NumberForm())
    form = NumberForm(request.GET)
    if form.is_valid():
        return redirect("certificates:result", number=str(form.cleaned_data["number"]))
    return _page(request, form=form, status=400)


@require_safe
@never_cache
def result(request: HttpRequest, number: str) -> HttpResponse:
    """What the certificate with this number is worth today."""
    try:
        read = Number.read(number)
    except NumberMalformed:
        return _page(request, form=NumberForm({"number": number}), status=400)
    if str(read) != number:
        return redirect("certificates:result", number=str(read))
    if seconds := too_often_for(request, amount=1):
        return too_often(request, seconds)
    return _answer(request, ask(about_number(read)))


@never_cache
@csrf_exempt  # a question, which changes nothing; without a token the page needs no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def check_file(request: HttpRequest) -> HttpResponse:
    """Whether the uploaded PDF or credential is what was issued; it is looked at in memory and forgotten."""
    if request.method != "POST":  # whoever changes mode or language on the page of a result comes back by its address
        return redirect("certificates:check")
    try:
        take_in_memory(request, most=settings.CERTIFICATE_CHECK_FILE_BYTES)
    except UploadTooLarge as refusal:
        return _too_large(request, refusal)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, file_form=form, status=400)
    if seconds := too_often_for(request, amount=1):
        return too_often(request, seconds)
    data = form.cleaned_data["file"].read()
    return _answer(request, ask(about_file(traces_of(data), data)))


@require_safe
@never_cache
def too_large(request: HttpRequest) -> HttpResponse:
    """What nginx shows in place of its own page when it has refused an upload by itself (docs/operations.md)."""
    return _too_large(request, refusal_of_size(settings.CERTIFICATE_CHECK_FILE_BYTES))


@require_safe
def scanned(request: HttpRequest, number: str) -> HttpResponse:
    """Where QR codes lead: `/C/` and the digits, in capitals."""
    return redirect("certificates:result", number=number)


def _too_large(request: HttpRequest, refusal: UploadTooLarge) -> HttpResponse:
    form = FileForm({})
    form.is_valid()
    form.errors["file"] = form.error_class([refusal.message])
    return _page(request, file_form=form, status=413)


def _answer(request: HttpRequest, finding: Finding) -> HttpResponse:
    status = STATUS.get(finding.outcome, 200)
    verdict = {
        "kind": verdicts.kind(finding),
        "title": verdicts.title(finding),
        "text": _sentence(finding),
        "seal": verdicts.seal(finding),
    }
    return _page(request, finding=finding, verdict=verdict, status=status)


def _sentence(finding: Finding) -> str:
    words = {"sentence": verdicts.sentence(finding), "at": shown_moment(timezone.now())}
    return _("%(sentence)s核验时间：%(at)s。") % words


def _page(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    context = {"form": NumberForm(), "file_form": FileForm(), **context}
    return not_indexed(render(request, "certificates/check.html", context, status=status))
