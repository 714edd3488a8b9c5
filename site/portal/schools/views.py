"""The school's desk: which pupils, what is packed, the file; and the pupil's own say in it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.core import confirming, feedback
from portal.core.downloads import csv_response
from portal.core.errors import DomainError
from portal.core.posting import posted_from
from portal.organisations.models import Organisation
from portal.schools import domain, hours_table, page, questions
from portal.schools.forms import ClassForm, ListForm
from portal.schools.models import Bundle
from portal.schools.naming import named
from portal.schools.reading import read_list
from portal.schools.rules import may_take

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
    return page.show(request, school)


@for_managers
@posted_from("schools:pupils", "pk")
def pupil_list(request: HttpRequest, school: Organisation) -> HttpResponse:
    """Keep to a list of pupils, or drop it; kept in the session, never in an address."""
    if "drop" in request.POST:
        request.session.pop(page.slot_of(school), None)
        return page.back(request, school)
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return page.show(request, school, list_form=form, status=422)
    try:
        matched = read_list(school, lines=form.cleaned_data["lines"], file=form.cleaned_data["file"])
    except DomainError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.messages)
        return page.show(request, school, list_form=form, status=422)
    request.session[page.slot_of(school)] = {
        "found": list(matched.found),
        "faults": [[fault.number, fault.text] for fault in matched.faults],
        "lines": matched.lines,
    }
    return page.back(request, school)


@for_managers
@posted_from("schools:pupils", "pk")
def assign_class(request: HttpRequest, school: Organisation) -> HttpResponse:
    """Everybody who is chosen goes into a class, once it was read who that is."""
    form = ClassForm(request.POST)
    if not form.is_valid():
        return page.show(request, school, class_form=form, status=422)
    name = form.cleaned_data["class_name"]
    try:
        choice = page.choice_of(request, school)
        question = questions.assigning(choice, name, back=page.address(request, school))
        if question.names and not confirming.is_answered(request, question):
            return confirming.ask(request, question, template=confirming.AT_THE_DESK)
        count = domain.put_in_class(choice, name, by=request.user)
    except DomainError as refusal:
        form.add_error(None, refusal.messages)
        return page.show(request, school, class_form=form, status=422)
    text = ngettext("%(count)s个学生编入“%(name)s”", "%(count)s个学生编入“%(name)s”", count)
    feedback.done(request, text % {"count": count, "name": name})
    return page.back(request, school, class_name=name)


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def bundles(request: HttpRequest, school: Organisation) -> HttpResponse:
    """GET the part of the page that tells how far files are, POST asks for one."""
    if request.method != "POST":
        # Without htmx somebody came by the address of the form, as after signing in anew: the part is no page.
        files = page.files_of(school)
        return render(request, "schools/_bundles.html", files) if request.htmx else page.back(request, school)
    try:
        made = domain.ask_for_bundle(page.choice_of(request, school), by=request.user)
    except DomainError as refusal:
        feedback.refused(request, _("没有开始打包"), " ".join(refusal.messages))
    else:
        title = ngettext("正在打包%(count)s张证书", "正在打包%(count)s张证书", made.total) % {"count": made.total}
        feedback.done(request, title, _("可以离开这一页，做好后回来下载。"))
    return page.back(request, school)


@for_managers
@posted_from("schools:pupils", "pk")
def missing(request: HttpRequest, school: Organisation) -> HttpResponse:
    """Ask for the certificates that the chosen pupils lack; what came of each is shown on a page of its own."""
    try:
        order = domain.ask_for_missing(page.choice_of(request, school), by=request.user)
    except DomainError as refusal:
        feedback.refused(request, _("没有申请"), " ".join(refusal.messages))
        return page.back(request, school)
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
        return page.show(request, school, notice=" ".join(gone.messages), status=410)
    headers = {"Content-Length": str(bundle.size), "Cache-Control": "no-store"}
    response = FileResponse(file, content_type="application/zip", headers=headers)
    response.headers["Content-Disposition"] = named(bundle)  # given before, the name of the stored file replaces it
    return response


@for_managers
@posted_from("schools:pupils", "pk")
def bundle_again(request: HttpRequest, school: Organisation, key: str) -> HttpResponse:
    """Go on with what stopped."""
    try:
        domain.go_on(_bundle(school, key), by=request.user)
    except DomainError as refusal:
        feedback.refused(request, _("没有开始打包"), " ".join(refusal.messages))
    return page.back(request, school)


@for_managers
@posted_from("schools:pupils", "pk")
def bundle_end(request: HttpRequest, school: Organisation, key: str) -> HttpResponse:
    """Delete the file before its time."""
    if domain.end_bundle(_bundle(school, key), by=request.user):
        feedback.done(request, _("文件已删除"))
    return page.back(request, school)


@for_managers
@require_safe
def hours(request: HttpRequest, school: Organisation, form: str) -> HttpResponse:
    """hours.csv or hours.json of what is chosen."""
    if form not in ("csv", "json"):
        raise Http404
    try:
        choice = page.choice_of(request, school)
        records = domain.take_hours(choice, by=request.user, ip=request.META.get("REMOTE_ADDR"))
    except DomainError as refusal:
        return page.show(request, school, notice=" ".join(refusal.messages), status=422)
    name = f"hours-{choice.start:%Y%m%d}-{choice.end:%Y%m%d}"
    if form == "csv":
        return csv_response(name, list(hours_table.COLUMNS.values()), hours_table.lines(records))
    response = JsonResponse(hours_table.document(choice, records), json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.json") or "attachment"
    return response


def _bundle(school: Organisation, key: str) -> Bundle:
    return get_object_or_404(Bundle.objects.select_related("organisation"), organisation=school, key=key)
