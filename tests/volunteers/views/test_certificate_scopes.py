"""A certificate for one project, and refusals that say of each record why it does not count."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context

from certificates.download import pdf_bytes
from certificates.models import Certificate
from certificates.offline import differences, read_data, read_print
from portal.core.models import RuleSettings
from portal.projects.models import Project
from portal.volunteers.domain import errors
from portal.volunteers.domain.certify import ask_for_certificate, renew_certificate
from portal.volunteers.domain.records import confirm_record
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.enums import RecordState
from portal.volunteers.models import ServiceRecord, Volunteer
from tests.cast import person
from tests.factories.projects import make_project
from tests.factories.volunteers import make_record, make_volunteer, past_shift
from tests.tasks import run_queued

ClientFor = Callable[..., Client]
URL = "/desk/certificates/"


@pytest.fixture
def volunteer(tenant_a: Any) -> Volunteer:
    return make_volunteer("volunteer")


def serve(volunteer: Volunteer, project: Project | None = None, *, days: int = 1, **over: Any) -> ServiceRecord:
    """A confirmed service so many days ago."""
    shift = past_shift(project)
    values = {"state": RecordState.CONFIRMED, "date": timezone.localdate() - timedelta(days=days), **over}
    return make_record(volunteer, shift, **values)


def project_form(project: Project) -> dict[str, Any]:
    return {"by": "project", "project": project.pk}


def test_one_project_with_all_its_services_and_no_other(
    tenant_a: Any, client_for: ClientFor, volunteer: Volunteer
) -> None:
    reading, calling = make_project(title="给老人读报"), make_project(title="周三电话问候")
    for days in (500, 3):
        serve(volunteer, reading, days=days)
    serve(volunteer, calling)
    serve(make_volunteer(), reading)
    client = client_for(tenant_a, "volunteer")
    page = client.get(URL).text
    assert ("给老人读报（2次，4.0小时）" in page, "周三电话问候（1次，2.0小时）" in page) == (True, True)

    assert client.post(URL, project_form(reading)).status_code == 302
    run_queued()

    certificate = Certificate.objects.get()
    today = timezone.localdate()
    facts = certificate.facts
    assert [(row.day, row.project) for row in facts.rows] == [
        (today - timedelta(days=days), "给老人读报") for days in (500, 3)
    ]
    assert (facts.period_start, facts.period_end) == (today - timedelta(days=500), today - timedelta(days=3))
    assert facts.part is not None
    assert facts.part.words == f"“给老人读报”项目（{reading.number}）"
    pdf = pdf_bytes(certificate)
    assert differences(read_data(pdf) or {}, read_print(pdf)) == []
    assert "“给老人读报”" in client.get(URL).text


def test_a_project_certificate_is_renewed_for_the_same_project(tenant_a: Any, volunteer: Volunteer) -> None:
    reading = make_project(title="给老人读报")
    serve(volunteer, reading, days=9)
    old = ask_for_certificate(volunteer, Scope(project=reading))
    run_queued()
    serve(volunteer, reading, days=2)
    serve(volunteer)
    new = renew_certificate(old, by=volunteer.user)
    assert ([row.project for row in new.facts.rows], new.facts.part) == (["给老人读报"] * 2, old.facts.part)


def test_a_period_certificate_keeps_its_facts_as_they_were_before_there_were_parts(volunteer: Volunteer) -> None:
    serve(volunteer)
    today = timezone.localdate()
    made = ask_for_certificate(volunteer, Scope(start=today - timedelta(days=9), end=today))
    assert "part" not in made.facts_json
    assert made.facts.to_json() == made.facts_json


def test_a_project_beside_a_period_takes_no_number(tenant_a: Any, client_for: ClientFor, volunteer: Volunteer) -> None:
    record = serve(volunteer)
    asked = {"by": "period", "start": "2026-01-01", "end": timezone.localdate(), "project": record.shift.project_id}
    client = client_for(tenant_a, "volunteer")
    response = client.post(URL, asked)
    assert (response.status_code, 'id="id_project_error"' in response.text) == (422, True)
    assert not Certificate.objects.exists()
    assert client.post(URL, asked | {"project": ""}).status_code == 302


@pytest.mark.parametrize("whose", ["unserved", "somebody else's", "nonsense", "none"])
def test_only_ones_own_projects_can_be_chosen_and_what_was_typed_stays(
    tenant_a: Any, client_for: ClientFor, volunteer: Volunteer, whose: str
) -> None:
    serve(volunteer)
    other = make_project(title="别人的项目")
    if whose == "somebody else's":
        serve(make_volunteer(), other)
    key = {"nonsense": "x", "none": ""}.get(whose, str(other.pk))
    response = client_for(tenant_a, "volunteer").post(URL, {"by": "project", "project": key, "seal": "on"})
    assert response.status_code == 422
    assert 'id="id_project_error"' in response.text
    assert [name in response.context["form"].data for name in ("by", "seal")] == [True, True]
    assert re.search(r'<input[^>]*value="project"[^>]*checked', response.text)
    assert Certificate.objects.count() == 0


def test_a_refusal_counts_and_names_every_reason_at_the_field(
    tenant_a: Any, tenant_b: Any, client_for: ClientFor, volunteer: Volunteer
) -> None:
    paid = make_project(title="有报酬的")
    serve(volunteer, paid, days=8)
    Project.objects.filter(pk=paid.pk).update(is_paid=True)
    for state, count in (
        (RecordState.SUBMITTED, 2),
        (RecordState.CORRECTED, 1),
        (RecordState.DISPUTED, 2),
        (RecordState.VOIDED, 1),
        (RecordState.OPEN, 4),  # not handed in: nobody has said anything yet
    ):
        for _ in range(count):
            serve(volunteer, state=state, reason="原因")
    serve(volunteer, minutes=0)
    with tenant_context(tenant_b):
        serve(make_volunteer("volunteer"))
    today = timezone.localdate()
    response = client_for(tenant_a, "volunteer").post(
        URL, {"start": (today - timedelta(days=30)).isoformat(), "end": today.isoformat()}
    )
    said = response.text.split('id="id_start_error">')[1].split("</span>")[0]
    assert said == (
        "这段时间里没有已确认的服务记录，开不出证明。没有列入的：3笔还没确认；2笔有异议，正在处理；1笔已作废；"
        "1笔有报酬或不是志愿服务，按规定不能证明；1笔取整后不足起计时长。"
    )
    assert Certificate.objects.count() == 0


def test_paid_activity_is_neither_confirmed_nor_certified(tenant_a: Any, volunteer: Volunteer) -> None:
    project = make_project()
    entered = serve(volunteer, project, state=RecordState.SUBMITTED)
    serve(volunteer, project)
    Project.objects.filter(pk=project.pk).update(is_paid=True)
    entered.refresh_from_db()
    with pytest.raises(errors.NotAllowed, match="有报酬的活动"):
        confirm_record(entered, by=person("officer"))
    with pytest.raises(errors.NothingToCertify, match="2笔有报酬"):
        ask_for_certificate(volunteer, Scope(project=project))
    with pytest.raises(IntegrityError, match="Paid activity"), transaction.atomic():
        serve(volunteer, project)
    confirmed = {"confirmed_by": person("officer"), "confirmed_at": timezone.now()}
    with pytest.raises(IntegrityError, match="Paid activity"), transaction.atomic():
        ServiceRecord.objects.filter(pk=entered.pk).update(state=RecordState.CONFIRMED, **confirmed)


def test_a_minor_needs_the_guardian_on_file(tenant_a: Any, client_for: ClientFor, volunteer: Volunteer) -> None:
    project = make_project()
    serve(volunteer, project)
    RuleSettings.objects.update_or_create(pk=1, defaults={"guardian_below": 99})
    response = client_for(tenant_a, "volunteer").post(URL, project_form(project))
    assert (response.status_code, "未满99周岁的，要先有监护人同意" in response.text) == (422, True)
    volunteer.guardian_name, volunteer.guardian_consented_at = "李大梅", timezone.now()
    volunteer.save()
    assert client_for(tenant_a, "volunteer").post(URL, project_form(project)).status_code == 302


def test_a_character_in_a_place_is_said_at_the_project(
    tenant_a: Any, client_for: ClientFor, volunteer: Volunteer
) -> None:
    project = make_project()
    serve(volunteer, project, place="\U00031350路")
    response = client_for(tenant_a, "volunteer").post(URL, project_form(project))
    said = response.text.split('id="id_project_error">')[1].split("</span>")[0]
    assert ("U+31350" in said, "联系本站补充字库" in said) == (True, True)
