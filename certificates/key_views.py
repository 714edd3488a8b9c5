"""The public halves of the keys that seal and sign, with what became of each: for everybody, for good."""

from pathlib import Path
from typing import Any

from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tenants.utils import tenant_context

from certificates import offline, offline_credential
from certificates.enums import KeyUse
from certificates.models import SigningKey
from tenants.models import Tenant

SCHEMA = "yinling.seal-keys/1"


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The site's own keys; on the platform's host the sites, each with the way to its keys."""
    if connection.schema_name != "public":
        return _list(request, connection.tenant)
    sites = Tenant.objects.exclude(schema_name="public").order_by("division_code")
    return render(request, "certificates/key_sites.html", {"sites": sites})


@require_safe
def keys_of(request: HttpRequest, division: int) -> HttpResponse:
    """The keys of a site by its division code, also while it is paused."""
    return _list(request, site_of(division))


@require_safe
def keys_json(request: HttpRequest, division: int) -> JsonResponse:
    """The same for programs; docs/verify.md explains the fields."""
    site = site_of(division)
    data = {"schema": SCHEMA, "owner": site.name, "division": site.division_code, "keys": [*map(_row, _keys(site))]}
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def key_pem(request: HttpRequest, division: int, fingerprint: str) -> HttpResponse:
    """One certificate as a file."""
    key = next((key for key in _keys(site_of(division)) if key.fingerprint == fingerprint), None)
    if key is None:
        raise Http404
    response = HttpResponse(key.certificate, content_type="application/x-pem-file")
    response.headers["Content-Disposition"] = f'attachment; filename="{fingerprint[:16]}.pem"'
    return response


@require_safe
def verifier(request: HttpRequest) -> FileResponse:
    """The program that checks certificates offline, one file."""
    return _program(offline.__file__, "verify-certificate.py")


@require_safe
def credential_verifier(request: HttpRequest) -> FileResponse:
    """The program that checks credentials offline, one file."""
    return _program(offline_credential.__file__, "verify-credential.py")


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The JSON schema of the data that every PDF carries."""
    file = Path(__file__).parent / "schemas" / "certificate-1.json"
    response = HttpResponse(file.read_bytes(), content_type="application/schema+json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _program(path: str, name: str) -> FileResponse:
    file = Path(path).open("rb")  # noqa: SIM115 - the response closes it
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/x-python")


def _list(request: HttpRequest, site: Tenant) -> HttpResponse:
    found = _keys(site)
    has_credentials = any(key.use == KeyUse.CREDENTIAL for key in found)
    return render(request, "certificates/keys.html", {"site": site, "keys": found, "has_credentials": has_credentials})


def site_of(division: int) -> Tenant:
    """Any site on the platform's host, on a site's own host itself alone."""
    sites = Tenant.objects.exclude(schema_name="public")
    if connection.schema_name != "public":
        sites = sites.filter(schema_name=connection.schema_name)
    found: Tenant | None = sites.filter(division_code=f"{division:06}").first()
    if found is None:
        raise Http404
    return found


def _keys(site: Tenant) -> list[SigningKey]:
    """Without their secrets, which no page has any use for."""
    with tenant_context(site):
        return list(SigningKey.objects.defer("secret"))


def _row(key: SigningKey) -> dict[str, Any]:
    return {
        "fingerprint": key.fingerprint,
        "use": key.use,
        "state": key.state,
        "valid_from": key.valid_from.isoformat(),
        "valid_until": key.valid_until.isoformat(),
        "retired_at": key.retired_at.isoformat() if key.retired_at else None,
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
        "revoked_reason": key.revoked_reason,
        "certificate": key.certificate,
    }
