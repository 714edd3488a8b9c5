"""One's volunteer card: on the screen, as a small PDF, with a new QR code, taken back."""

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates.coverage import require_printable
from certificates.errors import CertificateError
from certificates.rendering.qr import qr_svg
from portal.core import confirming
from portal.core.feedback import done, refused
from portal.core.posting import posted_from
from portal.core.queries import rules
from portal.volunteers import queries
from portal.volunteers.domain.cards import card_facts, make_card, replace_card, take_back_card
from portal.volunteers.domain.levels import level_of
from portal.volunteers.domain.minutes import hours
from portal.volunteers.models import Volunteer
from portal.volunteers.views.gate import volunteers_only
from tenants.allowances import use_up

_PURPOSE = "card-print"


@never_cache
@require_safe
@volunteers_only
def card(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """The card with its QR code, or how to get one; the level stands there either way."""
    level = level_of(queries.totals(volunteer).minutes, rules=rules())
    held = queries.open_card(volunteer)
    context = {
        "volunteer": volunteer,
        "level": level,
        "hours": hours(level.minutes),
        "missing": hours(level.missing),
        "card": held,
    }
    if held:
        facts = card_facts(held, volunteer)
        context |= {"facts": facts, "qr": qr_svg(facts.qr_url)}
    return render(request, "volunteers/card.html", context)


@posted_from("volunteers:card")
@volunteers_only
def make(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """The first card, or one after the last was taken back."""
    make_card(volunteer)
    done(request, _("志愿者证办好了"), _("可以在手机上出示，也可以下载打印。"))
    return redirect("volunteers:card")


@posted_from("volunteers:card")
@volunteers_only
def replace(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """Asks once, then gives a new QR code; the old one is not valid any more."""
    question = _ending(volunteer, _("换一个新的志愿者证"), _("换新以后二维码是新的，打印过的请重新打印。"))
    if question and not confirming.is_answered(request, question):
        return confirming.ask(request, question, template=confirming.AT_THE_DESK)
    replace_card(volunteer)
    done(request, _("志愿者证换新了"), _("旧的二维码从现在起核验为无效，打印过的请重新打印。"))
    return redirect("volunteers:card")


@posted_from("volunteers:card")
@volunteers_only
def take_back(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """Asks once, then there is no card at all."""
    question = _ending(volunteer, _("收回志愿者证"), _("收回以后就没有证了；要用时再办，二维码是新的。"))
    if question and not confirming.is_answered(request, question):
        return confirming.ask(request, question, template=confirming.AT_THE_DESK)
    if take_back_card(volunteer):
        done(request, _("志愿者证已收回"), _("它的二维码从现在起核验为无效。要用时可以再办。"))
    return redirect("volunteers:card")


def _ending(volunteer: Volunteer, title: str, after: str) -> confirming.Question | None:
    """What will not come back; nothing is asked where there is no card."""
    held = queries.open_card(volunteer)
    if held is None:
        return None
    ends = _("现在的二维码马上核验为无效，不能恢复；印在卡片、胸牌上的也一样。")
    back = reverse("volunteers:card")
    return confirming.Question(title=title, happens=(ends, after), button=title, back=back, state=str(held.pk))


@never_cache
@require_safe
@volunteers_only
def pdf(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """The card of today as a PDF of its size; it is printed when asked for and not kept."""
    held = queries.open_card(volunteer)
    if held is None:
        return redirect("volunteers:card")
    if use_up(_PURPOSE, str(get_client_ip_address(request)), amount=1, most=settings.CARD_PRINTS_PER_HOUR):
        refused(request, _("下载得太勤了"), _("请过一小时再来；手机上出示这一页也一样。"))
        return redirect("volunteers:card")
    facts = card_facts(held, volunteer)
    try:
        require_printable(facts.texts())
    except CertificateError as refusal:
        refused(request, _("没有做成PDF"), refusal.message)
        return redirect("volunteers:card")
    from certificates.rendering.cards import print_card  # WeasyPrint: half a second, once in a process

    response = HttpResponse(print_card(facts), content_type="application/pdf")
    name = f"{_('志愿者证')}-{volunteer.number}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
