"""Pages of saved searches: ask for one, confirm it, stop it; no account is needed."""

from axes.helpers import get_client_ip_address
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.finding.asking import Asked, ask
from portal.finding.domain import saved as verbs
from portal.finding.domain.mails_asked import TooManyMails, count_mail
from portal.finding.forms import SaveForm
from portal.finding.models import SavedSearch
from portal.finding.news import asked_again
from portal.finding.wording import described


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """`/search/saved/?q=…`: what would be sent and when, and the address to send it to; 429 when too many were."""
    now = timezone.now()
    asked = ask(request.GET, now=now, tenants=(request.tenant.pk,))
    form = SaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count_mail(str(get_client_ip_address(request)), now=now)
            verbs.save_search(asked, mail=form.cleaned_data["mail"], now=now)
        except TooManyMails as refused:
            form.add_error("mail", refused.messages)
            response = _save_page(request, form, asked, status=429)
            response.headers["Retry-After"] = str(refused.minutes * 60)
            return response
        except verbs.NotSaved as refused:
            form.add_error(refused.field or None, refused)
        else:
            return HttpResponseRedirect(reverse("saved_search:asked"))
    return _save_page(request, form, asked)


def _save_page(request: HttpRequest, form: SaveForm, asked: Asked, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "asked": asked, "question": described(asked), "days": verbs.CONFIRM_WITHIN}
    return render(request, "finding/saved.html", context, status=status)


@require_safe
def asked_for(request: HttpRequest) -> HttpResponse:
    """The same whether the address was known or not."""
    return render(request, "finding/saved_asked.html", {"days": verbs.CONFIRM_WITHIN})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail; the button confirms, for mail programs open links by themselves."""
    saved = get_object_or_404(SavedSearch, confirm_token=token)
    now = timezone.now()
    if request.method == "POST":
        verbs.confirm(saved, now=now)
        saved.refresh_from_db()
    asked = asked_again(saved, now=now)
    return render(request, "finding/saved_confirm.html", {"saved": saved, "question": described(asked), "asked": asked})


@never_cache
@csrf_exempt  # the mail program's own button carries no cookie (RFC 8058); the token is the right
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """One button. What has been stopped already is said to be stopped."""
    saved = SavedSearch.objects.filter(stop_token=token).first()
    question = described(asked_again(saved, now=timezone.now())) if saved else ""
    if request.method == "POST" and saved:
        verbs.stop(saved)
        saved = None
    return render(request, "finding/saved_stop.html", {"saved": saved, "question": question})
