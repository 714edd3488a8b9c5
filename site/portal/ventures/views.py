"""Public pages of calls for proposals."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.ventures.filters import list_context
from portal.ventures.page import call_context
from portal.ventures.queries import published_calls


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/ventures/`, with its filters in the address."""
    context = list_context(request.GET, now=timezone.now(), page=request.GET.get("page", ""))
    return render(request, "ventures/index.html", context)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One published call; a draft is not found, whoever asks."""
    call = get_object_or_404(published_calls(), pk=pk)
    return render(request, "ventures/call.html", call_context(call, now=timezone.now()))
