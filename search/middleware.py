"""Says in a header of every page that searched which engine answered, and why not the other."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from search.engines import listening

HEADER = "X-Search-Engine"


class SearchEngineMiddleware:
    """`elasticsearch`, `postgres`, or `postgres; instead-of=elasticsearch; why=slow`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with listening() as said:
            response = self.get_response(request)
        if said:
            response[HEADER] = said[-1]
        return response
