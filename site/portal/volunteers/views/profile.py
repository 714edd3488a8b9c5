"""What a volunteer sees of themselves, masked, and changes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.core.errors import DomainError
from portal.core.feedback import done
from portal.core.queries import rules
from portal.volunteers.domain.profile import change_contact, give_guardian_consent
from portal.volunteers.forms.people import ContactForm, GuardianForm
from portal.volunteers.models import Volunteer
from portal.volunteers.views.answers import refuse
from portal.volunteers.views.gate import volunteers_only


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@volunteers_only
def profile(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """Two forms on one page; `form` says which was sent."""
    sent = request.POST.get("form")
    contact = ContactForm(
        request.POST if sent == "contact" else None,
        volunteer=volunteer,
        initial={"email": volunteer.user.email, "division": volunteer.division_id},
    )
    guardian = GuardianForm(request.POST if sent == "guardian" else None)
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if sent == "contact" and contact.is_valid():
                change_contact(volunteer, **contact.cleaned_data)
                return _saved(request, _("资料改好了"))
            if sent == "guardian" and guardian.is_valid():
                values = guardian.cleaned_data
                give_guardian_consent(
                    volunteer,
                    name=values["guardian_name"],
                    mobile=values["guardian_mobile"],
                    consent=values["guardian_consent"],
                )
                return _saved(request, _("监护人同意已记下"))
        except DomainError as refusal:
            refuse(contact if sent == "contact" else guardian, refusal)
    minor = volunteer.age_on(timezone.localdate()) < rules().guardian_below
    context = {
        "volunteer": volunteer,
        "contact": contact,
        "guardian": guardian,
        "asks_guardian": minor or bool(guardian.errors),
    }
    return render(request, "volunteers/profile.html", context, status=status)


def _saved(request: HttpRequest, title: str) -> HttpResponse:
    done(request, title)
    return redirect("volunteers:profile")
