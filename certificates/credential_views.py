"""What a checker of credentials reads: the keys of a site by its DID, and its status lists; for programs anywhere."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe
from django_tenants.utils import tenant_context

from certificates.credentials.addresses import base_at, did_of
from certificates.credentials.did import did_document
from certificates.credentials.signing import canonical
from certificates.credentials.status import signed_status_list
from certificates.enums import KeyUse
from certificates.key_views import site_of
from certificates.models import SigningKey, StatusList
from certificates.sealing import active_key


@require_safe
@conditional_page
def did(request: HttpRequest, division: int) -> HttpResponse:
    """The document of the DID that this host gives the site."""
    site = site_of(division)
    with tenant_context(site):
        keys = list(SigningKey.objects.filter(use=KeyUse.CREDENTIAL).defer("secret"))
    document = did_document(did_of(base_at(request.get_host()), site.division_code), keys)
    return _answer(document, "application/did+ld+json")


@require_safe
@conditional_page
def status(request: HttpRequest, division: int, number: int) -> HttpResponse:
    """Which have ended, for whatever reason."""
    return _list(request, division, number, "revocation")


@require_safe
@conditional_page
def replaced(request: HttpRequest, division: int, number: int) -> HttpResponse:
    """Which of these were replaced by a correction, so that nobody takes them for revoked."""
    return _list(request, division, number, "message")


def _list(request: HttpRequest, division: int, number: int, purpose: str) -> HttpResponse:
    """A status list, signed by the key in use even when its time is over: revocations must not wait for the next.

    503 where no key is in use.
    """
    site = site_of(division)
    with tenant_context(site):
        listed = StatusList.objects.filter(number=number).first()
        if listed is None:
            raise Http404
        key = active_key(KeyUse.CREDENTIAL)
        if key is None:
            return HttpResponse("No key is in use; the list is back when there is one.\n", "text/plain", 503)
        base = base_at(request.get_host())
        document = signed_status_list(listed, key=key, base=base, division=site.division_code, purpose=purpose)
    return _answer(document, "application/vc")


def _answer(document: dict[str, Any], media_type: str) -> HttpResponse:
    """For pages of any origin, too; nothing in it depends on who asks."""
    response = HttpResponse(canonical(document), content_type=media_type)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = f"public, max-age={settings.CREDENTIAL_STATUS_SECONDS}"
    return response
