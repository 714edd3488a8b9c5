"""A person's own notices."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from portal.core import feedback
from portal.core.posting import posted_from
from portal.notices.domain import mark_all_read, mark_read
from portal.notices.queries import notices_of

PER_PAGE = 20


@never_cache
@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Newest first; `?unread=1` leaves out what is read."""
    notices = notices_of(request.user)
    only_unread = request.GET.get("unread") == "1"
    if only_unread:
        notices = notices.filter(read_at__isnull=True)
    page = Paginator(notices, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/listing.html", {"page_obj": page, "only_unread": only_unread})


@login_required
@posted_from("notices:listing")
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read and go where it leads, or back to the list."""
    notice = get_object_or_404(notices_of(request.user), pk=pk)
    mark_read(notice, by=request.user)
    return redirect(notice.url or "notices:listing")


@login_required
@posted_from("notices:listing")
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    count = mark_all_read(request.user)
    feedback.done(request, _("%(count)d条通知已标为读过。") % {"count": count})
    return redirect("notices:listing")
