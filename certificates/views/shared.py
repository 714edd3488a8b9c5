"""What a shared link opens: whether the certificate counts, and its PDF."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates import verdicts
from certificates.download import credential_response, pdf_response
from certificates.enums import Actor, Way
from certificates.queries import lead_on, offers_credential, open_link
from certificates.verification import finding_of
from certificates.views.answers import not_indexed, too_often, too_often_for


@require_safe
@never_cache
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The same eight facts as the public check, and a button; nothing is told of a link that is not open."""
    if seconds := too_often_for(request, amount=1):
        return too_often(request, seconds)
    link = open_link(token)
    if link is None:
        return _ended(request)
    lead_on([link.certificate])
    finding = finding_of(link.certificate)
    verdict = {
        "kind": verdicts.kind(finding),
        "title": verdicts.title(finding),
        "text": verdicts.sentence(finding),
        "seal": verdicts.seal(finding),
    }
    context = {"link": link, "finding": finding, "verdict": verdict}
    context["offers"] = offers_credential(link.certificate)
    return _private(render(request, "certificates/shared.html", context))


@require_safe
@never_cache
def pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The stored bytes."""
    return _sent(request, token, pdf_response)


@require_safe
@never_cache
def credential(request: HttpRequest, token: str) -> HttpResponse:
    """The same for programs."""
    return _sent(request, token, credential_response)


def _sent(request: HttpRequest, token: str, response: Callable[..., HttpResponse]) -> HttpResponse:
    if seconds := too_often_for(request, amount=1):
        return too_often(request, seconds)
    link = open_link(token)
    if link is None:
        return _ended(request)
    return _private(response(link.certificate, actor=Actor.ANYBODY, way=Way.LINK))


def _ended(request: HttpRequest) -> HttpResponse:
    return _private(render(request, "certificates/shared_ended.html", status=404))


def _private(response: HttpResponse) -> HttpResponse:
    """The address is the key: it is not told to the sites that links lead to."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return not_indexed(response)
