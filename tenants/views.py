"""The platform's own front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tenants.atlas import atlas


@require_safe
def platform_home(request: HttpRequest) -> HttpResponse:
    """Every site by province; two queries."""
    return render(request, "tenants/platform.html", {"atlas": atlas()})
