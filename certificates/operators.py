"""A site's signing keys in the operators' admin: made, rotated and revoked here and nowhere else."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_tenants.utils import tenant_context

from certificates import key_questions
from certificates.domain.keys import MOST_DAYS, create_key, revoke_key, rotate_key
from certificates.enums import KeyState, KeyUse
from certificates.errors import CertificateError
from certificates.key_questions import KeyQuestion
from certificates.models import SigningKey
from tenants.operators.pages import Visit, page


class NewKeyForm(forms.Form):
    """`use` is hidden: each section of the page has its own."""

    use = forms.ChoiceField(choices=KeyUse.choices, widget=forms.HiddenInput)
    days = forms.IntegerField(
        label=_("有效期（天）"),
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("到期前要换新密钥，到期后不能再签。从前签好的不受影响。"),
    )


class KeyForm(forms.Form):
    """About the key that stood on the page, by its fingerprint: a page left open too long must not hit another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"] = forms.ModelChoiceField(
            SigningKey.objects.all(), to_field_name="fingerprint", widget=forms.HiddenInput
        )


class RotateForm(KeyForm, NewKeyForm):
    pass


class RevokeForm(KeyForm):
    reason = forms.CharField(
        label=_("撤销原因"), max_length=200, help_text=_("会公开，任何人核验用这个密钥签的证书、凭证时都会看到。")
    )


class Act(NamedTuple):
    """`run(cleaned, by)` gives the key that is in question afterwards; `done` is said, `logged` kept.

    `ask(cleaned)` is what to ask before; a key can be made without.
    """

    form: type[forms.Form]
    run: Callable[[dict[str, Any], str], SigningKey]
    done: str | Promise
    logged: str
    ask: Callable[[dict[str, Any]], KeyQuestion] | None = None


ACTS = {
    "create": Act(
        NewKeyForm,
        lambda data, by: create_key(use=data["use"], days=data["days"], created_by=by),
        _("密钥已启用。"),
        "启用",
    ),
    "rotate": Act(
        RotateForm,
        lambda data, by: rotate_key(data["key"], days=data["days"], rotated_by=by),
        _("新密钥已启用，原来那个不再使用。"),
        "换新",
        key_questions.rotating,
    ),
    "revoke": Act(
        RevokeForm,
        lambda data, by: revoke_key(data["key"], reason=data["reason"], revoked_by=by),
        _("密钥已撤销，原因已公开。"),
        "撤销",
        key_questions.revoking,
    ),
}


@page("keys", _("签章密钥"))
def keys(visit: Visit) -> HttpResponse:
    """The list, and below it what can be done; POST does it and comes back."""
    with tenant_context(visit.tenant):
        if visit.request.method != "POST":
            return _page(visit)
        act = ACTS.get(visit.request.POST.get("do", ""))
        if act is None:
            raise Http404
        form = act.form(visit.request.POST)
        if not form.is_valid():
            return _page(visit, form)
        question = act.ask(form.cleaned_data) if act.ask else None
        if question and visit.request.POST.get("confirmed") != question.answer:
            return _ask(visit, question)
        try:
            key = act.run(form.cleaned_data, visit.request.user.get_username())
        except CertificateError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return _page(visit, form)
    visit.log(f"{act.logged}{key.get_use_display()}密钥 {key.fingerprint} {key.revoked_reason}".strip())
    messages.success(visit.request, act.done)
    return HttpResponseRedirect(visit.request.path)


def _ask(visit: Visit, question: KeyQuestion) -> HttpResponse:
    """The page, with what was sent so far; its button sends it again with the answer."""
    sent = visit.request.POST
    kept = [(name, sent[name]) for name in sent if name not in ("csrfmiddlewaretoken", "confirmed")]
    context = {**visit.context, "title": question.title, "question": question, "kept": kept}
    return render(visit.request, "certificates/operators/confirm_key.html", context)


class Section(NamedTuple):
    """The keys of one use, each with the form that revokes it, and the form for a new one."""

    use: Any
    active: SigningKey | None
    new_key: forms.Form
    rows: list[tuple[SigningKey, forms.Form | None]]


def _page(visit: Visit, sent: forms.Form | None = None) -> HttpResponse:
    # Counting makes Django forget the model's own order.
    counted = SigningKey.objects.defer("secret").annotate(
        signed=Count("certificates", distinct=True) + Count("credentials", distinct=True)
    )
    keys = list(counted.order_by("-created_at", "-pk"))
    context = {
        **visit.context,
        "sections": [_section(use, [key for key in keys if key.use == use], sent) for use in KeyUse],
        "has_time_stamps": bool(settings.SEAL_TSA_URL),
        "seal_required": settings.SEAL_REQUIRED,
    }
    return render(visit.request, "certificates/operators/keys.html", context)


def _section(use: Any, keys: list[SigningKey], sent: forms.Form | None) -> Section:
    active = next((key for key in keys if key.state == KeyState.ACTIVE), None)
    beginning = {"use": use, "days": settings.SEAL_KEY_DAYS, "key": active and active.fingerprint}
    fresh = (RotateForm if active else NewKeyForm)(initial=beginning, auto_id=f"id_{use}_%s")
    refused = isinstance(sent, NewKeyForm) and sent.data.get("use") == use
    return Section(use, active, sent if refused else fresh, [(key, _revoking(key, sent)) for key in keys])


def _revoking(key: SigningKey, sent: forms.Form | None) -> forms.Form | None:
    """The form beside a key that can still be revoked; the one that was refused comes back with its errors."""
    if key.state == KeyState.REVOKED:
        return None
    if isinstance(sent, RevokeForm) and sent.data.get("key") == key.fingerprint:
        return sent
    return RevokeForm(initial={"key": key.fingerprint}, auto_id=f"id_{key.pk}_%s")
