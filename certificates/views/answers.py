"""What the public pages share: how often one may ask, and that no search engine keeps an answer."""

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenants.allowances import use_up

_PURPOSE = "certificate-check"


def too_often_for(request: HttpRequest, *, amount: int) -> int:
    """Seconds to wait before `amount` more certificates may be asked about from this address; 0 when now."""
    address = str(get_client_ip_address(request))
    return use_up(_PURPOSE, address, amount=amount, most=settings.CERTIFICATE_CHECKS_PER_HOUR)


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """429 with the time after which it goes on."""
    context = {"minutes": -(-seconds // 60), "most": settings.CERTIFICATE_CHECKS_PER_HOUR}
    response = render(request, "certificates/too_often.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return not_indexed(response)


def not_indexed(response: HttpResponse) -> HttpResponse:
    """For robots that follow a printed address."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
