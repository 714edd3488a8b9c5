"""All components and states on one page, drawn by their real templates; sample data only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show(request: HttpRequest) -> HttpResponse:
    """The styleguide; installed only where settings.STYLEGUIDE says so."""
    return render(request, "core/styleguide.html", {})
