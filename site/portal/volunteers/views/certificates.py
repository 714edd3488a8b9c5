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
from django.views.decorators.http import require_http_methods, require_safe

from certificates.domain import end_share, share_certificate
from certificates.download import credential_response, pdf_response
from certificates.enums import Actor, State
from certificates.errors import CertificateError
from certificates.models import Certificate, ShareLink
from certificates.queries import certificates_of
from certificates.titles import title_of
from portal.core.errors import DomainError
from portal.core.feedback import beware, done, refused
from portal.core.posting import posted_from
from portal.core.queries import rules
from portal.core.templatetags.yinling import whole_date
from portal.volunteers.domain import asking
from portal.volunteers.domain.approval import wish_of, withdraw_request
from portal.volunteers.domain.asking import Wish, ask
from portal.volunteers.domain.certify import holder_key, is_holder, opened_by
from portal.volunteers.domain.minutes import hours
from portal.volunteers.domain.scopes import look_up
from portal.volunteers.enums import CorrectionState
from portal.volunteers.forms.certificates import CertificateForm
from portal.volunteers.models import CertificateRequest, CorrectionRequest, Volunteer
from portal.volunteers.queries import corrections_of, requests_of
from portal.volunteers.views.answers import refuse
from portal.volunteers.views.gate import volunteers_only


@dataclass(frozen=True, slots=True)
class Sheet:
    """A certificate as the list shows it."""

    certificate: Certificate
    corrections: Sequence[CorrectionRequest] = ()

    @property
    def contestable(self) -> bool:
        """It counts, and nothing about it waits for an answer."""
        waits = any(request.state == CorrectionState.OPEN for request in self.corrections)
        return bool(self.certificate.state == State.ISSUED and not waits)

    @property
    def outdated(self) -> bool:
        """It counts, but what it says was corrected, and no other is on its way."""
        certificate = self.certificate
        return bool(certificate.needs_replacing and certificate.state == State.ISSUED and not self.newer)

    @property
    def doubted(self) -> bool:
        """Whether it is to be revoked is not decided: it cannot be renewed until then."""
        return bool(getattr(self.certificate, "doubted", False))

    @property
    def title(self) -> str:
        return title_of(self.certificate)

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
    def is_waiting(self) -> bool:
        return bool(self.certificate.state == State.REQUESTED and not self.certificate.given_up)


def sheets_of(volunteer: Volunteer) -> Sequence[Sheet]:
    """All of a volunteer's certificates, newest first, with what was contested."""
    contested = corrections_of(volunteer)
    held = certificates_of(holder_key(volunteer))
    return [Sheet(certificate, contested.get(certificate.pk, ())) for certificate in held]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@volunteers_only
def certificates(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """The list, and the form that asks for a new one."""
    today = timezone.localdate()
    data = request.POST if request.method == "POST" else None
    initial = {"by": "period", "start": today.replace(month=1, day=1), "end": today}
    form = CertificateForm(data, volunteer=volunteer, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _asked(request, volunteer, form)
            except DomainError as refusal:
                refuse(form, refusal)
            except CertificateError as refusal:
                # A name that cannot be printed is about no input; what the records say is about their choice.
                about_records = refusal.field in {"rows", "part", "main_content", "bodies"}
                form.add_error(form.scope().field if about_records else None, refusal.message)
    waits = rules().certificate_second_person
    context = {"form": form, "requests": _requests(volunteer), "second_person": waits, **_list(volunteer)}
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


@posted_from("volunteers:certificates")
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


@posted_from("volunteers:certificates")
@volunteers_only
def unshare(request: HttpRequest, volunteer: Volunteer, number: str) -> HttpResponse:
    """Take the link back."""
    if end_share(_own(volunteer, number)):
        done(request, _("链接已收回，打不开了。"))
    return redirect("volunteers:certificates")


@posted_from("volunteers:certificates")
@volunteers_only
def renew(request: HttpRequest, volunteer: Volunteer, number: str) -> HttpResponse:
    """Another in the place of one whose content was corrected."""
    try:
        new = asking.renew(_own(volunteer, number), by=request.user)
    except (DomainError, CertificateError) as refusal:
        refused(request, _("没有换发"), " ".join(refusal.messages))
    else:
        if isinstance(new, CertificateRequest):
            done(request, _("已提交，等主管核对"), _("核对后换发，旧的一张到那时停用。"))
        else:
            text = _("新编号%(number)s。做好以后，旧的一张停用。")
            done(request, _("正在换发"), text % {"number": new.number})
    return redirect("volunteers:certificates")


def _own(volunteer: Volunteer, number: str) -> Certificate:
    return get_object_or_404(Certificate, number=number, holder_key=holder_key(volunteer))


@posted_from("volunteers:certificates")
@volunteers_only
def withdraw(request: HttpRequest, volunteer: Volunteer, pk: int) -> HttpResponse:
    """Take a request back that waits for an officer."""
    try:
        withdraw_request(get_object_or_404(CertificateRequest, pk=pk, volunteer=volunteer), by=request.user)
    except DomainError as refusal:
        refused(request, _("没有收回"), " ".join(refusal.messages))
    else:
        done(request, _("申请已收回"))
    return redirect("volunteers:certificates")


def _asked(request: HttpRequest, volunteer: Volunteer, form: CertificateForm) -> HttpResponse:
    scope = form.scope()
    made = ask(volunteer, Wish(scope=scope, seal=form.cleaned_data["seal"]), by=request.user)
    if isinstance(made, CertificateRequest):
        title, text = _("已提交，等主管核对"), _("核对后取编号制作，并通知您。")
    elif made.state == State.ISSUED:
        title = _("这些服务已有证明%(number)s") % {"number": made.number}
        text = _("内容没有变化，不另开一张，在下面下载。")
    else:
        title = _("证明编号%(number)s已取好，正在制作") % {"number": made.number}
        text = _("通常几秒钟就好，做好后在下面下载。")
    out = look_up(volunteer, scope)
    if out.left_out:
        left_out = _("没有列入的：%(reasons)s。处理好以后可以再开一张。")
        beware(request, title, left_out % {"reasons": out.words})
    else:
        done(request, title, text)
    return redirect("volunteers:certificates")


def _requests(volunteer: Volunteer) -> list[tuple[CertificateRequest, str]]:
    return [(row, wish_of(row).scope.words) for row in requests_of(volunteer)]


def _list(volunteer: Volunteer) -> dict[str, object]:
    sheets = sheets_of(volunteer)
    return {"sheets": sheets, "polling": any(sheet.is_waiting for sheet in sheets)}
