"""`/api/v1/`: what the search page finds, as JSON, for whoever wants to build on it; reading only."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe
from ninja import NinjaAPI, Query
from ninja.decorators import decorate_view
from ninja.errors import ValidationError

from portal.finding.api_schema import PROBLEM_TITLES, Fault, Listing, Page, Params, Problem, Site
from portal.finding.cursors import BadCursor, cursor, offset_of
from portal.finding.listed import Item, ResultList, asked_of, result_list
from search.query import DEEPEST

ROOT = "/api/v1/listings"


class Refused(Exception):
    """400, with what is wrong in which parameter."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__()
        self.faults = faults


def _open(view: Any) -> Any:
    """Any page of the web may read: there is nothing here but what everybody may see."""

    def opened(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return opened


api = NinjaAPI(
    title="银龄",
    version="1",
    description="公开的内容：项目、创投、故事、政策、公告、名录等。只读，不用登录。",
    urls_namespace="api-v1",
    docs_url=None,
)


@api.get("/listings", response={200: Page, 400: Problem}, summary="搜索公开的内容", url_name="listings")
@decorate_view(conditional_page, _open)
def listings(request: HttpRequest, params: Query[Params]) -> Page:
    """与搜索页同样的参数、同样的结果；带ETag，没有变就答304。"""
    asked = asked_of(request)
    unread = [Fault(field=each.name, message=each.why) for each in asked.ignored]
    if unread:
        raise Refused(*unread)
    offset = _offset(params.cursor, asked.encoded, request.get_host())
    found = result_list(request, asked, limit=params.limit, offset=offset, with_facets=True)
    return _page(request, found, offset + params.limit, params.limit)


def _offset(given: str, question: str, host: str) -> int:
    try:
        return offset_of(given, question, host=host) if given else 0
    except BadCursor as error:
        why = _("这个cursor不是这次搜索的。换了条件，要从第一页重新读起。")
        raise Refused(Fault(field="cursor", message=why)) from error


def _page(request: HttpRequest, found: ResultList, following: int, limit: int) -> Page:
    results, question = found.results, found.asked.encoded
    is_last = following >= min(results.total, DEEPEST)
    after = None if is_last else cursor(question, host=request.get_host(), offset=following)
    address = f"{ROOT}?{question}{'&' if question else ''}limit={limit}&cursor={after}"
    return Page(
        total=results.total,
        total_is_exact=results.is_exact,
        is_loose=results.is_loose,
        items=[_listing(item) for item in found.items],
        facets={name: dict(counts) for name, counts in results.facets.items()},
        next=after,
        next_url=request.build_absolute_uri(address) if after else None,
    )


def _listing(item: Item) -> Listing:
    row = item.row
    same = {name: getattr(row, name) for name in _SAME}
    site = Site(id=row.tenant_id, name=item.site) if item.site else None
    return Listing(kind_label=item.kind, id=row.source, url=item.url, site=site, **same)


_SAME = sorted(set(Listing.model_fields) - {"kind_label", "id", "url", "site"})


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(request, 400, error.faults)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    names = dict.fromkeys(str(each["loc"][-1]) for each in error.errors)
    why = {"limit": _("limit要写成1到100的整数。")}
    return problem(request, 400, [Fault(field=name, message=why.get(name, _("看不懂这个参数。"))) for name in names])


def problem(request: HttpRequest, status: int, faults: Any = ()) -> HttpResponse:
    """RFC 9457, in Chinese."""
    title = str(PROBLEM_TITLES[status])
    detail = "".join(fault.message for fault in faults) or title
    body = Problem(title=title, status=status, detail=detail, errors=list(faults))
    response = HttpResponse(body.model_dump_json(), status=status, content_type="application/problem+json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The same document for people, in the look of the site: ninja's own page wants inline scripts."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    operation = schema["paths"][ROOT]["get"]
    shapes = schema["components"]["schemas"]
    context = {
        "parameters": operation["parameters"],
        "fields": list(shapes["Listing"]["properties"].items()),
        "page_fields": list(shapes["Page"]["properties"].items()),
        "root": request.build_absolute_uri(ROOT),
    }
    return render(request, "finding/api.html", context)


def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    return problem(request, 404)


#: Shared by the addresses of sites and of the platform: ninja registers an API once.
urlpatterns = [path("docs", docs, name="api_docs"), path("", api.urls), path("<path:rest>", unknown)]
