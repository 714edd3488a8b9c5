"""What staff do to projects in the admin beside writing them: call off, run again."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from portal.core.errors import DomainError
from portal.projects import rules
from portal.projects.domain import cancel_project, cancel_shift, copy_project
from portal.projects.forms import CancelForm
from portal.projects.models import Project, Shift

#: As in Wagtail's own address of the form.
EDIT = "wagtailsnippets_projects_project:edit"
INSPECT = "wagtailsnippets_projects_project:inspect"


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, say how many people will be told, then cancel the project."""
    project = get_object_or_404(Project, pk=pk)
    coming = Shift.objects.filter(project=project, cancelled_at=None, ends_at__gt=timezone.now())
    heading = _("取消项目“%(title)s”") % {"title": project.title}
    return _cancel(
        request, project, coming, heading, lambda reason: cancel_project(project, reason=reason, by=request.user)
    )


@require_http_methods(["GET", "POST"])
def cancel_one_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for one shift."""
    shift = get_object_or_404(Shift.objects.select_related("project"), pk=pk)
    heading = _("取消%(shift)s这一班：%(title)s") % {"shift": shift, "title": shift.project.title}
    only = Shift.objects.filter(pk=pk)
    return _cancel(
        request, shift.project, only, heading, lambda reason: cancel_shift(shift, reason=reason, by=request.user)
    )


def _cancel(request: HttpRequest, project: Project, shifts: Any, heading: str, verb: Any) -> HttpResponse:
    if not rules.may_cancel(request.user):
        raise PermissionDenied
    form = CancelForm(request.POST or None)
    back = reverse(INSPECT, args=[project.pk])
    if request.method == "POST" and form.is_valid():
        try:
            verb(form.cleaned_data["reason"])
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.messages[0])
        else:
            messages.success(request, _("已取消。报名的人会收到通知。"))
            return redirect(back)
    context = {"form": form, "heading": heading, "back": back, "people": people_signed_up(shifts)}
    return render(request, "projects/admin/cancel.html", context, status=400 if form.errors else 200)


def people_signed_up(shifts: Any) -> int:
    """How many people have a place or wait for one in these shifts."""
    return int(shifts.aggregate(people=Sum(F("taken") + F("waiting"), default=0))["people"])


@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with the same text and later shifts, then its form."""
    if not rules.may_draft(request.user):
        raise PermissionDenied
    project = get_object_or_404(Project, pk=pk)
    if request.method == "POST":
        made = copy_project(project, by=request.user)
        messages.success(request, _("已照原样做成草稿，班次顺延到以后。请核对日期再发布。"))
        return redirect(EDIT, made.pk)
    context = {"project": project, "back": reverse(INSPECT, args=[project.pk])}
    return render(request, "projects/admin/copy.html", context)
