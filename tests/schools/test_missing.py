"""A school asks for the certificates that its pupils lack, and sees for each what came of it."""

from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from certificates.models import Certificate
from portal.core.models import RuleSettings
from portal.schools.domain.terms import latest_terms
from portal.volunteers.enums import RecordState
from portal.volunteers.models import Order, Volunteer
from tests.factories.schools import make_pupil
from tests.factories.volunteers import make_record, past_shift
from tests.tasks import run_queued


def serve(pupil: Any, **over: Any) -> None:
    volunteer = Volunteer.objects.get(user=pupil.user_id)
    # Today: some days ago may have been in the term before.
    values = {"state": RecordState.CONFIRMED, "date": timezone.localdate(), **over}
    make_record(volunteer, past_shift(), **values)


def test_the_chosen_pupils_get_what_they_lack_or_the_reason(desk: str, manager: Client) -> None:
    made, silent = make_pupil("李小梅"), make_pupil("不同意的", allowed=False)
    download = make_pupil("只许下载的", asking_allowed_at=None)
    none, other = make_pupil("没有时长的"), make_pupil("别的班的", class_name="高三（2）班")
    for pupil in (made, silent, download, other):
        serve(pupil)
    assert "出具缺少的证明" in manager.get(desk).text

    answer = manager.post(f"{desk}missing/?class_name=高三（1）班")
    run_queued()

    order = Order.objects.get()
    assert answer.url == f"/desk/bodies/{order.organisation_id}/orders/{order.pk}/"
    found = {line.user.name: (line.outcome, line.reason) for line in order.lines.select_related("user")}
    assert found == {
        "李小梅": ("made", ""),
        "不同意的": ("refused", "本人没有同意"),
        "只许下载的": ("refused", "本人没有同意"),
        "没有时长的": ("refused", "这段时间里没有已确认的服务记录，开不出证明。"),
    }
    certificate = Certificate.objects.get()
    assert (certificate.facts.holder_name, certificate.facts.part) == ("李小梅", None)
    assert none.user.name in manager.get(answer.url).text
    # The school takes certificates along in its own file alone.
    pdf = f"/desk/bodies/{order.organisation_id}/certificates/{certificate.number}/pdf/"
    assert manager.get(pdf).status_code == 404
    assert certificate.number in manager.get(desk).text


def test_a_second_time_nothing_is_missing(desk: str, manager: Client) -> None:
    serve(make_pupil("李小梅"))
    for _ in range(2):
        manager.post(f"{desk}missing/")
        run_queued()
    assert [order.lines.get().outcome for order in Order.objects.order_by("pk")] == ["made", "had"]
    assert Certificate.objects.count() == 1


def test_a_choice_with_faults_asks_for_nothing(desk: str, manager: Client) -> None:
    serve(make_pupil("李小梅"))
    term = latest_terms(timezone.localdate(), RuleSettings())[0].start
    for faulty, field in (
        ("term=days&start=2026-05-01&end=x", "end"),
        ("start=2026-05-02&end=2026-05-01", "end"),
        (f"term={term}&start=2026-05-01&end=2026-05-02", "term"),
    ):
        answer = manager.post(f"{desk}missing/?{faulty}", follow=True)
        assert ("先改好班级和日期" in answer.text, Order.objects.count()) == (True, 0), faulty
        assert [*answer.context["form"].errors] == [field]
        assert ("找到的证书" in answer.text, "编入这个班" in answer.text, "hours.csv" in answer.text) == (False,) * 3
    assert manager.get(f"{desk}?start=2026-05-01&end=2026-05-02").context["choice"].end == date(2026, 5, 2)


def test_other_managers_and_officers_ask_for_nothing(desk: str, client_for: Any, tenant_a: Any) -> None:
    serve(make_pupil("李小梅"))
    for role in ("officer", "organisation_manager", "volunteer", ""):
        assert client_for(tenant_a, role).post(f"{desk}missing/").status_code in {302, 403}
    assert Order.objects.count() == 0
