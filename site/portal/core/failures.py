"""The pages that say what went wrong: one sentence, what to do next, the right status code."""

from collections.abc import Iterable
from urllib.parse import urlsplit

import structlog
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

SECRET = ("password", "token", "secret", "otp")
TYPED_MOST = 100
"""Fields handed back on an expired page; more than this is no form of ours."""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when the request is larger than we take."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return _page(
            request,
            413,
            _("发来的内容太大了"),
            _("请把文字缩短，或把文件换成小一些的，再试一次。您刚才填的内容没有保存。"),
        )
    return _page(request, 400, _("这个请求我们读不懂"), _("地址或内容可能在传送中出了差错。请回到上一页，重新打开。"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in or not, this person may not see it."""
    text = _("这一页只给有权限的人看。如果您应该能看到，请换一个账号登录，或者联系本站主管。")
    return _page(request, 403, _("您没有打开这一页的权限"), text)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _page(request, 404, _("没有这一页"), _("地址可能写错了，也可能内容已经撤下。从下面这些地方可以接着找。"))


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token; what was typed is handed back if it came from our own page.

    Whoever lures somebody here from another site gets no button: one click would then do what the token prevents.
    """
    typed = list(_typed(request)) if request.method == "POST" and _from_here(request) else []
    context = {
        "title": _("页面已过期，请重新提交"),
        "text": _("页面开着太久，或者中间重新登录过。您填的内容还在下面，核对后再交一次就行。")
        if typed
        else _("页面开着太久，或者中间重新登录过。请回到上一页，刷新后再填一次。"),
        "typed": typed,
        "files": bool(typed and request.FILES),
        "secrets": any(_secret(name) for name in request.POST) if typed else False,
    }
    return render(request, "errors/expired.html", context, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, drawn without the database, which may be what failed."""
    number = structlog.contextvars.get_contextvars().get("request_id", "")
    return HttpResponse(loader.render_to_string("errors/500.html", {"number": number}), status=500)


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "errors/page.html", {"title": title, "text": text, "status": status}, status=status)


def _typed(request: HttpRequest) -> Iterable[tuple[str, str]]:
    pairs = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    kept = [(name, value) for name, value in pairs if name != "csrfmiddlewaretoken" and not _secret(name)]
    return kept if len(kept) <= TYPED_MOST else []


def _secret(name: str) -> bool:
    return any(word in name.lower() for word in SECRET) and name != "csrfmiddlewaretoken"


def _from_here(request: HttpRequest) -> bool:
    """The browser itself says that the form stood on a page of this host."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return bool(site == "same-origin")
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(urlsplit(source).netloc == request.get_host())
