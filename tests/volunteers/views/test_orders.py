"""An organisation asks in the name of its members: its own activities alone, with their consent, seen by them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from certificates.enums import Action, State
from certificates.models import Certificate, LogEntry
from portal.core.models import RuleSettings
from portal.notices.models import Notice
from portal.organisations.models import Membership, Organisation
from portal.volunteers.domain import ordering
from portal.volunteers.enums import LineOutcome, RecordState
from portal.volunteers.models import CertificateRequest, Order, OrderLine, ServiceRecord, Volunteer
from tests.cast import ROLES, TEAM, person
from tests.counting import own_queries
from tests.factories.projects import make_project
from tests.factories.volunteers import make_record, make_volunteer, past_shift
from tests.tasks import run_queued

ClientFor = Callable[..., Client]


def join(team: Organisation, name: str, *, allowed: bool = True, **over: Any) -> Volunteer:
    volunteer = make_volunteer(name=name, **over)
    when = timezone.now() if allowed else None
    given = {"asking_allowed_at": when, "certificates_allowed_at": when}
    Membership.objects.create(organisation=team, user=volunteer.user, **given)
    return volunteer


def serve(volunteer: Volunteer, organiser: Organisation | None = None, **over: Any) -> ServiceRecord:
    project = make_project(**({"organiser": organiser} if organiser else {}))
    values = {"state": RecordState.CONFIRMED, "date": timezone.localdate() - timedelta(days=3), **over}
    return make_record(volunteer, past_shift(project), **values)


def url(team: Organisation) -> str:
    return f"/desk/bodies/{team.pk}/certificates/"


def form(team: Organisation, **over: Any) -> dict[str, Any]:
    today = timezone.localdate()
    members = list(Membership.objects.filter(organisation=team, role="member").values_list("pk", flat=True))
    return {"start": str(today - timedelta(days=30)), "end": str(today), "members": members, **over}


def results(order: Order) -> dict[str, tuple[str, str]]:
    return {line.user.name: (line.outcome, line.reason) for line in order.lines.select_related("user")}


def test_each_member_gets_a_certificate_of_its_activities_or_the_reason(team: Organisation, manager: Client) -> None:
    good, unasked = join(team, "李小梅"), join(team, "不同意的", allowed=False)
    child, waiting = join(team, "小孩子", birth_date="2015-01-01"), join(team, "没确认的")
    rare = join(team, "李\U00031350")
    for volunteer in (good, unasked, child, rare):
        serve(volunteer, team)
    serve(good)
    serve(waiting, team, state=RecordState.SUBMITTED)
    serve(waiting)

    answer = manager.post(url(team), form(team))
    order = Order.objects.get()
    assert answer.url == f"/desk/bodies/{team.pk}/orders/{order.pk}/"
    assert 'hx-trigger="every 2s"' in manager.get(answer.url).text
    run_queued()

    found = results(order)
    assert {name: outcome for name, (outcome, _reason) in found.items()} == {
        "李小梅": "made", "不同意的": "refused", "小孩子": "refused", "没确认的": "refused", "李\U00031350": "refused",
    }  # fmt: skip
    assert found["不同意的"][1] == "本人没有同意"
    assert found["小孩子"][1] == "未成年，还差监护人同意"
    assert "1笔还没确认" in found["没确认的"][1]
    assert "U+31350" in found["李\U00031350"][1]
    certificate = Certificate.objects.get()
    assert certificate.state == State.ISSUED
    assert certificate.facts.part is not None
    assert (len(certificate.facts.rows), certificate.facts.part.name) == (1, TEAM)
    entry = LogEntry.objects.get(action=Action.ASKED_FOR)
    assert (entry.number, entry.account, entry.detail) == (
        certificate.number, order.asked_by_id, {"body": "volunteer_team"},
    )  # fmt: skip
    assert certificate.requested_by == str(order.asked_by_id)
    assert Notice.objects.filter(kind="certificate_asked_for").values_list("user", flat=True).get() == good.user_id
    page = manager.get(answer.url).text
    assert ("hx-trigger" in page, certificate.number in page, "本人没有同意" in page) == (False, True, True)
    OrderLine.objects.filter(user=child.user).update(why="", details={})  # from before there were codes
    manager.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = manager.get(answer.url).text
    reasons = re.findall(r'<td data-head="Reason">(.*?)</td>', page)
    assert sorted(reasons) == sorted([
        "Did not agree",
        "未成年，还差监护人同意",
        "There are no confirmed service records in this period, so no certificate can be made."
        " Left out: 1 not confirmed yet.",
        "“\U00031350” (U+31350) cannot be printed: no font of the certificates has it. Check whether it is mistyped.",
        "—",
    ])  # fmt: skip


def test_what_stands_on_a_certificate_is_not_certified_twice(team: Organisation, manager: Client) -> None:
    volunteer = join(team, "李小梅")
    serve(volunteer, team)
    for _ in range(2):
        manager.post(url(team), form(team))
        run_queued()
    serve(volunteer, team, date=timezone.localdate() - timedelta(days=5))
    manager.post(url(team), form(team))
    run_queued()
    assert [results(order)["李小梅"][0] for order in Order.objects.order_by("pk")] == ["made", "had", "made"]
    assert Certificate.objects.count() == 2


def test_it_downloads_what_it_asked_for_while_the_member_lets_it(team: Organisation, manager: Client) -> None:
    volunteer = join(team, "李小梅")
    serve(volunteer, team)
    manager.post(url(team), form(team))
    run_queued()
    certificate = Certificate.objects.get()
    pdf = f"/desk/bodies/{team.pk}/certificates/{certificate.number}/pdf/"
    response = manager.get(pdf)
    assert (response.status_code, response.content[:5]) == (200, b"%PDF-")
    entry = LogEntry.objects.filter(action=Action.DOWNLOADED).get()
    assert (entry.detail["way"], entry.account) == ("organisation", Order.objects.get().asked_by_id)
    assert certificate.number in manager.get(f"/desk/bodies/{team.pk}/orders/{Order.objects.get().pk}/").text
    Membership.objects.filter(user=volunteer.user).update(asking_allowed_at=None)
    assert manager.get(pdf).status_code == 200
    Membership.objects.filter(user=volunteer.user).update(certificates_allowed_at=None)
    assert manager.get(pdf).status_code == 404
    page = manager.get(f"/desk/bodies/{team.pk}/orders/{Order.objects.get().pk}/").text
    assert [word in page for word in (certificate.number, pdf, "本人没有同意单位下载")] == [True, False, True]
    Membership.objects.filter(user=volunteer.user).update(certificates_allowed_at=timezone.now())
    OrderLine.objects.all().delete()
    assert manager.get(pdf).status_code == 404


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_the_managers_alone_ask_and_look(team: Organisation, tenant_a: Any, client_for: ClientFor, role: str) -> None:
    serve(join(team, "李小梅"), team)
    made = Order.objects.create(
        organisation=team, start="2026-01-01", end="2026-01-31", asked_by_id=1, finished_at=timezone.now()
    )
    client, mine = client_for(tenant_a, role), role == "organisation_manager"
    pages = [
        url(team),
        f"/desk/bodies/{team.pk}/orders/{made.pk}/",
        f"/desk/bodies/{team.pk}/orders/{made.pk}/progress/",
    ]
    assert {client.get(page).status_code for page in pages} == ({200} if mine else {302} if not role else {403})
    client.post(url(team), form(team))
    assert Order.objects.count() == (2 if mine else 1)


def test_another_body_and_another_site_see_nothing(
    team: Organisation, tenant_a: Any, tenant_b: Any, client_for: ClientFor, manager: Client
) -> None:
    serve(join(team, "李小梅"), team)
    manager.post(url(team), form(team))
    run_queued()
    order, number = Order.objects.get(), Certificate.objects.get().number
    other = Organisation.objects.exclude(pk=team.pk).get(kind="school")
    school = client_for(tenant_a, "school_manager")
    assert school.get(f"/desk/bodies/{other.pk}/orders/{order.pk}/").status_code == 404
    assert school.get(f"/desk/bodies/{other.pk}/certificates/{number}/pdf/").status_code == 404
    there = client_for(tenant_b, "organisation_manager")
    assert there.get(f"/desk/bodies/{team.pk}/orders/{order.pk}/").status_code in {403, 404}
    assert there.get(f"/desk/bodies/{team.pk}/certificates/{number}/pdf/").status_code in {403, 404}


def test_with_a_second_person_its_asking_waits_as_well(team: Organisation, manager: Client) -> None:
    RuleSettings.objects.update_or_create(pk=1, defaults={"certificate_second_person": True})
    serve(join(team, "李小梅"), team)
    manager.post(url(team), form(team))
    run_queued()
    request = CertificateRequest.objects.get()
    assert (request.body, request.organiser, results(Order.objects.get())["李小梅"][0]) == (team, team, "approval")
    assert Certificate.objects.count() == 0


def test_killed_in_the_middle_each_is_asked_for_once(
    team: Organisation, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        serve(join(team, f"李小梅{number}"), team)
    manager.post(url(team), form(team))
    order, real, left = Order.objects.get(), ordering._settle_line, [2]

    def dying(order: Order, pk: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise SystemExit
        real(order, pk)

    monkeypatch.setattr(ordering, "_settle_line", dying)
    with pytest.raises(SystemExit):
        ordering.settle_order(order.pk)
    monkeypatch.undo()
    assert Certificate.objects.count() == 2
    manager.post(f"/desk/bodies/{team.pk}/orders/{order.pk}/resume/")
    run_queued()
    order.refresh_from_db()
    assert (Certificate.objects.count(), order.finished_at is not None) == (3, True)
    assert order.lines.filter(outcome=LineOutcome.WAITING).count() == 0


@pytest.mark.parametrize(
    ("problem", "outcomes"),
    [(RuntimeError("李小梅0"), ["refused", "made", "made"]), (OperationalError(), ["waiting", "made", "made"])],
)
def test_what_fails_at_one_person_stops_nobody_else(
    team: Organisation, manager: Client, monkeypatch: pytest.MonkeyPatch, problem: Exception, outcomes: list[str]
) -> None:
    """A fault is refused with a reason that quotes nothing, and the body may ask again; a lost lock is tried again."""
    first, *_others = [join(team, f"李小梅{number}") for number in range(3)]
    for member in (first, *_others):
        serve(member, team)
    manager.post(url(team), form(team))
    real = ordering.ask

    def failing(volunteer: Volunteer, wish: Any, *, by: Any) -> Any:
        if volunteer == first:
            raise problem
        return real(volunteer, wish, by=by)

    monkeypatch.setattr(ordering, "ask", failing)
    run_queued()
    order = Order.objects.get()
    lines = order.lines.order_by("user__name")
    assert [line.outcome for line in lines] == outcomes
    assert "李小梅" not in lines[0].reason
    assert (order.finished_at is None) == ("waiting" in outcomes)
    monkeypatch.undo()
    run_queued(also_later=True)
    assert manager.post(url(team), form(team)).status_code == 302
    run_queued()
    assert Certificate.objects.count() == 3


def test_one_order_at_a_time_and_faults_at_their_fields(team: Organisation, manager: Client) -> None:
    serve(join(team, "李小梅"), team)
    assert "请至少选一人" in manager.post(url(team), form(team, members=[])).text
    assert "最晚写到今天" in manager.post(url(team), form(team, end="2099-01-01")).text
    assert "早于开始" in manager.post(url(team), form(team, end="2020-01-01")).text
    assert manager.post(url(team), form(team)).status_code == 302
    again = manager.post(url(team), form(team))
    assert (again.status_code, "上一批还在办" in again.text, Order.objects.count()) == (422, True, 1)


def test_the_page_costs_the_same_however_many_orders(team: Organisation, manager: Client) -> None:
    today, counts = timezone.localdate(), []
    for _ in range(3):
        given = {"asked_by": person("organisation_manager"), "finished_at": timezone.now()}
        Order.objects.create(organisation=team, start=today, end=today, **given)
        counts.append(own_queries(manager, url(team)))
    assert counts == [4] * 3
