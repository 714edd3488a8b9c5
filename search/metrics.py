"""What monitoring asks of search, in Prometheus's text form: whether the second engine answers and keeps up."""

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search.elastic.client import configured
from search.elastic.state import NAME
from search.models import Change, EngineState, Listing


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """404 without the token that the installation has set; three small queries."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        raise Http404
    return HttpResponse("\n".join(_lines()) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _lines() -> Iterator[str]:
    state = EngineState.objects.filter(pk=NAME).first() or EngineState(name=NAME)
    age = (timezone.now() - state.fed_at).total_seconds() if state.fed_at else float("nan")
    values = (
        ("listings", "gauge", "Rows of the projection.", Listing.objects.count()),
        ("elasticsearch_configured", "gauge", "1 with ELASTICSEARCH_URL.", int(configured())),
        ("elasticsearch_failing", "gauge", "1 while PostgreSQL answers.", int(state.search_failing_since is not None)),
        ("fallbacks_total", "counter", "Answers of PostgreSQL in the other's stead.", state.fallbacks),
        ("changes_waiting", "gauge", "Changes that the index does not know.", Change.objects.count()),
        ("feed_failing", "gauge", "1 while the index takes no changes.", int(state.feed_failing_since is not None)),
        ("feed_age_seconds", "gauge", "Since the feed last went well.", age),
    )
    for name, kind, words, value in values:
        yield f"# HELP yinling_search_{name} {words}"
        yield f"# TYPE yinling_search_{name} {kind}"
        yield f"yinling_search_{name} {value}"
