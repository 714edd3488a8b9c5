"""Where the QR code of a volunteer card leads: whether it is valid today, to anybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates.views.answers import not_indexed, too_often, too_often_for
from certificates.wording import shown_moment
from portal.core.queries import identity, rules
from portal.volunteers import queries
from portal.volunteers.domain.levels import level_of


@require_safe
@never_cache
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Masked name, level and site; of a card that ended as little as of one that never was."""
    if seconds := too_often_for(request, amount=1):
        return too_often(request, seconds)
    card = queries.valid_card(token)
    context = {"now": shown_moment(timezone.now())}
    if card:
        volunteer = card.volunteer
        level = level_of(queries.totals(volunteer).minutes, rules=rules())
        context |= {"name": volunteer.public_name, "level": level.words, "site": identity().site_name}
    return _private(render(request, "volunteers/card_check.html", context, status=200 if card else 404))


def _private(response: HttpResponse) -> HttpResponse:
    """The address is the key: it is not told to the sites that links lead to."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return not_indexed(response)
