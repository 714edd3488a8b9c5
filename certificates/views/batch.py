"""The public check of many certificates: hand in a list or a ZIP, read a table, take it along."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from certificates.batch import table
from certificates.batch.lists import read_text
from certificates.batch.reading import read_file
from certificates.batch.rows import BatchRefused, Row, too_many
from certificates.domain.checking import log_bulk_check
from certificates.errors import CertificateError
from certificates.forms import BatchForm
from certificates.uploads import UploadTooLarge, take_in_memory
from certificates.views.answers import not_indexed, too_often, too_often_for
from certificates.wording import shown_moment

_SALT = "certificates.batch"
_VALID = 3600
"""Seconds for which a table can be taken along."""


@never_cache
@csrf_exempt  # a question, which changes nothing; without a token the page needs no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest) -> HttpResponse:
    """The form; with a list or a file the table of answers. Files are looked at in memory and forgotten."""
    if request.method != "POST":
        return _page(request, BatchForm())
    try:
        take_in_memory(request, most=settings.CERTIFICATE_BATCH_BYTES)
    except UploadTooLarge as refusal:
        return _refused(request, BatchForm({}), refusal, status=413)
    form = BatchForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        rows = _rows(form)
    except BatchRefused as refusal:
        return _refused(request, form, refusal, status=422)
    if seconds := too_often_for(request, amount=len(rows)):
        return too_often(request, seconds)
    lines = table.answer(rows)
    log_bulk_check(lines)
    context = {
        "lines": lines,
        "summary": table.summary(lines),
        "headings": table.HEADINGS,
        "checked_at": shown_moment(timezone.now()),
        "signed": signing.dumps(table.as_plain(lines), salt=_SALT, compress=True),
    }
    return _page(request, BatchForm(), **context)


@csrf_exempt  # gives back what the visitor has, in another form
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def batch_csv(request: HttpRequest) -> HttpResponse:
    """The table of the last hour as a file; it is signed, so that nobody has a table of ours made up."""
    if request.method != "POST":
        return redirect("certificates:batch")
    try:
        plain = signing.loads(request.POST.get("signed", ""), salt=_SALT, max_age=_VALID)
    except signing.BadSignature:
        refusal = BatchRefused(_("核验结果超过一小时了，请再核验一次。"), field="file")
        return _refused(request, BatchForm({}), refusal, status=400)
    response = HttpResponse(table.as_csv(table.from_plain(plain)), content_type="text/csv; charset=utf-8")
    name = f"{_('证书核验结果')}-{timezone.localtime():%Y%m%d-%H%M}.csv"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return not_indexed(response)


def _rows(form: BatchForm) -> list[Row]:
    file = form.cleaned_data["file"]
    rows = read_text(form.cleaned_data["numbers"])
    if file is not None:
        rows += read_file(file.read(), name=file.name)
    if not rows:
        raise BatchRefused(_("里面没有证书编号，也没有证书。"), field="file")
    if len(rows) > settings.CERTIFICATE_BATCH_MOST:
        raise too_many()
    return rows


def _refused(request: HttpRequest, form: BatchForm, refusal: CertificateError, *, status: int) -> HttpResponse:
    form.is_valid()
    form.errors.clear()
    form.add_error(refusal.field, refusal.message)
    return _page(request, form, status=status)


def _page(request: HttpRequest, form: BatchForm, *, status: int = 200, **context: Any) -> HttpResponse:
    context |= {"form": form, "most": settings.CERTIFICATE_BATCH_MOST}
    return not_indexed(render(request, "certificates/batch.html", context, status=status))
