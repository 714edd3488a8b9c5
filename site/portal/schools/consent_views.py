"""A member's own say in what a school or another organisation may ask for, and in what it may download."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.core import feedback
from portal.core.errors import DomainError
from portal.core.posting import posted_from
from portal.organisations.enums import Consent
from portal.schools import domain, queries


@login_required
@posted_from("organisations:mine")
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """A member lets the school or organisation do the one thing named in `to`, or no longer."""
    membership, to = queries.pupil_of(request.user, pk), request.POST.get("to")
    if membership is None or to not in Consent.values:
        raise Http404
    asked = Consent(to)
    words = {"body": membership.organisation.name, "what": asked.label}
    try:
        if request.POST.get("allow") == "yes":
            domain.give_consent(membership, asked, by=request.user)
            feedback.done(request, _("已同意%(body)s%(what)s，您随时可以收回。") % words)
        else:
            domain.take_back(membership, asked, by=request.user)
            feedback.done(request, _("已收回，%(body)s不能再%(what)s。") % words)
    except DomainError as refusal:
        feedback.refused(request, _("没有办成"), " ".join(refusal.messages))
    return redirect("organisations:mine")
