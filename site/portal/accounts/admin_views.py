"""What officers do for one person: look with a purpose, send the link for a password, clear a lost phone."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.log_actions import log

from portal.accounts import disclosable
from portal.accounts.admin_forms import DiscloseForm
from portal.accounts.domain import disclose
from portal.accounts.domain.second_factor import forget_phone
from portal.accounts.models import User
from portal.accounts.tasks import mail_reset_link
from portal.core.confirming import Question, ask
from portal.core.errors import DomainError

_INDEX = "wagtailusers_users:index"


@never_cache
@permission_required("accounts.disclose_user")
@require_http_methods(["GET", "POST"])
def disclose_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks which datum and why; shows it once and writes it down."""
    subject = get_object_or_404(User, pk=pk)
    form = DiscloseForm(request.POST or None, subject=subject)
    value = ""
    if form.is_valid():
        datum = disclosable.find(form.cleaned_data["field"])
        try:
            value = disclose(
                subject,
                datum.field,
                by=request.user,
                purpose=form.cleaned_data["purpose"],
                ip=_address(request),
                holder=datum.holder(subject),
            )
        except DomainError as error:
            form.add_error(error.field or None, error)
    context = {"subject": subject, "form": form, "value": value, "label": form.data.get("field", "")}
    if value:
        context["label"] = disclosable.label_of(form.cleaned_data["field"])
    return render(request, "accounts/admin/disclose.html", context)


@permission_required("accounts.change_user")
@require_http_methods(["GET", "POST"])
def reset_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Mails the person a link for a new password; nobody else sees it."""
    person = _person(request, pk)
    if request.method == "POST":
        if not person.email:
            messages.error(request, _("%(person)s没有登记邮箱，请先补上。") % {"person": person})
        else:
            mail_reset_link.enqueue(person.pk)
            messages.success(request, _("设密码的链接正在寄给%(person)s。") % {"person": person})
        return redirect(_INDEX)
    text = _("给%(person)s寄一封信，里面有设新密码的链接，3天内有效。密码只有本人知道。") % {"person": person}
    return _ask(request, _("寄设密码的链接"), text, _("寄出链接"))


@permission_required("accounts.change_user")
@require_http_methods(["GET", "POST"])
def forget_phone_of(request: HttpRequest, pk: int) -> HttpResponse:
    """For a colleague who lost the phone and the recovery codes."""
    person = _person(request, pk)
    if request.method == "POST":
        try:
            forget_phone(person, by=request.user)
        except DomainError as error:
            messages.error(request, " ".join(error.messages))
        else:
            log(person, "wagtail.edit", user=request.user, data={"second_factor": "cleared"})
            messages.success(request, _("%(person)s下次登录时重新设置第二步验证。") % {"person": person})
        return redirect(_INDEX)
    text = _("%(person)s的手机和备用码作废，下次登录时重新设置。请先当面或打电话确认是本人。") % {"person": person}
    return _ask(request, _("清除第二步验证"), text, _("清除"))


def _person(request: Any, pk: int) -> User:
    person = get_object_or_404(User, pk=pk)
    if person.is_superuser and not request.user.is_superuser:
        raise PermissionDenied
    return person


def _ask(request: HttpRequest, title: str, text: str, button: str) -> HttpResponse:
    question = Question(title=title, happens=(text,), button=button, back=reverse(_INDEX), serious=False, icon="user")
    return ask(request, question)


def _address(request: HttpRequest) -> str | None:
    return getattr(request, "axes_ip_address", None) or request.META.get("REMOTE_ADDR")
