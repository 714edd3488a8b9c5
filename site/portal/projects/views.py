"""The public list of projects and one project's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.core.ledger import by_day
from portal.projects import queries, slots
from portal.projects.detail import ProjectPage
from portal.projects.listing import Listing, entry

#: More than a body offers at a time; the list of projects has the rest.
MOST_SHIFTS = 60


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    """Coming shifts by day, filtered by the address."""
    listing = Listing(request.GET, timezone.now())
    return render(request, "projects/project_list.html", {"listing": listing, "days": by_day(listing.entries)})


@require_safe
def organiser(request: HttpRequest, pk: int) -> HttpResponse:
    """Who a body is, and the shifts that it offers; two queries."""
    body = get_object_or_404(queries.public_organisations(), pk=pk)
    shifts = queries.for_ledger(queries.open_shifts().filter(project__organiser=body))[:MOST_SHIFTS]
    days = by_day(entry(shift) for shift in shifts)
    return render(request, "projects/organiser.html", {"organisation": body, "days": days})


@require_safe
def project_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One project; drafts have no address."""
    project, shifts = queries.project_with_shifts(number)
    page = ProjectPage(project, shifts, timezone.now())
    actions = slots.shift_actions(request, project, [shift for shift in shifts if shift.is_open(page.now)])
    return render(request, "projects/project.html", {"project": project, "page": page, **actions})
