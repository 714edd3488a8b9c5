"""The tenant's addresses and two views that tell what the process believes at this moment."""

import threading
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from wagtail.models import Page, Site

from portal.home.models import HomePage
from tests.waiting import HANGS


def probe(request: HttpRequest) -> JsonResponse:
    """Schema, titles, addresses by cached root paths, models by cached content types."""
    root = Site.objects.get(is_default_site=True).root_page
    pages = Page.objects.descendant_of(root).order_by("pk")
    return JsonResponse(
        {
            "schema": connection.schema_name,
            "path": _search_path(),
            "titles": [page.title for page in pages],
            "urls": [page.get_url(request) for page in pages],
            "type": ContentType.objects.get_for_model(Page).model,
            "specific": [page.specific.__class__.__name__ for page in pages],
            "person": request.user.name if request.user.is_authenticated else "",
        },
        json_dumps_params={"ensure_ascii": False},
    )


BOTH = threading.Barrier(2, timeout=HANGS)
"""Two requests at once: each has its tenant before either asks for a content type."""
IN_TURN = threading.Lock()
"""The second to ask finds what the first left in the cache."""


def types(request: HttpRequest) -> JsonResponse:
    """The number of a model by the process's cache, and by the table that the present tenant reads."""
    BOTH.wait()
    with IN_TURN:
        cached = ContentType.objects.get_for_model(HomePage).pk
    stored = ContentType.objects.filter(app_label="home", model="homepage").values_list("pk", flat=True).get()
    return JsonResponse({"schema": connection.schema_name, "cached": cached, "stored": stored})


def _search_path() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        return cursor.fetchone()[0]


urlpatterns = [path("probe/", probe), path("probe/types/", types), path("", include("portal.urls_tenant"))]
