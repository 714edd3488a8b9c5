"""A member's own say in what a school or another organisation may ask for and download."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.core import feedback
from portal.core.errors import DomainError
from portal.schools import domain, queries


@login_required
@require_POST
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """A member lets the school or organisation ask and download, or no longer."""
    membership = queries.pupil_of(request.user, pk)
    if membership is None:
        raise Http404
    school = {"school": membership.organisation.name}
    try:
        if request.POST.get("allow") == "yes":
            domain.allow_downloads(membership, by=request.user)
            feedback.done(request, _("%(school)s可以替您申请、下载证书了，您随时可以收回。") % school)
        else:
            domain.forbid_downloads(membership, by=request.user)
            feedback.done(request, _("已收回，%(school)s不能再申请、下载您的证书。") % school)
    except DomainError as refusal:
        feedback.refused(request, _("没有办成"), " ".join(refusal.messages))
    return redirect("organisations:mine")
