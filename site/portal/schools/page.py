"""The school's page: what is chosen, what that finds, the files; and the way back to it."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.facts import ServiceRow
from certificates.models import Certificate
from certificates.wording import hours as in_hours
from portal.core.errors import DomainError
from portal.core.paging import CountedPaginator
from portal.organisations.models import Organisation
from portal.schools import queries
from portal.schools.domain.asking import stalled_since
from portal.schools.enums import LeftOut
from portal.schools.forms import ChoiceForm, ClassForm, ListForm
from portal.schools.queries import Choice

PER_PAGE = 50
FAULTS_SHOWN = 200


def show(
    request: HttpRequest,
    school: Organisation,
    *,
    list_form: ListForm | None = None,
    class_form: ClassForm | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """The whole page; what acts on a choice is left out while the choice has faults."""
    form = _choice_form(request, school)
    context = {
        "school": school,
        "form": form,
        "list_form": list_form or ListForm(),
        "class_form": class_form or ClassForm(),
        "listed": list_of(request, school),
        "faults_shown": FAULTS_SHOWN,
        "query": _query(request),
        "notice": notice,
        "orders": queries.orders_of(school),
        **files_of(school),
    }
    if form.is_valid():
        context |= _found(request, form.choice())
    return render(request, "schools/pupils.html", context, status=status)


def _found(request: HttpRequest, choice: Choice) -> dict[str, Any]:
    counts = queries.tally(choice)
    left_out = [(reason.label, counts[reason.value]) for reason in LeftOut if counts[reason.value]]
    out = sum(count for _label, count in left_out)
    show_out = request.GET.get("show") == "out"
    return {
        "choice": choice,
        "counts": counts,
        "left_out": left_out,
        "out": out,
        "show_out": show_out,
        "page_obj": _rows(request, choice, show_out, total=out if show_out else counts["pupils"]),
    }


def _rows(request: HttpRequest, choice: Choice, out: bool, *, total: int) -> Page:
    """Pupils of a page with their certificates, or with why they are left out; two queries."""
    found = queries.chosen(choice)
    found = found.exclude(reason="") if out else found.filter(reason="")
    page = CountedPaginator(found, PER_PAGE, total=total).get_page(request.GET.get("page"))
    pupils = list(page.object_list)
    held = queries.certificates_for(pupils, choice)
    page.object_list = [_row(pupil, held) for pupil in pupils]
    return page


def _row(pupil: Any, held: dict[str, Any]) -> dict[str, Any]:
    certificates = held.get(pupil.holder, [])
    return {
        "pupil": pupil,
        "certificates": certificates,
        "hours": in_hours(minutes) if (minutes := _minutes(certificates)) else "—",
        "reason": LeftOut(pupil.reason).label if pupil.reason else "",
    }


def _minutes(certificates: list[Certificate]) -> int:
    """Of the services that stand on them, each once though certificates overlap; honours only speak of such."""
    services: Counter[ServiceRow] = Counter()
    for certificate in certificates:
        if certificate.facts.honour is None:
            services |= Counter(certificate.facts.rows)
    return sum(row.minutes * times for row, times in services.items())


def files_of(school: Organisation) -> dict[str, Any]:
    found = queries.bundles_of(school)
    return {
        "school": school,
        "bundles": found,
        "polling": any(bundle.is_open for bundle in found),
        "stalled_since": stalled_since(),
        "now": timezone.now(),
    }


def _choice_form(request: HttpRequest, school: Organisation) -> ChoiceForm:
    listed = list_of(request, school)
    return ChoiceForm(request.GET, organisation=school, listed=frozenset(listed["found"]) if listed else None)


def choice_of(request: HttpRequest, school: Organisation) -> Choice:
    """For what acts on it: a choice with faults is refused, never widened."""
    form = _choice_form(request, school)
    if not form.is_valid():
        raise DomainError(_("先改好班级和日期，再试一次。"))
    return form.choice()


def list_of(request: HttpRequest, school: Organisation) -> dict[str, Any] | None:
    found: dict[str, Any] | None = request.session.get(slot_of(school))
    return found


def slot_of(school: Organisation) -> str:
    return f"school-list-{school.pk}"


def _query(request: HttpRequest) -> str:
    """The choice as it stands in the address, for the forms that act on it."""
    return urlencode(_kept(request))


def _kept(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ChoiceForm.base_fields if request.GET.get(name)}


def back(request: HttpRequest, school: Organisation, **over: str) -> HttpResponse:
    """To the page with the same choice."""
    return redirect(address(request, school, **over))


def address(request: HttpRequest, school: Organisation, **over: str) -> str:
    """Of the page with the same choice."""
    return f"{reverse('schools:pupils', args=[school.pk])}?{urlencode(_kept(request) | over)}".rstrip("?")
