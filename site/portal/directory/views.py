"""Public pages of the contact directory, and its tables."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.downloads import csv_response, xlsx_response
from portal.directory import exports, queries
from portal.directory.filters import ask, list_context

FORMATS = {"csv": csv_response, "xlsx": xlsx_response}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/directory/`, with place, kind and words in the address."""
    return render(request, "directory/index.html", list_context(request.GET))


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One published entry; a draft is not found, whoever asks."""
    found = get_object_or_404(queries.published_entries(), pk=pk)
    context = {"entry": found, "stale_before": queries.stale_before(timezone.localdate())}
    return render(request, "directory/entry.html", context)


@require_safe
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The same entries as the list shows for these conditions, all pages of it."""
    if suffix not in FORMATS:
        raise Http404("No such format.")
    asked = ask(request.GET)
    name = _("对接名录%(place)s%(date)s") % {
        "place": asked.place.name if asked.place else "",
        "date": timezone.localdate().isoformat(),
    }
    return FORMATS[suffix](name, exports.head(), exports.rows(asked.entries))
