"""Pages of the second factor."""

from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from django_otp import login as otp_login

from portal.accounts.domain import second_factor
from portal.accounts.errors import WrongCode
from portal.accounts.forms import CodeForm
from portal.core.queries import site_name

_CODES = "recovery_codes"


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The step after the password; whoever has no phone set up is led there."""
    if not second_factor.has_second_factor(request.user):
        return redirect(_with_next(request, "accounts:second_factor_set_up"))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            device = second_factor.check_code(request.user, form.cleaned_data["code"])
        except WrongCode as error:
            form.add_error("code", error)
        else:
            _admit(request, device)
            return redirect(_next(request))
    return render(request, "accounts/second_factor.html", {"form": form, "next": request.GET.get("next", "")})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the QR code, take the first code of the phone, give the recovery codes."""
    if _must_verify_first(request):
        return redirect(_with_next(request, "accounts:second_factor", here=True))
    device = second_factor.prepare_phone(request.user)
    form = CodeForm(request.POST or None)
    form.fields["code"].help_text = ""
    if form.is_valid():
        try:
            device, codes = second_factor.confirm_phone(request.user, form.cleaned_data["code"])
        except WrongCode as error:
            form.add_error("code", error)
        else:
            _admit(request, device)
            request.session[_CODES] = codes
            return redirect(_with_next(request, "accounts:recovery_codes"))
    secret = second_factor.secret_text(device)
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return render(request, "accounts/second_factor_set_up.html", {"form": form, "secret": groups})


@never_cache
@login_required
@require_GET
def qr_code(request: HttpRequest) -> HttpResponse:
    """The waiting device as a picture of its own: the content policy allows no inline one."""
    if _must_verify_first(request):
        raise Http404
    device = second_factor.prepare_phone(request.user)
    code = segno.make(second_factor.phone_address(device, issuer=site_name()), error="m", micro=False)
    response = HttpResponse(content_type="image/svg+xml")
    code.save(response, kind="svg", scale=6, border=4, light="#ffffff", xmldecl=False)
    return response


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Shown once, right after they are made; POST makes new ones."""
    if _must_verify_first(request) or not second_factor.has_second_factor(request.user):
        return redirect(_with_next(request, "accounts:second_factor", here=True))
    if request.method == "POST":
        request.session[_CODES] = second_factor.renew_recovery_codes(request.user)
        return redirect(_with_next(request, "accounts:recovery_codes"))
    codes = request.session.pop(_CODES, [])
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "next": _next(request)})


def _must_verify_first(request: Any) -> bool:
    return second_factor.has_second_factor(request.user) and not request.user.is_verified()


def _admit(request: HttpRequest, device: Any) -> None:
    # A fresh key: whoever saw the half-signed-in session gains nothing.
    request.session.cycle_key()
    otp_login(request, device)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=here, require_https=request.is_secure()):
        return wanted
    if connection.schema_name == "public":
        return "/operators/"
    at_work = request.user.has_perm("wagtailadmin.access_admin")
    return "/cms/" if at_work else settings.LOGIN_REDIRECT_URL


def _with_next(request: HttpRequest, view: str, *, here: bool = False) -> str:
    wanted = request.path if here else request.GET.get("next", "")
    return reverse(view) + (f"?{urlencode({'next': wanted})}" if wanted else "")
