"""Registration."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.core.errors import DomainError
from portal.core.feedback import done
from portal.core.queries import rules
from portal.volunteers.domain.register import enrol, register
from portal.volunteers.forms.people import JoinForm
from portal.volunteers.queries import volunteer_of
from portal.volunteers.views.answers import refuse

BACKEND = "portal.accounts.backends.NameOrMobileBackend"


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """The form, and the desk or the page one came from afterwards."""
    user = request.user if request.user.is_authenticated else None
    if user and volunteer_of(user):
        return redirect("volunteers:desk")
    form = JoinForm(request.POST or None, user=user)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _registered(request, form)
            except DomainError as refusal:
                refuse(form, refusal)
    context = {"form": form, "rules": rules(), "next": _next(request)}
    return render(request, "volunteers/join.html", context, status=status)


def _registered(request: HttpRequest, form: JoinForm) -> HttpResponse:
    if request.user.is_authenticated:
        volunteer = enrol(request.user, form.applicant(request.user))
    else:
        volunteer = register(form.applicant(), password=form.cleaned_data["password"])
        login(request, volunteer.user, backend=BACKEND)
    text = _("您的志愿者编号是%(number)s，登录可以用它，也可以用手机号。") % {"number": volunteer.number}
    done(request, _("登记好了"), text)
    return redirect(_next(request) or "volunteers:desk")


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if here else ""
