"""The school's desk: which pupils, what is packed, the file; and the pupil's own say in it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certificates.wording import hours as in_hours
from portal.core import feedback
from portal.core.downloads import csv_response
from portal.core.errors import DomainError
from portal.core.paging import CountedPaginator
from portal.core.posting import posted_from
from portal.organisations.models import Organisation
from portal.schools import domain, hours_table, queries
from portal.schools.domain.asking import stalled_since
from portal.schools.enums import LeftOut
from portal.schools.forms import ChoiceForm, ClassForm, ListForm
from portal.schools.models import Bundle
from portal.schools.queries import Choice
from portal.schools.reading import read_list
from portal.schools.rules import may_take

PER_PAGE = 50
FAULTS_SHOWN = 200
View = Callable[..., HttpResponse]


def for_managers(view: View) -> View:
    """The view gets the school; 404 for what is no school, 403 for whoever does not run it."""

    @never_cache
    @login_required
    @wraps(view)
    def gate(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        school = get_object_or_404(Organisation, pk=pk, kind="school")
        if not may_take(request.user, school):
            raise PermissionDenied
        return view(request, school, *args, **kwargs)

    return gate


@for_managers
@require_safe
def pupils(request: HttpRequest, school: Organisation) -> HttpResponse:
    """The choice, what it finds, and the files."""
    return _page(request, school)


@for_managers
@posted_from("schools:pupils", "pk")
def pupil_list(request: HttpRequest, school: Organisation) -> HttpResponse:
    """Keep to a list of pupils, or drop it; kept in the session, never in an address."""
    if "drop" in request.POST:
        request.session.pop(_slot(school), None)
        return _back(request, school)
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, school, list_form=form, status=422)
    try:
        matched = read_list(school, lines=form.cleaned_data["lines"], file=form.cleaned_data["file"])
    except DomainError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.messages)
        return _page(request, school, list_form=form, status=422)
    request.session[_slot(school)] = {
        "found": list(matched.found),
        "faults": [[fault.number, fault.text] for fault in matched.faults],
        "lines": matched.lines,
    }
    return _back(request, school)


@for_managers
@posted_from("schools:pupils", "pk")
def assign_class(request: HttpRequest, school: Organisation) -> HttpResponse:
    """Everybody who is chosen goes into a class."""
    form = ClassForm(request.POST)
    if not form.is_valid():
        return _page(request, school, class_form=form, status=422)
    name = form.cleaned_data["class_name"]
    try:
        count = domain.put_in_class(_choice(request, school), name, by=request.user)
    except DomainError as refusal:
        form.add_error(None, refusal.messages)
        return _page(request, school, class_form=form, status=422)
    text = ngettext("%(count)s个学生编入“%(name)s”", "%(count)s个学生编入“%(name)s”", count)
    feedback.done(request, text % {"count": count, "name": name})
    return _back(request, school, class_name=name)


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def bundles(request: HttpRequest, school: Organisation) -> HttpResponse:
    """GET the part of the page that tells how far files are, POST asks for one."""
    if request.method != "POST":
        # Without htmx somebody came by the address of the form, as after signing in anew: the part is no page.
        return render(request, "schools/_bundles.html", _files(school)) if request.htmx else _back(request, school)
    try:
        made = domain.ask_for_bundle(_choice(request, school), by=request.user)
    except DomainError as refusal:
        feedback.refused(request, _("没有开始打包"), " ".join(refusal.messages))
    else:
        title = ngettext("正在打包%(count)s张证书", "正在打包%(count)s张证书", made.total) % {"count": made.total}
        feedback.done(request, title, _("可以离开这一页，做好后回来下载。"))
    return _back(request, school)


@for_managers
@posted_from("schools:pupils", "pk")
def missing(request: HttpRequest, school: Organisation) -> HttpResponse:
    """Ask for the certificates that the chosen pupils lack; what came of each is shown on a page of its own."""
    try:
        order = domain.ask_for_missing(_choice(request, school), by=request.user)
    except DomainError as refusal:
        feedback.refused(request, _("没有申请"), " ".join(refusal.messages))
        return _back(request, school)
    return redirect("volunteers:order", pk=school.pk, order=order.pk)


@for_managers
@require_safe
def bundle_file(request: HttpRequest, school: Organisation, key: str) -> Any:
    """The ZIP, piece by piece; 404 while there is none, 410 once it is gone."""
    bundle = _bundle(school, key)
    if bundle.is_open:
        raise Http404
    try:
        file = domain.take_bundle(bundle, by=request.user)
    except domain.Gone as gone:
        return _page(request, school, notice=" ".join(gone.messages), status=410)
    name = f"{school.name}-{bundle.asked_at:%Y%m%d}-{bundle.key[:6]}.zip"
    disposition = content_disposition_header(True, name) or "attachment"
    headers = {"Content-Disposition": disposition, "Content-Length": str(bundle.size), "Cache-Control": "no-store"}
    return FileResponse(file, content_type="application/zip", headers=headers)


@for_managers
@posted_from("schools:pupils", "pk")
def bundle_again(request: HttpRequest, school: Organisation, key: str) -> HttpResponse:
    """Go on with what stopped."""
    try:
        domain.go_on(_bundle(school, key), by=request.user)
    except DomainError as refusal:
        feedback.refused(request, _("没有开始打包"), " ".join(refusal.messages))
    return _back(request, school)


@for_managers
@posted_from("schools:pupils", "pk")
def bundle_end(request: HttpRequest, school: Organisation, key: str) -> HttpResponse:
    """Delete the file before its time."""
    if domain.end_bundle(_bundle(school, key), by=request.user):
        feedback.done(request, _("文件已删除"))
    return _back(request, school)


@for_managers
@require_safe
def hours(request: HttpRequest, school: Organisation, form: str) -> HttpResponse:
    """hours.csv or hours.json of what is chosen."""
    if form not in ("csv", "json"):
        raise Http404
    try:
        choice = _choice(request, school)
        records = domain.take_hours(choice, by=request.user, ip=request.META.get("REMOTE_ADDR"))
    except DomainError as refusal:
        return _page(request, school, notice=" ".join(refusal.messages), status=422)
    name = f"hours-{choice.start:%Y%m%d}-{choice.end:%Y%m%d}"
    if form == "csv":
        return csv_response(name, list(hours_table.COLUMNS.values()), hours_table.lines(records))
    response = JsonResponse(hours_table.document(choice, records), json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.json") or "attachment"
    return response


def _page(
    request: HttpRequest,
    school: Organisation,
    *,
    list_form: ListForm | None = None,
    class_form: ClassForm | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    form = _choice_form(request, school)
    choice = form.choice()
    counts = queries.tally(choice)
    left_out = [(reason.label, counts[reason.value]) for reason in LeftOut if counts[reason.value]]
    out = sum(count for _label, count in left_out)
    show_out = request.GET.get("show") == "out"
    context = {
        "school": school,
        "form": form,
        "choice": choice,
        "counts": counts,
        "left_out": left_out,
        "out": out,
        "show_out": show_out,
        "page_obj": _rows(request, choice, show_out, total=out if show_out else counts["pupils"]),
        "list_form": list_form or ListForm(),
        "class_form": class_form or ClassForm(),
        "listed": _list(request, school),
        "faults_shown": FAULTS_SHOWN,
        "query": _query(request),
        "notice": notice,
        "orders": queries.orders_of(school),
        **_files(school),
    }
    return render(request, "schools/pupils.html", context, status=status)


def _rows(request: HttpRequest, choice: Choice, out: bool, *, total: int) -> Page:
    """Pupils of a page with their certificates, or with why they are left out; two queries."""
    found = queries.chosen(choice)
    found = found.exclude(reason="") if out else found.filter(reason="")
    page = CountedPaginator(found, PER_PAGE, total=total).get_page(request.GET.get("page"))
    pupils = list(page.object_list)
    held = queries.certificates_for(pupils, choice)
    page.object_list = [_row(pupil, held) for pupil in pupils]
    return page


def _row(pupil: Any, held: dict[str, Any]) -> dict[str, Any]:
    certificates = held.get(pupil.holder, [])
    return {
        "pupil": pupil,
        "certificates": certificates,
        "hours": in_hours(sum(certificate.facts.minutes for certificate in certificates)),
        "reason": LeftOut(pupil.reason).label if pupil.reason else "",
    }


def _files(school: Organisation) -> dict[str, Any]:
    found = queries.bundles_of(school)
    return {
        "school": school,
        "bundles": found,
        "polling": any(bundle.is_open for bundle in found),
        "stalled_since": stalled_since(),
        "now": timezone.now(),
    }


def _choice_form(request: HttpRequest, school: Organisation) -> ChoiceForm:
    listed = _list(request, school)
    return ChoiceForm(request.GET, organisation=school, listed=frozenset(listed["found"]) if listed else None)


def _choice(request: HttpRequest, school: Organisation) -> Choice:
    """For what acts on it: a choice with faults is refused, never widened."""
    form = _choice_form(request, school)
    if not form.is_valid():
        raise DomainError(_("先改好班级和日期，再试一次。"))
    return form.choice()


def _list(request: HttpRequest, school: Organisation) -> dict[str, Any] | None:
    found: dict[str, Any] | None = request.session.get(_slot(school))
    return found


def _slot(school: Organisation) -> str:
    return f"school-list-{school.pk}"


def _query(request: HttpRequest) -> str:
    """The choice as it stands in the address, for the forms that act on it."""
    kept = {name: request.GET[name] for name in ChoiceForm.base_fields if request.GET.get(name)}
    return urlencode(kept)


def _back(request: HttpRequest, school: Organisation, **over: str) -> HttpResponse:
    kept = {name: request.GET[name] for name in ChoiceForm.base_fields if request.GET.get(name)} | over
    return redirect(f"{reverse('schools:pupils', args=[school.pk])}?{urlencode(kept)}".rstrip("?"))


def _bundle(school: Organisation, key: str) -> Bundle:
    return get_object_or_404(Bundle.objects.select_related("organisation"), organisation=school, key=key)
