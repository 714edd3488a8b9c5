"""Certificates that a school or an organisation asks for in the name of its people, and what came of each."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certificates.download import pdf_response
from certificates.enums import Actor, Way
from portal.core.errors import DomainError
from portal.core.feedback import refused
from portal.core.posting import posted_from
from portal.organisations.models import Organisation
from portal.organisations.rules import runs
from portal.volunteers import queries
from portal.volunteers.domain.line_reasons import reason_for_readers
from portal.volunteers.domain.ordering import downloadable, place_order, resume_order
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.enums import LineOutcome
from portal.volunteers.forms.certificates import BodyForm
from portal.volunteers.models import Order
from portal.volunteers.views.answers import refuse

PER_PAGE = 100
SHOWN = 10
View = Callable[..., HttpResponse]


def for_managers(view: View) -> View:
    """The view gets the organisation; 403 for whoever does not run it, officers included."""

    @never_cache
    @login_required
    @wraps(view)
    def gate(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        organisation = get_object_or_404(Organisation, pk=pk, is_active=True)
        if not runs(request.user, organisation):
            raise PermissionDenied
        return view(request, organisation, *args, **kwargs)

    return gate


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def body(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Which days and which of its people; below the latest orders."""
    today = timezone.localdate()
    data = request.POST if request.method == "POST" else None
    initial = {"start": date(today.year, 1, 1), "end": today}
    form = BodyForm(data, organisation=organisation, initial=initial)
    status = 200
    if data is not None:
        status = 422
        if form.is_valid():
            try:
                made = place_order(organisation, form.people(), scope=form.scope(), by=request.user)
            except DomainError as refusal:
                refuse(form, refusal)
            else:
                return redirect("volunteers:order", pk=organisation.pk, order=made.pk)
    orders = Order.objects.filter(organisation=organisation).select_related("asked_by")[:SHOWN]
    context = {"organisation": organisation, "form": form, "orders": orders}
    return render(request, "volunteers/body_certificates.html", context, status=status)


@for_managers
@require_safe
def order(request: HttpRequest, organisation: Organisation, order: int) -> HttpResponse:
    """Each person with the certificate, or with why there is none."""
    return render(request, "volunteers/order.html", _context(request, organisation, order))


@for_managers
@require_safe
def progress(request: HttpRequest, organisation: Organisation, order: int) -> HttpResponse:
    """The table alone, for the part of the page that asks again by itself."""
    return render(request, "volunteers/_order.html", _context(request, organisation, order))


@for_managers
@posted_from("volunteers:order", "pk", "order")
def resume(request: HttpRequest, organisation: Organisation, order: int) -> HttpResponse:
    """Go on with what is left."""
    try:
        resume_order(_order(organisation, order), by=request.user)
    except DomainError as refusal:
        refused(request, _("没有办成"), " ".join(refusal.messages))
    return redirect("volunteers:order", pk=organisation.pk, order=order)


@for_managers
@require_safe
def pdf(request: HttpRequest, organisation: Organisation, number: str) -> HttpResponse:
    """The sheet of somebody who lets this organisation download, of what it asked for; 404 for any other."""
    certificate = downloadable(organisation, number)
    if certificate is None:
        raise Http404
    return pdf_response(certificate, actor=Actor.STAFF, account=request.user.pk, way=Way.ORGANISATION)


def _order(organisation: Organisation, pk: int) -> Order:
    found = queries.order_of(organisation, pk)
    if found is None:
        raise Http404
    return found


def _lines(request: HttpRequest, found: Order) -> Page:
    """Each line of the page with why there is no certificate, in the reader's language."""
    page = Paginator(queries.lines_of(found), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [(line, reason_for_readers(line)) for line in page.object_list]
    return page


def _context(request: HttpRequest, organisation: Organisation, pk: int) -> dict[str, Any]:
    found = _order(organisation, pk)
    counts = queries.outcomes_of(found)
    waiting = counts.get(LineOutcome.WAITING, 0)
    total = sum(counts.values())
    return {
        "organisation": organisation,
        "order": found,
        "scope": Scope(start=found.start, end=found.end),
        "counts": [(outcome.label, counts[outcome]) for outcome in LineOutcome if counts.get(outcome)],
        "page_obj": _lines(request, found),
        "polling": bool(waiting) and found.finished_at is None,
        "total": total,
        "settled": total - waiting,
        "is_school": organisation.kind == "school",
    }
