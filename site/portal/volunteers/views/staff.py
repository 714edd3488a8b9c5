"""What officers put right of a volunteer, in the Wagtail admin."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from portal.core.errors import DomainError
from portal.volunteers.domain.correct import correct_person
from portal.volunteers.forms.people import CorrectionForm
from portal.volunteers.models import Volunteer
from portal.volunteers.rules import may_correct_person
from portal.volunteers.views.answers import refuse

INDEX = "wagtailsnippets_volunteers_volunteer:list"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for what is right and why; show what was corrected before, without the values."""
    volunteer = get_object_or_404(Volunteer.objects.select_related("user"), pk=pk)
    if not may_correct_person(request.user, volunteer):
        raise PermissionDenied
    form = CorrectionForm(request.POST or None)
    status = 400 if request.method == "POST" else 200
    if form.is_valid():
        try:
            correct_person(volunteer, by=request.user, **form.cleaned_data)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("已更正%(name)s的资料，并通知了本人。") % {"name": volunteer.masked_name})
            return redirect(INDEX)
    context = {
        "volunteer": volunteer,
        "form": form,
        "corrections": volunteer.corrections.select_related("by"),
        "back": reverse(INDEX),
    }
    return render(request, "volunteers/admin/correct.html", context, status=status)
