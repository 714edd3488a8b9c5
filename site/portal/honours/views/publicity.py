"""星级公示: who is about to get a star, for everybody to see and to object to."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.core.queries import footer, identity, rules
from portal.core.wording import listed
from portal.honours import queries
from portal.volunteers.domain.minutes import hours

PER_PAGE = 50


@require_safe
def stars(request: HttpRequest) -> HttpResponse:
    """Masked names, stars, hours and the last day; how to object. Nothing of what was objected."""
    found = queries.under_publicity(timezone.localdate())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "application": one,
            "star": one.star,
            "hours": hours(one.minutes),
            "name": one.volunteer.public_name,
        }
        for one in page
    ]
    limits = rules()
    context = {
        "page_obj": page,
        "rows": rows,
        "days": limits.publicity_workdays,
        "steps": listed(limits.star_hours),
        "phone": identity().phone,
        "complaints": footer().complaints,
    }
    return render(request, "honours/publicity.html", context)
