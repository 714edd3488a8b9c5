"""The pupil's own say, hours for the school's system, terms."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import Disclosure
from portal.core.models import RuleSettings
from portal.organisations.models import Membership
from portal.projects.models import Project
from portal.schools.domain.terms import latest_terms
from portal.volunteers.enums import RecordState
from tests.cast import person
from tests.factories.schools import make_pupil, school
from tests.factories.volunteers import make_record, make_volunteer, past_shift

ClientFor = Callable[..., Client]


@pytest.fixture
def pupil(tenant_a: Any) -> Membership:
    make_volunteer("volunteer", birth_date="2005-03-12")
    return Membership.objects.create(organisation=school(), user=person("volunteer"), class_name="高三（1）班")


def given(pupil: Membership) -> list[str]:
    """What the pupil has consented to."""
    pupil.refresh_from_db()
    stands = {"ask": pupil.asking_allowed_at, "download": pupil.certificates_allowed_at}
    return [name for name, when in stands.items() if when]


@pytest.mark.parametrize("role", ["member", "manager"])
def test_the_pupil_allows_and_takes_back_each_for_itself(
    tenant_a: Any, client_for: ClientFor, pupil: Membership, role: str
) -> None:
    """Who was made a manager meanwhile takes back as before."""
    client = client_for(tenant_a, "volunteer")
    url, page = f"/desk/schools/consent/{pupil.pk}/", "/desk/organisations/"
    words = ["学校现在不能替您申请", "学校现在不能下载", "收回申请的同意", "收回下载的同意"]
    assert [word in client.get(page).text for word in words] == [True, True, False, False]
    for to, stands in (("download", ["download"]), ("ask", ["ask", "download"])):
        client.post(url, {"to": to, "allow": "yes"})
        assert given(pupil) == stands
    Membership.objects.filter(pk=pupil.pk).update(role=role)
    assert [word in client.get(page).text for word in words] == [False, False, True, True]
    for to, stands in (("download", ["ask"]), ("ask", [])):
        client.post(url, {"to": to, "allow": "no"})
        assert given(pupil) == stands
    assert client.post(url, {"to": "anything", "allow": "yes"}).status_code == 404
    assert ("替您申请" in client.get(page).text) == (role == "member")


@pytest.mark.parametrize("who", ["school_manager", "officer", "organisation_manager", "newcomer"])
def test_nobody_else_consents(tenant_a: Any, client_for: ClientFor, pupil: Membership, who: str) -> None:
    response = client_for(tenant_a, who).post(f"/desk/schools/consent/{pupil.pk}/", {"to": "download", "allow": "yes"})
    assert (response.status_code, given(pupil)) == (404, [])


def test_a_minor_needs_the_guardian_first(tenant_a: Any, client_for: ClientFor, pupil: Membership) -> None:
    volunteer = pupil.user.volunteer
    volunteer.birth_date = (timezone.localdate() - timedelta(days=365 * 15)).isoformat()
    volunteer.save()
    client = client_for(tenant_a, "volunteer")
    url = f"/desk/schools/consent/{pupil.pk}/"
    for to in ("ask", "download"):
        client.post(url, {"to": to, "allow": "yes"})
    assert given(pupil) == []
    assert "监护人的同意" in client.get("/desk/organisations/").text
    volunteer.guardian_name, volunteer.guardian_consented_at = "李家长", timezone.now()
    volunteer.save()
    client.post(url, {"to": "download", "allow": "yes"})
    assert given(pupil) == ["download"]


def test_hours_are_confirmed_consented_and_never_a_formula(tenant_a: Any, manager: Client, desk: str) -> None:
    allowed, silent = make_pupil("@SUM(1)"), make_pupil("没同意的", allowed=False)
    shift = past_shift()
    night = datetime(2026, 3, 5, 17, 30, tzinfo=UTC)  # half past one of the next day there
    for title in ("=HYPERLINK(1)", "+1", "-1"):
        values = {"state": RecordState.CONFIRMED, "activity": title, "confirmed_at": night}
        make_record(allowed.user.volunteer, past_shift(), **values)
    make_record(allowed.user.volunteer, shift, activity="还没确认的")
    paid = make_record(allowed.user.volunteer, past_shift(), state=RecordState.CONFIRMED, activity="有报酬的")
    Project.objects.filter(pk=paid.project_id).update(is_paid=True)
    make_record(silent.user.volunteer, shift, state=RecordState.CONFIRMED, activity="不给学校的")
    response = manager.get(f"{desk}hours.csv")
    head, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert head[:3] == ["班级", "姓名", "志愿者编号"]
    assert {row[1] for row in rows} == {"'@SUM(1)"}
    assert sorted(row[5] for row in rows) == ["'+1", "'-1", "'=HYPERLINK(1)"]
    assert [row[10:] for row in rows] == [["2", "120", "带队人当场点名", "2026-03-06 01:30"]] * 3
    told = manager.get(f"{desk}hours.json").json()
    assert told["schema"] == "yinling.school-hours/1"
    assert sorted(row["activity"] for row in told["records"]) == ["+1", "-1", "=HYPERLINK(1)"]
    proven = {(row["proof"], row["proof_words"], row["confirmed_at"]) for row in told["records"]}
    assert proven == {("leader_roll", "带队人当场点名", "2026-03-06T01:30:00+08:00")}
    assert {(seen.by.username, seen.subject) for seen in Disclosure.objects.filter(field="records")} == {
        ("school_manager", allowed.user)
    }


def test_hours_of_a_minor_wait_for_the_guardian(tenant_a: Any, manager: Client, desk: str) -> None:
    """Packed certificates do, too; the birth date was corrected after the pupil had consented."""
    minor, grown = (
        make_pupil(name, birth_date=(timezone.localdate() - timedelta(days=365 * years)).isoformat())
        for name, years in (("李小梅", 15), ("王大明", 19))
    )
    for pupil in (minor, grown):
        make_record(pupil.user.volunteer, past_shift(), state=RecordState.CONFIRMED)

    def names() -> set[str]:
        return {row["name"] for row in manager.get(f"{desk}hours.json").json()["records"]}

    assert names() == {"王大明"}
    assert list(Disclosure.objects.filter(field="records").values_list("subject", flat=True)) == [grown.user_id]
    volunteer = minor.user.volunteer
    volunteer.guardian_name, volunteer.guardian_consented_at = "李家长", timezone.now()
    volunteer.save()
    assert names() == {"王大明", "李小梅"}


def test_terms_follow_the_site_s_months() -> None:
    terms = latest_terms(date(2026, 11, 29), RuleSettings())
    assert [(str(term.start), str(term.end), term.first, term.year) for term in terms] == [
        ("2026-09-01", "2027-01-31", True, 2026),
        ("2026-02-01", "2026-08-31", False, 2025),
        ("2025-09-01", "2026-01-31", True, 2025),
        ("2025-02-01", "2025-08-31", False, 2024),
    ]
    moved = latest_terms(date(2026, 3, 15), RuleSettings(first_term_month=3, second_term_month=8))
    assert (str(moved[0].start), moved[0].first, moved[0].year) == ("2026-03-01", True, 2026)
    assert (moved[1].first, moved[1].year) == (False, 2025)
