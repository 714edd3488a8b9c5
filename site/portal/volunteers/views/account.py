"""The hours account, whole."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.volunteers import queries
from portal.volunteers.domain.minutes import hours
from portal.volunteers.enums import Grade
from portal.volunteers.models import Volunteer
from portal.volunteers.views.gate import volunteers_only
from portal.volunteers.views.lines import account_lines

PER_PAGE = 25


@never_cache
@require_safe
@volunteers_only
def account(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """Every line with its running total, newest first, and the sums by grade."""
    page = Paginator(queries.account(volunteer), PER_PAGE).get_page(request.GET.get("page"))
    sums, by_grade = queries.totals(volunteer), queries.minutes_by_grade(volunteer)
    context = {
        "page_obj": page,
        "lines": account_lines(page),
        "times": sums.times,
        "hours": hours(sums.minutes),
        "grades": [(grade.label, hours(by_grade[grade.value])) for grade in Grade if grade.value in by_grade],
    }
    return render(request, "volunteers/account.html", context)
