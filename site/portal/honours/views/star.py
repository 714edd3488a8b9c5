"""The volunteer's own stars: what the hours allow, applying, what became of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certificates.enums import STARS
from portal.core.errors import DomainError
from portal.core.feedback import done, refused
from portal.core.posting import posted_from
from portal.core.queries import rules
from portal.core.templatetags.yinling import whole_date
from portal.honours import domain, queries
from portal.honours.forms import ApplicationForm
from portal.honours.models import StarApplication
from portal.volunteers.domain.minutes import hours
from portal.volunteers.models import Volunteer
from portal.volunteers.views.answers import refuse
from portal.volunteers.views.gate import volunteers_only


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@volunteers_only
def star(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """What the confirmed hours allow; POST applies for the star that they allow."""
    form = ApplicationForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = domain.apply_for_star(volunteer, **form.cleaned_data)
            except DomainError as refusal:
                refuse(form, refusal)
            else:
                text = _("公示到%(until)s，期满由主管评定，结果会通知您。")
                done(request, _("申请已提交，开始公示"), text % {"until": whole_date(made.publicity_until)})
                return redirect("honours:star")
    return render(request, "honours/star.html", _context(volunteer, form), status=status)


@posted_from("honours:star")
@volunteers_only
def withdraw(request: HttpRequest, volunteer: Volunteer, pk: int) -> HttpResponse:
    """Take the application back."""
    application = get_object_or_404(StarApplication, pk=pk, volunteer=volunteer)
    try:
        domain.withdraw_star(application, by=request.user)
    except DomainError as refusal:
        refused(request, _("没有撤回"), " ".join(refusal.messages))
    else:
        done(request, _("申请已撤回，不再公示。"))
    return redirect("honours:star")


def _context(volunteer: Volunteer, form: ApplicationForm) -> dict[str, object]:
    found = queries.star_standing(volunteer)
    sums = found.standing
    return {
        "form": form,
        "star": found,
        "hours": hours(sums.minutes),
        "missing": hours(found.level.missing),
        "waiting": hours(sums.unsettled - sums.disputed) if sums.unsettled > sums.disputed else "",
        "disputed": hours(sums.disputed) if sums.disputed else "",
        "paid": hours(sums.paid) if sums.paid else "",
        "next_star": STARS[found.next - 1] if found.next else "",
        "held_star": STARS[found.held - 1] if found.held else "",
        "days": rules().publicity_workdays,
        "applications": [(one, one.star, hours(one.minutes)) for one in queries.stars_of(volunteer)],
    }
