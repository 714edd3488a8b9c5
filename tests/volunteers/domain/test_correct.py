"""Officers put right names, birth dates and identity numbers; everybody concerned hears of it."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from certificates.domain import request_certificate
from certificates.enums import State
from certificates.models import Certificate
from portal.core.errors import DomainError
from portal.core.rotation import rotate_schema
from portal.notices.models import Notice
from portal.volunteers.domain import errors
from portal.volunteers.domain.certify import holder_key
from portal.volunteers.domain.correct import correct_person
from portal.volunteers.domain.records import correct_record, void_record
from portal.volunteers.enums import RecordState
from portal.volunteers.models import Correction, ServiceRecord, Volunteer
from tests.cast import ROLES, person
from tests.factories.certificates import make_facts, make_row
from tests.factories.volunteers import make_record, make_volunteer

WHY = "登记时写错，已当面核对身份证"


def certificate_for(record: ServiceRecord, **over: Any) -> Certificate:
    rows = over.pop("rows", (make_row(day=record.date, project=record.activity),))
    facts = make_facts(rows=rows, period_start=record.date, period_end=record.date, **over)
    made = request_certificate(facts, holder_key=holder_key(record.volunteer), requested_by="test")
    issued = {"state": State.ISSUED, "issued_at": timezone.now(), "pdf_size": 1, "pdf_sha256": "0" * 64}
    Certificate.objects.filter(pk=made.pk).update(**issued)
    return made


def told() -> set[tuple[str, str]]:
    return set(Notice.objects.values_list("user__username", "kind"))


def test_a_name_and_a_birth_date_are_put_right_logged_and_told(tenant_a: Any) -> None:
    volunteer = make_volunteer("volunteer")
    correct_person(volunteer, by=person("officer"), why=WHY, name="李晓梅", birth_date=date(1963, 3, 12))
    volunteer = Volunteer.objects.select_related("user").get()
    assert (volunteer.user.name, volunteer.birth_date) == ("李晓梅", "1963-03-12")
    lines = Correction.objects.order_by("pk").values_list("field", "before", "after", "why", "by__username")
    assert list(lines) == [
        ("name", "示例volunteer", "李晓梅", WHY, "officer"),
        ("birth_date", "1962-03-12", "1963-03-12", WHY, "officer"),
    ]
    notice = Notice.objects.get()
    assert (notice.user, notice.subject) == (volunteer.user, "您的姓名、出生日期已更正")
    assert WHY in notice.body


@pytest.mark.parametrize("role", ["newcomer", *ROLES])
def test_officers_alone_do_it_and_never_to_themselves(tenant_a: Any, role: str) -> None:
    volunteer = make_volunteer("volunteer")
    if role == "officer":
        with pytest.raises(errors.NotAllowed):
            correct_person(make_volunteer("officer"), by=person("officer"), why=WHY, name="别名")
        return
    with pytest.raises(errors.NotAllowed):
        correct_person(volunteer, by=person(role), why=WHY, name="别名")
    assert Correction.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({}, errors.NothingToCorrect),
        ({"birth_date": date(1962, 3, 12)}, errors.NothingToCorrect),
        ({"birth_date": date(2999, 1, 1)}, errors.TooYoung),
        ({"id_number": "120101196203120019"}, errors.BadIdentityNumber),
        ({"name": "李晓梅", "why": " "}, errors.ReasonMissing),
    ],
)
def test_what_no_registration_would_take_is_refused_whole(
    tenant_a: Any, given: dict[str, Any], error: type[DomainError]
) -> None:
    volunteer = make_volunteer("volunteer")
    with pytest.raises(error):
        correct_person(volunteer, by=person("officer"), **{"why": WHY, **given})
    volunteer = Volunteer.objects.select_related("user").get()
    assert (volunteer.user.name, volunteer.birth_date, volunteer.id_number) == ("示例volunteer", "1962-03-12", "")
    assert (Correction.objects.count(), Notice.objects.count()) == (0, 0)


def test_nobody_changes_the_log_but_keys_are_rotated_under_it(tenant_a: Any, settings: Any) -> None:
    correct_person(make_volunteer("volunteer"), by=person("officer"), why=WHY, name="李晓梅")
    for change in (lambda: Correction.objects.update(why="别的原因"), lambda: Correction.objects.all().delete()):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
    settings.FIELD_KEYS = ["a-newer-key-for-this-test-alone-0123", *settings.FIELD_KEYS]
    assert rotate_schema()[0] > 0
    assert Correction.objects.get().after == "李晓梅"


def test_a_corrected_name_marks_the_sheets_that_show_it(tenant_a: Any) -> None:
    record = make_record(make_volunteer("volunteer"), state=RecordState.CONFIRMED)
    mine, other = certificate_for(record), certificate_for(make_record(state=RecordState.CONFIRMED))
    correct_person(record.volunteer, by=person("officer"), why=WHY, birth_date=date(1963, 3, 12))
    assert not Certificate.objects.filter(outdated_at__isnull=False).exists()
    correct_person(record.volunteer, by=person("officer"), why=WHY, name="李晓梅")
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.needs_replacing, mine.outdated_reason, other.needs_replacing) == (True, WHY, False)
    assert ("volunteer", "certificate_outdated") in told()


@pytest.mark.parametrize("verb", ["correct", "void"])
def test_a_record_put_right_after_its_sheet_was_issued_marks_it_and_tells_both(tenant_a: Any, verb: str) -> None:
    state = RecordState.DISPUTED if verb == "correct" else RecordState.CONFIRMED
    record = make_record(make_volunteer("volunteer"), state=state, reason="记多了")
    sheet = certificate_for(record)
    elsewhere = certificate_for(record, rows=(make_row(day=record.date, project="另一个项目"),))
    if verb == "correct":
        correct_record(record, minutes=60, by=person("community_worker"), why="点名时记多了")
    else:
        void_record(record, by=person("officer"), why="点名时记多了")
    sheet.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (sheet.needs_replacing, elsewhere.needs_replacing) == (True, False)
    expected = {"volunteer"} | ({"officer"} if verb == "correct" else set())
    assert {name for name, kind in told() if kind == "certificate_outdated"} == expected
    assert Certificate.objects.get(pk=sheet.pk).facts == sheet.facts
