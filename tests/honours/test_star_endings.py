"""Objections, returns, refusals and what comes after the award of a star."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from certificates.domain import confirm_revocation, propose_revocation
from certificates.errors import CertificateError
from certificates.models import Certificate
from portal.accounts.models import User
from portal.core.errors import DomainError
from portal.core.models import RuleSettings
from portal.honours.domain import (
    approve_round,
    award_star,
    errors,
    propose_round,
    propose_star,
    record_objection,
    refuse_star,
    return_star,
    settle_objection,
    withdraw_star,
)
from portal.honours.enums import StarState
from portal.honours.models import Entry, Objection, StarApplication
from portal.honours.queries import progress_of
from portal.notices.models import Notice
from portal.volunteers.domain.asking import renew
from portal.volunteers.domain.correct import correct_person
from portal.volunteers.domain.keeping import forget_what_is_over
from portal.volunteers.domain.records import void_record
from portal.volunteers.models import CertificateRequest
from tests.cast import person
from tests.factories.honours import (
    make_application,
    make_due,
    make_proposed,
    make_round,
    second_officer,
)
from tests.forgetting import forget_then_mend
from tests.tasks import run_queued

S = StarState


def told(kind: str) -> list[Any]:
    return [notice.user for notice in Notice.objects.filter(kind=kind)]


def told_in_english(kind: str) -> str:
    return str(Notice.objects.filter(kind=kind)[0].translations["en"]["body"])


def test_an_objection_stops_the_award_until_it_is_answered(tenant_a: Any) -> None:
    proposed = make_proposed()
    first = record_objection(proposed, by=person("officer"), content="没有来过", objector="邻居，13800000000")
    second = record_objection(proposed, by=person("officer"), content="时长不实")
    with pytest.raises(errors.TooEarly):
        award_star(proposed, by=second_officer())

    settle_objection(first, by=person("officer"), upheld=False, answer="有签到记录")
    proposed.refresh_from_db()
    assert proposed.state == S.OBJECTED
    settle_objection(second, by=person("officer"), upheld=False, answer="核对无误")
    proposed.refresh_from_db()
    assert (proposed.state, proposed.proposed_by) == (S.PUBLICITY, None)
    with pytest.raises(errors.MoveRefused):
        settle_objection(second, by=person("officer"), upheld=True, answer="又想了想")
    assert award_star(propose_star(proposed, by=person("officer")), by=second_officer()).state == S.AWARDED


def test_an_upheld_objection_refuses_with_its_answer(tenant_a: Any) -> None:
    due = make_due()
    objection = record_objection(due, by=person("officer"), content="没有来过")
    settle_objection(objection, by=person("officer"), upheld=True, answer="三次未到")
    due.refresh_from_db()
    assert (due.state, due.note, told("star_refused")) == (S.REFUSED, "三次未到", [due.volunteer.user])
    # What was refused can be asked for again when it is otherwise.
    assert make_application(due.volunteer).state == S.PUBLICITY


def test_returning_and_refusing_say_why(tenant_a: Any) -> None:
    proposed = make_proposed()
    with pytest.raises(errors.ReasonMissing):
        return_star(proposed, by=second_officer(), note=" ")
    returned = return_star(proposed, by=second_officer(), note="请再核对")
    assert (returned.state, told("star_returned")) == (S.PUBLICITY, [person("officer")])
    refused = refuse_star(returned, by=person("officer"), note="记录有误")
    assert (refused.state, told("star_refused")) == (S.REFUSED, [proposed.volunteer.user])


def test_withdrawing_is_the_applicants_alone(tenant_a: Any) -> None:
    made = make_application()
    with pytest.raises(errors.NotAllowed):
        withdraw_star(made, by=person("officer"))
    assert withdraw_star(made, by=made.volunteer.user).state == S.WITHDRAWN


def test_a_revoked_certificate_ends_its_star_which_can_be_asked_for_again(tenant_a: Any) -> None:
    awarded = award_star(make_proposed(), by=second_officer())
    run_queued()
    with pytest.raises(errors.AlreadyHeld):
        make_application(awarded.volunteer)
    certificate = Certificate.objects.get(pk=awarded.certificate_id)
    proposal = propose_revocation(certificate, ground="misissued", reason="误发", proposed_by="1")
    confirm_revocation(proposal, confirmed_by="2")
    awarded.refresh_from_db()
    assert awarded.state == S.ENDED
    assert make_application(awarded.volunteer).state == S.PUBLICITY


def test_hours_taken_away_after_the_award_are_told_to_the_other_officers(tenant_a: Any) -> None:
    awarded = award_star(make_proposed(days=2, level=1), by=second_officer())
    run_queued()
    first, last = awarded.volunteer.records.order_by("date")
    void_record(first, by=person("officer"), why="重复记录")
    assert told("honour_doubted") == []  # two hours are left, enough for one star
    void_record(last, by=person("officer"), why="重复记录")
    assert told("honour_doubted") == [second_officer()]
    assert "0.0小时" in Notice.objects.get(kind="honour_doubted").body


@pytest.mark.parametrize(("level", "state"), [(1, S.AWARDED), (2, S.ENDED)])
def test_hours_taken_away_before_the_sheet_is_made_are_never_on_it(tenant_a: Any, level: int, state: S) -> None:
    """Two hours of four are left: enough for one star, not for two."""
    awarded = award_star(make_proposed(days=2, level=level), by=second_officer())
    void_record(awarded.volunteer.records.first(), by=person("officer"), why="重复记录")
    run_queued()
    awarded.refresh_from_db()
    sheets = list(Certificate.objects.order_by("pk"))
    stays = state == S.AWARDED
    assert [sheet.state for sheet in sheets] == ["dropped", "issued"][: 1 + stays]
    assert (awarded.state, awarded.certificate, sheets[-1].facts.minutes) == (state, sheets[-1], 120 if stays else 240)
    assert (told("honour_doubted"), told("certificate_dropped")) == ([], [awarded.volunteer.user])
    assert sorted(user.username for user in told("honour_dropped")) == ([] if stays else ["officer", "officer2"])
    if not stays:
        assert "已确认的志愿服务时长是2.0小时，要满4.0小时" in Notice.objects.get(kind="certificate_dropped").body
        assert make_application(awarded.volunteer, level=1).state == S.PUBLICITY


def test_an_account_closed_before_the_sheet_is_made_ends_the_star(tenant_a: Any) -> None:
    awarded = award_star(make_proposed(days=1), by=second_officer())
    User.objects.filter(pk=awarded.volunteer.user_id).update(is_active=False)
    run_queued()
    awarded.refresh_from_db()
    sheet = Certificate.objects.get()
    assert (sheet.state, sheet.outdated_reason) == ("dropped", "账号停用了")
    assert (awarded.state, awarded.note) == (S.ENDED, "这个账号已停用，不能再颁发证书。")
    assert sorted(user.username for user in told("honour_dropped")) == ["officer", "officer2"]
    english = "This account is closed; no certificate can be awarded."
    assert {told_in_english(kind).endswith(english) for kind in ("honour_dropped", "certificate_dropped")} == {True}
    assert "While it was being made, the account was closed." in told_in_english("certificate_dropped")


def test_a_guardians_missing_consent_found_then_is_told_in_each_language(tenant_a: Any) -> None:
    awarded = award_star(make_proposed(days=1), by=second_officer())
    volunteer = awarded.volunteer
    volunteer.birth_date = (timezone.localdate() - timedelta(days=12 * 366)).isoformat()
    volunteer.save()
    run_queued()
    assert "还差监护人同意。请本人" in Notice.objects.filter(kind="honour_dropped")[0].body
    assert "and the guardian has not consented. Please add" in told_in_english("honour_dropped")


def test_a_corrected_name_gives_another_certificate_and_the_star_stays(tenant_a: Any) -> None:
    awarded = award_star(make_proposed(), by=second_officer())
    run_queued()
    old = Certificate.objects.get()
    with pytest.raises(CertificateError):
        renew(old, by=person("officer"))  # nothing would be different
    correct_person(awarded.volunteer, by=person("officer"), why="与证件不符", name="李晓梅")
    with pytest.raises(DomainError):
        renew(Certificate.objects.get(), by=person("publicist"))
    renew(Certificate.objects.get(), by=User.objects.get(pk=awarded.applied_by_id))
    run_queued()
    awarded.refresh_from_db()
    new = Certificate.objects.get(state="issued")
    assert (awarded.state, awarded.certificate_id, new.facts.holder_name, new.replaces_id) == (
        S.AWARDED, new.pk, "李晓梅", old.pk,
    )  # fmt: skip
    assert new.facts.honour == old.facts.honour


@pytest.mark.parametrize("second_person", [False, True])
def test_an_honour_revoked_while_its_new_name_is_printed_ends_under_both_numbers(
    tenant_a: Any, second_person: bool
) -> None:
    RuleSettings.objects.update_or_create(pk=1, defaults={"certificate_second_person": second_person})
    awarded = award_star(make_proposed(), by=second_officer())
    run_queued()
    old = Certificate.objects.get()
    correct_person(awarded.volunteer, by=person("officer"), why="与证件不符", name="李晓梅")
    new = renew(Certificate.objects.get(), by=User.objects.get(pk=awarded.applied_by_id))
    proposal = propose_revocation(old, ground="misissued", reason="误发", proposed_by="1")
    confirm_revocation(proposal, confirmed_by="2")
    run_queued()
    assert list(Certificate.objects.order_by("pk").values_list("pk", "state")) == [
        (old.pk, "revoked"), (new.pk, "dropped"),
    ]  # fmt: skip
    awarded.refresh_from_db()
    assert (awarded.state, awarded.certificate_id, CertificateRequest.objects.count()) == (S.ENDED, old.pk, 0)
    assert "没有重新办理：荣誉已随原来的证书撤销" in Notice.objects.get(kind="certificate_dropped").body


@pytest.mark.parametrize("forget", [forget_what_is_over, forget_then_mend])
def test_when_its_time_is_over_an_award_names_no_certificate(tenant_a: Any, client_for: Any, forget: Any) -> None:
    due = make_due()
    volunteer = due.volunteer
    settle_objection(
        record_objection(due, by=person("officer"), content="没有来过", objector="邻居，13800000000"),
        by=person("officer"), upheld=False, answer="有签到记录",
    )  # fmt: skip
    award_star(propose_star(due, by=person("officer")), by=second_officer())
    round_ = approve_round(propose_round(make_round(), by=person("officer")), by=second_officer())
    again = approve_round(propose_round(make_round(), by=person("officer")), by=second_officer())
    run_queued()
    numbers = list(Certificate.objects.values_list("number", flat=True))
    User.objects.filter(pk=volunteer.user_id).update(is_active=False)

    assert forget(timezone.now() + timedelta(days=10 * 366)) == len(numbers) == 2

    rows = [*StarApplication.objects.values(), *Entry.objects.values(), *Objection.objects.values()]
    assert [row["certificate_id"] for row in rows[:3]] == [None] * 3
    written = str(rows)
    assert [word for word in (*numbers, "邻居", "没有来过", "签到") if word in written] == []
    due.refresh_from_db()
    assert (due.state, due.volunteer, progress_of(round_).printed, progress_of(again).left_out) == (
        S.AWARDED, volunteer, 1, 1,
    )  # fmt: skip
    officer = client_for(tenant_a, "officer")
    pages = [f"/cms/honours/stars/{due.pk}/", *(f"/cms/honours/rounds/{one.pk}/?show=out" for one in (round_, again))]
    assert [officer.get(page).status_code for page in pages] == [200] * 3
