"""One's certificates: asking, waiting, downloading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certificates.domain import end_share, share_certificate
from certificates.download import credential_response, pdf_response
from certificates.enums import Actor, State
from certificates.errors import CertificateError
from certificates.models import Certificate, ShareLink
from certificates.queries import certificates_of
from portal.core.errors import DomainError
from portal.core.feedback import beware, done, refused
from portal.core.queries import rules
from portal.core.templatetags.yinling import whole_date
from portal.volunteers import queries
from portal.volunteers.domain.certify import (
    ask_for_certificate,
    holder_key,
    is_holder,
    opened_by,
    renew_certificate,
)
from portal.volunteers.domain.minutes import hours
from portal.volunteers.forms.service import CertificateForm
from portal.volunteers.models import Volunteer
from portal.volunteers.views.answers import refuse
from portal.volunteers.views.gate import volunteers_only


@dataclass(frozen=True, slots=True)
class Sheet:
    """A certificate as the list shows it."""

    certificate: Certificate

    @property
    def title(self) -> str:
        facts = self.certificate.facts
        kind = facts.honour.heading if facts.honour else self.certificate.get_kind_display()
        words = {"start": facts.period_start, "end": facts.period_end, "kind": kind}
        return _("%(start)s至%(end)s %(kind)s") % words

    @property
    def hours(self) -> str:
        return hours(self.certificate.facts.minutes)

    @property
    def url(self) -> str:
        """The PDF, once there is one."""
        if not self.certificate.is_downloadable:
            return ""
        return reverse("volunteers:certificate_pdf", args=[self.certificate.number])

    @property
    def credential_url(self) -> str:
        """The same for programs, where the site signs such."""
        if not (self.certificate.is_downloadable and self.certificate.offers):
            return ""
        return reverse("volunteers:certificate_credential", args=[self.certificate.number])

    @property
    def link(self) -> ShareLink | None:
        """By which it is shared at present."""
        links: list[ShareLink] = self.certificate.open_links
        return links[0] if links and self.certificate.is_downloadable else None

    @property
    def newer(self) -> str:
        """The number of what took its place."""
        newer = getattr(self.certificate, "replaced_by", None)
        return newer.number if newer else ""

    @property
    def kilobytes(self) -> int:
        return max(round(self.certificate.pdf_size / 1024), 1)

    @property
    def is_waiting(self) -> bool:
        return bool(self.certificate.state == State.REQUESTED and not self.certificate.given_up)


def sheets_of(volunteer: Volunteer) -> Sequence[Sheet]:
    """All of a volunteer's certificates, newest first; one query."""
    return [Sheet(certificate) for certificate in certificates_of(holder_key(volunteer))]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@volunteers_only
def certificates(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """The list, and the form that asks for a new one."""
    today = timezone.localdate()
    data = request.POST if request.method == "POST" else None
    form = CertificateForm(data, initial={"start": today.replace(month=1, day=1), "end": today})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _asked(request, volunteer, form)
            except DomainError as refusal:
                refuse(form, refusal)
            except CertificateError as refusal:
                form.add_error(None, refusal.message)
    context = {"form": form, **_list(volunteer)}
    return render(request, "volunteers/certificates.html", context, status=status)


@never_cache
@require_safe
@volunteers_only
def progress(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """The list alone, for the part of the page that asks again by itself."""
    return render(request, "volunteers/_sheets.html", _list(volunteer))


@never_cache
@login_required
@require_safe
def download(request: HttpRequest, number: str) -> HttpResponse:
    """The stored bytes, to the holder and to officers, whose look is logged; 404 to everybody else."""
    return _sent(request, number, pdf_response)


@never_cache
@login_required
@require_safe
def credential(request: HttpRequest, number: str) -> HttpResponse:
    """The same facts as a signed credential, to the same people."""
    return _sent(request, number, credential_response)


def _sent(request: HttpRequest, number: str, response: Callable[..., HttpResponse]) -> HttpResponse:
    certificate = Certificate.objects.filter(number=number).first()
    if certificate is None or not opened_by(certificate, request.user, ip=request.META.get("REMOTE_ADDR")):
        raise Http404
    actor = Actor.HOLDER if is_holder(certificate, request.user) else Actor.STAFF
    return response(certificate, actor=actor, account=request.user.pk)


@require_POST
@volunteers_only
def share(request: HttpRequest, volunteer: Volunteer, number: str) -> HttpResponse:
    """A link for others, for as long as the tenant's rules say."""
    certificate = _own(volunteer, number)
    try:
        link = share_certificate(certificate, days=rules().share_link_days)
    except CertificateError as refusal:
        refused(request, _("没有生成链接"), str(refusal))
    else:
        until = _("把下面的链接发给要看的人，到%(day)s自己失效，您也可以随时收回。")
        done(request, _("分享链接做好了"), until % {"day": whole_date(link.ends_at)})
    return redirect("volunteers:certificates")


@require_POST
@volunteers_only
def unshare(request: HttpRequest, volunteer: Volunteer, number: str) -> HttpResponse:
    """Take the link back."""
    if end_share(_own(volunteer, number)):
        done(request, _("链接已收回，打不开了。"))
    return redirect("volunteers:certificates")


@require_POST
@volunteers_only
def renew(request: HttpRequest, volunteer: Volunteer, number: str) -> HttpResponse:
    """Another in the place of one whose content was corrected."""
    try:
        new = renew_certificate(_own(volunteer, number), by=request.user)
    except (DomainError, CertificateError) as refusal:
        refused(request, _("没有换发"), " ".join(refusal.messages))
    else:
        text = _("新编号%(number)s。做好以后，旧的一张停用。")
        done(request, _("正在换发"), text % {"number": new.number})
    return redirect("volunteers:certificates")


def _own(volunteer: Volunteer, number: str) -> Certificate:
    return get_object_or_404(Certificate, number=number, holder_key=holder_key(volunteer))


def _asked(request: HttpRequest, volunteer: Volunteer, form: CertificateForm) -> HttpResponse:
    period = form.cleaned_data
    certificate = ask_for_certificate(volunteer, **period)
    out = queries.left_out(volunteer, period["start"], period["end"])
    title = _("证明编号%(number)s已取好，正在制作") % {"number": certificate.number}
    if out:
        text = _("有%(count)s笔还没确认或有异议的记录没有列入；确认后可以再开一张。") % {"count": out}
        beware(request, title, text)
    else:
        done(request, title, _("通常几秒钟就好，做好后在下面下载。"))
    return redirect("volunteers:certificates")


def _list(volunteer: Volunteer) -> dict[str, object]:
    sheets = sheets_of(volunteer)
    return {"sheets": sheets, "polling": any(sheet.is_waiting for sheet in sheets)}
