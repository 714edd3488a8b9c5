"""Contesting one's certificate: what is wrong, and what came of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certificates.enums import State
from certificates.models import Certificate
from portal.core.errors import DomainError
from portal.core.feedback import beware, done, refused
from portal.core.posting import posted_from
from portal.core.templatetags.yinling import whole_date
from portal.volunteers.domain.certify import holder_key
from portal.volunteers.domain.contesting import ask_for_correction, due_on, withdraw_correction
from portal.volunteers.forms.certificates import ContestForm, line_words
from portal.volunteers.models import CorrectionRequest, Volunteer
from portal.volunteers.queries import open_correction
from portal.volunteers.views.answers import refuse
from portal.volunteers.views.gate import volunteers_only


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@volunteers_only
def correction(request: HttpRequest, volunteer: Volunteer, number: str) -> HttpResponse:
    """Of one's own certificate that counts; 404 for any other. What waits for an answer stands in the form's place."""
    certificate = get_object_or_404(Certificate, number=number, holder_key=holder_key(volunteer))
    if certificate.state != State.ISSUED:
        raise Http404
    if asked := open_correction(certificate):
        context = {"certificate": certificate, "asked": asked, "line": _line(certificate, asked), "due": asked.due_on}
        return render(request, "volunteers/correction.html", context)
    form = ContestForm(request.POST if request.method == "POST" else None, facts=certificate.facts)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = ask_for_correction(certificate, by=request.user, **form.answers())
            except DomainError as refusal:
                refuse(form, refusal)
            else:
                done(request, _("更正申请已提交"), _("%(day)s前答复您。") % {"day": whole_date(made.due_on)})
                return redirect("volunteers:certificates")
    context = {"certificate": certificate, "form": form, "due": due_on(timezone.localdate())}
    return render(request, "volunteers/correction.html", context, status=status)


def _line(certificate: Certificate, asked: CorrectionRequest) -> str:
    """Which service was said to be wrong; nothing where it was something else."""
    return line_words(certificate.facts.rows[asked.line - 1]) if asked.line else ""


def _say_withdrawn(request: HttpRequest, asked: CorrectionRequest) -> None:
    if not asked.leaves_disputed:
        return done(request, _("申请已收回"))
    text = _("%(day)s“%(title)s”那笔服务记录仍有异议，暂不计入，由组织方或主管核对后更正或作废。")
    words = {"day": whole_date(asked.record.date), "title": asked.record.activity}
    url = reverse("volunteers:record", args=[asked.record_id])
    return beware(request, _("申请已收回"), text % words, url=url, label=_("看这笔记录"))


@posted_from("volunteers:certificates")
@volunteers_only
def withdraw(request: HttpRequest, volunteer: Volunteer, pk: int) -> HttpResponse:
    """Take it back; what stays disputed is said."""
    mine = CorrectionRequest.objects.select_related("record")
    asked = get_object_or_404(mine, pk=pk, volunteer=volunteer)
    try:
        withdraw_correction(asked, by=request.user)
    except DomainError as refusal:
        refused(request, _("没有收回"), " ".join(refusal.messages))
    else:
        _say_withdrawn(request, asked)
    return redirect("volunteers:certificates")
