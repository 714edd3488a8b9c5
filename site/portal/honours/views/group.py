"""The certificates of an organisation, for its people."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates.download import credential_response, pdf_response
from certificates.enums import Actor
from certificates.models import Certificate
from certificates.queries import certificates_of
from certificates.titles import title_of
from portal.honours import queries
from portal.honours.rules import is_of, may_see_sheets
from portal.organisations.models import Organisation
from portal.volunteers.domain.minutes import hours

PER_PAGE = 25


@never_cache
@login_required
@require_safe
def sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """What the organisation holds, newest first."""
    organisation = _seen(request, pk)
    page = Paginator(certificates_of(queries.group_key(organisation)), PER_PAGE).get_page(request.GET.get("page"))
    held = list(page)
    rounds = queries.round_titles(held)
    rows = [(one, title_of(one, of=rounds.get(one.pk, "")), hours(one.facts.minutes)) for one in held]
    context = {"organisation": organisation, "page_obj": page, "rows": rows}
    return render(request, "honours/group_sheets.html", context)


@never_cache
@login_required
@require_safe
def download(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """The stored bytes; logged, officers by their account."""
    return _sent(request, pk, number, pdf_response)


@never_cache
@login_required
@require_safe
def credential(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """The same facts as a signed credential, to the same people."""
    return _sent(request, pk, number, credential_response)


def _sent(request: HttpRequest, pk: int, number: str, response: Callable[..., HttpResponse]) -> HttpResponse:
    organisation = _seen(request, pk)
    certificate = Certificate.objects.filter(number=number, holder_key=queries.group_key(organisation)).first()
    if certificate is None:
        raise Http404
    actor = Actor.HOLDER if is_of(request.user, organisation) else Actor.STAFF
    return response(certificate, actor=actor, account=request.user.pk)


def _seen(request: HttpRequest, pk: int) -> Organisation:
    organisation = get_object_or_404(Organisation, pk=pk)
    if not may_see_sheets(request.user, organisation):
        raise PermissionDenied
    return organisation
