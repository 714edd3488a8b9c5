"""One order of certificates in the Wagtail admin: who asked, and what became of each person."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core.masking import mask_name
from portal.volunteers import queries
from portal.volunteers.domain.line_reasons import reason_for_readers
from portal.volunteers.domain.ordering import scope_for
from portal.volunteers.enums import LineOutcome
from portal.volunteers.models import Order

PER_PAGE = 100


@never_cache
@require_safe
def order_page(request: HttpRequest, pk: int) -> HttpResponse:
    """People are shown masked, as in every list of the admin; the reason is the one that the body reads."""
    if not request.user.has_perm("volunteers.view_order"):
        raise PermissionDenied
    found = get_object_or_404(Order.objects.select_related("organisation", "asked_by"), pk=pk)
    counts = queries.outcomes_of(found)
    page = Paginator(queries.lines_for_staff(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "order": found,
        "scope": scope_for(found).words,
        "counts": [(outcome.label, counts[outcome]) for outcome in LineOutcome if counts[outcome]],
        "total": sum(counts.values()),
        "waiting": counts[LineOutcome.WAITING],
        "page_obj": page,
        "rows": [(line, mask_name(line.user.name), reason_for_readers(line)) for line in page],
    }
    return render(request, "volunteers/admin/order.html", context)
