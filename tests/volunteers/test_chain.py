"""What a project's page tells of the service done, and where staff go on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.volunteers.chain import staff_links, steps
from portal.volunteers.enums import RecordState
from tests.cast import person
from tests.factories.projects import make_project
from tests.factories.volunteers import make_record, past_shift


@pytest.mark.parametrize(
    ("confirmed", "text"),
    [
        (0, "还没有。服务结束、点名确认后写在这里"),
        (4, "已完成1班，少于5人次"),
        (5, "已完成1班，5人次，10.0小时（已确认）"),
    ],
)
def test_only_confirmed_service_is_told_and_few_people_are_not_counted_out(
    tenant_a: Any, confirmed: int, text: str
) -> None:
    shift = past_shift(make_project())
    make_record(shift=shift)
    make_record(state=RecordState.CONFIRMED)
    for _ in range(confirmed):
        make_record(shift=shift, state=RecordState.CONFIRMED)
    assert [step[1] for step in steps(shift.project)] == [text]
    shift.project.is_paid = True
    assert [step[1] for step in steps(shift.project)] == ["有报酬，不计志愿服务时长"]


def test_staff_go_from_a_project_to_its_sign_ups_and_records(tenant_a: Any, client_for: Callable[..., Client]) -> None:
    record = make_record()
    other = make_record(shift=past_shift(make_project()))
    assert other.project.number != record.project.number
    client = client_for(tenant_a, "officer")
    found = [client.get(url) for _, url in staff_links(record.project, person("officer"))]
    assert [response.status_code for response in found] == [200, 200, 200]
    assert list(found[1].context["object_list"]) == [record]
    assert list(staff_links(record.project, person("publicist"))) == []
