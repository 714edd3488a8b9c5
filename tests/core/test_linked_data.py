"""Detail pages in words of schema.org: what each kind says, that nothing breaks out, that nothing is said in drafts."""

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.core.linked_data import linked_data, without_empty
from portal.home.models import PolicyIndexPage, PolicyPage
from tests.factories.directory import make_entry
from tests.factories.projects import make_project, make_shift
from tests.factories.stories import make_story
from tests.factories.ventures import make_call
from tests.home.test_pages import article


def said(client: Any, address: str) -> dict[str, Any]:
    page = client.get(address).content.decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    data: dict[str, Any] = json.loads(found)
    return data


def test_a_project_is_an_event_with_its_shifts(tenant_a: Any, client_for: Any) -> None:
    project = make_project(title="给独居老人送餐", venue="甲社区服务站", address="示例路1号")
    start = timezone.localtime() + timedelta(days=3)
    make_shift(project, starts_at=start, ends_at=start + timedelta(hours=2), places=8)
    make_shift(project, starts_at=start + timedelta(days=7), ends_at=start + timedelta(days=7, hours=2))
    data = said(client_for(tenant_a), project.get_absolute_url())
    assert (data["@type"], data["name"], data["identifier"]) == ("Event", "给独居老人送餐", project.number)
    assert data["url"] == f"http://heping.tianjin.localhost{project.get_absolute_url()}"
    assert data["startDate"] == start.isoformat(timespec="seconds")
    assert (data["maximumAttendeeCapacity"], len(data["eventSchedule"])) == (8, 2)
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert (data["location"]["name"], data["location"]["address"]["streetAddress"]) == ("甲社区服务站", "示例路1号")
    assert data["organizer"] == {"@type": "Organization", "name": project.organiser.name}


def test_a_call_an_entry_a_story_an_article_and_a_policy_say_what_they_are(tenant_a: Any, client_for: Any) -> None:
    client = client_for(tenant_a)
    call, entry, story = make_call(), make_entry(kind="street", phone="022-55550201"), make_story()
    policy = PolicyPage(
        title="实施意见",
        slug="p1",
        document_number="津民发〔2023〕30号",
        issued_on=date(2023, 12, 6),
        issuers="甲局 乙局",
    )
    PolicyIndexPage.objects.get().add_child(instance=policy)
    told = [
        said(client, address)
        for address in (
            call.get_absolute_url(),
            entry.get_absolute_url(),
            story.address,
            article().address,
            policy.address,
        )
    ]
    assert [data["@type"] for data in told] == ["Event", "GovernmentOffice", "Article", "NewsArticle", "Legislation"]
    assert told[0]["organizer"]["@type"] == "GovernmentOrganization"
    assert told[1]["telephone"] == "022-55550201"
    assert told[4]["legislationIdentifier"] == "津民发〔2023〕30号"
    assert [body["name"] for body in told[4]["legislationPassedBy"]] == ["甲局", "乙局"]


def test_nothing_breaks_out_of_the_element(tenant_a: Any, client_for: Any) -> None:
    title = "</script><script>alert(1)</script><!-- & \u2028"
    project = make_project(title=title)
    page = client_for(tenant_a).get(project.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "\\u003C/script\\u003E" in page
    assert said(client_for(tenant_a), project.get_absolute_url())["name"] == title


def test_a_thing_that_nobody_describes_says_nothing() -> None:
    assert linked_data(object(), root="") == ""


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ({"a": "", "b": None, "c": 0, "d": False}, {"c": 0, "d": False}),
        ({"@type": "Place", "name": ""}, {}),
        ({"x": [{"@type": "Organization"}, {"@type": "Organization", "name": "甲"}]},
         {"x": [{"@type": "Organization", "name": "甲"}]}),
    ],
)  # fmt: skip
def test_what_says_nothing_is_left_out(value: Any, left: Any) -> None:
    assert without_empty(value) == left


def test_a_private_field_is_not_in_it(tenant_a: Any, client_for: Any) -> None:
    project = make_project()
    text = json.dumps(said(client_for(tenant_a), project.get_absolute_url()), ensure_ascii=False)
    assert project.in_charge.name not in text
