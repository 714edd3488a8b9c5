"""Designs of certificates in the Wagtail admin: all series, one with its versions, its draft, and sheets to look at."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from certificates import designs
from certificates.design import Design
from certificates.designs.proving import require_publishable
from certificates.designs.series import SERIES, Series, series_of
from certificates.domain import drop_draft, publish_design, retire_design, save_draft
from certificates.enums import DesignState, Kind
from certificates.errors import CertificateError, DraftChanged
from certificates.models import DesignVersion
from portal.accounts.models import User
from portal.core import confirming
from portal.core.models import Brand
from portal.volunteers.domain.designing import sample_programme, sample_sheet
from portal.volunteers.forms.designs import DesignForm
from portal.volunteers.views import design_questions

_VIEW, _CHANGE, _PUBLISH = (f"certificates.{action}_designversion" for action in ("view", "change", "publish"))


class _Act(NamedTuple):
    """Needs `right`; `do(request, series, version)` answers; `ask(version, series)` is what to ask before, or None."""

    right: str
    do: Callable[[HttpRequest, Series, DesignVersion], HttpResponse]
    ask: Callable[[DesignVersion, Series], confirming.Question | None]


def _require(request: HttpRequest, *rights: str) -> None:
    if not all(request.user.has_perm(right) for right in rights):
        raise PermissionDenied


def _series(key: str) -> Series:
    try:
        return series_of(key)
    except LookupError as error:
        raise Http404 from error


@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Each series with what prints now and whether a draft waits."""
    _require(request, _VIEW)
    rows = DesignVersion.objects.filter(state__in=[DesignState.DRAFT, DesignState.PUBLISHED])
    found = {(row.kind, row.occasion, row.state): row for row in rows}
    listed = [
        (series, found.get((*series, DesignState.PUBLISHED)), found.get((*series, DesignState.DRAFT)))
        for series in SERIES
    ]
    return render(request, "volunteers/admin/designs.html", {"listed": listed})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, key: str) -> HttpResponse:
    """The versions of a series; a POST names in `act` what to do, and in `number` with which."""
    series = _series(key)
    _require(request, _VIEW)
    if request.method != "POST":
        rows = list(designs.versions_of(*series))
        people = _people(rows)
        context = {
            "series": series,
            "rows": [(row, people.get(row.published_by or row.edited_by, "")) for row in rows],
            "current": next((row for row in rows if row.state == DesignState.PUBLISHED), None),
            "draft": next((row for row in rows if row.state == DesignState.DRAFT), None),
            "samples": designs.Sample.choices,
        }
        return render(request, "volunteers/admin/design_versions.html", context)
    _require(request, _CHANGE)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponseBadRequest()
    return _done(request, series, act, _version(series, request.POST.get("number", "draft")))


def _done(request: HttpRequest, series: Series, act: _Act, version: DesignVersion) -> HttpResponse:
    _require(request, act.right)
    question = act.ask(version, series)
    if question and not confirming.is_answered(request, question):
        return confirming.ask(request, question)
    try:
        return act.do(request, series, version)
    except CertificateError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("certificate_designs:versions", key=series.key)


def _copy(request: HttpRequest, series: Series, version: DesignVersion) -> HttpResponse:
    save_draft(*series, version.design, edited_by=str(request.user.pk))
    messages.success(request, _("已抄到草稿，改好再发布。"))
    return redirect("certificate_designs:draft", key=series.key)


def _drop(request: HttpRequest, series: Series, version: DesignVersion) -> HttpResponse:
    drop_draft(version)
    messages.success(request, _("草稿已删除。"))
    return redirect("certificate_designs:versions", key=series.key)


def _retire(request: HttpRequest, series: Series, version: DesignVersion) -> HttpResponse:
    retire_design(version, retired_by=str(request.user.pk))
    messages.success(request, _("已停用。今后出具的，用随系统带的样式。"))
    return redirect("certificate_designs:versions", key=series.key)


def _publish(request: HttpRequest, series: Series, version: DesignVersion) -> HttpResponse:
    made = publish_design(version, published_by=str(request.user.pk), programme=sample_programme())
    messages.success(request, _("第%(number)s版已发布，今后出具的都用它。已经出具的不变。") % {"number": made.number})
    return redirect("certificate_designs:versions", key=series.key)


_ACTS = {
    "copy": _Act(_CHANGE, _copy, design_questions.copying),
    "drop": _Act(_CHANGE, _drop, design_questions.dropping),
    "retire": _Act(_PUBLISH, _retire, design_questions.retiring),
}
_PUBLISHING = _Act(_PUBLISH, _publish, design_questions.publishing)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Asks what the draft shall replace, then publishes it as it is saved."""
    series = _series(key)
    _require(request, _CHANGE)
    return _done(request, series, _PUBLISHING, _version(series, "draft"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """The draft's form, begun from what prints now; saved, or saved and tried before it is published."""
    series = _series(key)
    _require(request, _CHANGE)
    base = _base(series)
    form = DesignForm(request.POST or None, request.FILES or None, series=series, base=base)
    if request.method != "POST":
        return _form_page(request, series, form)
    if not form.is_valid():
        return _form_page(request, series, form, status=422, seen=request.POST.get("seen"))
    by, seen = str(request.user.pk), request.POST.get("seen")
    try:
        saved = save_draft(*series, form.design(), edited_by=by, seen=seen)
    except DraftChanged as refusal:
        form.refuse(refusal)
        # With what is there now: whoever saves once more has been told.
        return _form_page(request, series, form, status=422, changed=True)
    if request.POST.get("act") != "publish":
        messages.success(request, _("草稿已保存。"))
        return redirect("certificate_designs:draft", key=key)
    _require(request, _PUBLISH)
    try:
        # What would be refused is said beside its field, before anybody is asked.
        require_publishable(saved.design, *series, programme=sample_programme())
    except CertificateError as refusal:
        form.refuse(refusal)
        return _form_page(request, series, form, status=422)
    return redirect("certificate_designs:publish", key=key)


def _form_page(
    request: HttpRequest,
    series: Series,
    form: DesignForm,
    *,
    status: int = 200,
    seen: str | None = None,
    changed: bool = False,
) -> HttpResponse:
    """`seen` is the edition that the form began from, where that is not the one of now."""
    draft = designs.versions_of(*series).filter(state=DesignState.DRAFT).first()
    context = {
        "series": series,
        "form": form,
        "seen": seen if seen is not None else draft.edition if draft else "",
        "changed": changed,
        "editor": _people([draft]).get(draft.edited_by, "") if changed and draft else "",
        "draft": draft,
        "samples": designs.Sample.choices,
        "brands": Brand.objects.filter(is_active=True),
        "may_publish": request.user.has_perm(_PUBLISH),
        "portrait": series.kind == Kind.RECORD or bool(form["upright"].value()),
        "first": reverse("certificate_designs:sheet", args=[series.key, "draft"]),
    }
    return render(request, "volunteers/admin/design_draft.html", context, status=status)


@never_cache
@require_POST
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """A sheet in what the form says now, nothing of it saved but an emblem's bytes; or what is wrong with it."""
    series = _series(key)
    _require(request, _CHANGE)
    form = DesignForm(request.POST, request.FILES, series=series, base=_base(series))
    if form.is_valid():
        return _pdf(request, series, form.design(), request.POST)
    return render(request, "volunteers/admin/design_faults.html", {"form": form}, status=422)


@never_cache
@require_safe
def sheet(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """A sheet in a version by its number, or in the draft: where there is none, in what it would begin from."""
    series = _series(key)
    _require(request, _VIEW)
    design = _base(series) if version == "draft" else _version(series, version).design
    return _pdf(request, series, design, request.GET)


def _pdf(request: HttpRequest, series: Series, design: Design, asked: Any) -> HttpResponse:
    sample, brand = asked.get("sample", ""), asked.get("brand", "")
    try:
        data = sample_sheet(
            design,
            series,
            sample=sample if sample in designs.Sample.values else designs.Sample.USUAL,
            brand=Brand.objects.filter(pk=brand).first() if brand.isdecimal() else None,
            host=request.get_host(),
        )
    except CertificateError as refusal:
        return render(request, "volunteers/admin/design_faults.html", {"refusal": refusal}, status=422)
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{series.key}.pdf"'
    return response


def _base(series: Series) -> Design:
    """What the draft says; without one, what prints now, the package's own in the words of the site's programme."""
    found = designs.versions_of(*series).filter(state=DesignState.DRAFT).first()
    return found.design if found else designs.current(*series, motif=sample_programme().motif)


def _version(series: Series, number: str) -> DesignVersion:
    rows = designs.versions_of(*series)
    found = rows.filter(state=DesignState.DRAFT) if number == "draft" else rows.filter(number=_counted(number))
    version = found.first()
    if version is None:
        raise Http404
    return version


def _counted(number: str) -> int:
    return int(number) if number.isdecimal() and len(number) < 7 else 0


def _people(rows: list[DesignVersion]) -> dict[str, str]:
    keys = {key for row in rows for key in (row.edited_by, row.published_by) if key.isdecimal()}
    return {str(pk): name for pk, name in User.objects.filter(pk__in=keys).values_list("pk", "name")}
