"""Rounds in the admin, and what an organisation's people find at their desk."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context

from certificates.models import Certificate, LogEntry
from portal.honours.domain import approve_round, propose_round
from portal.honours.models import Entry, Round
from portal.organisations.models import Organisation
from tests.cast import ROLES, TEAM, person
from tests.confirming import confirmed
from tests.counting import own_queries
from tests.factories.certificates import make_credential_key
from tests.factories.honours import make_round, second_officer, serve
from tests.factories.people import make_membership, make_user
from tests.factories.projects import make_project
from tests.factories.volunteers import make_volunteer
from tests.queries import queries_of
from tests.tasks import run_queued

ClientFor = Callable[..., Client]
LIST = "/cms/snippets/honours/round/"
NEW = "/cms/honours/rounds/new/"


@pytest.fixture(autouse=True)
def private_folder(settings: Any, tmp_path: Path) -> None:
    settings.CERTIFICATE_ROOT = str(tmp_path)


def page_of(award: Round) -> str:
    return f"/cms/honours/rounds/{award.pk}/"


def team() -> Organisation:
    return Organisation.objects.get(name=TEAM)


def group_round() -> Round:
    """The cast's team has two hours of one volunteer."""
    serve(make_volunteer(name="李小梅"), project=make_project(organiser=team()))
    return make_round(occasion="group", title="2026年度")


def issued_to_team() -> Certificate:
    approve_round(propose_round(group_round(), by=person("officer")), by=second_officer())
    run_queued()
    return Certificate.objects.get()


def conditions(**over: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "occasion": "campaign",
        "title": "2026年敬老月",
        "start": today - timedelta(days=30),
        "end": today,
        "least_hours": "2",
        "least_days": "1",
        **over,
    }


@pytest.mark.parametrize("role", ["", "newcomer", *ROLES])
def test_who_sees_rounds(tenant_a: Any, client_for: ClientFor, role: str) -> None:
    client, award = client_for(tenant_a, role), make_round()
    urls = (LIST, NEW, page_of(award), f"{page_of(award)}edit/", f"{page_of(award)}progress/")
    seen = [client.get(url).status_code for url in urls]
    assert (set(seen) == {200}) is (role == "officer")
    assert 200 not in seen or role == "officer"


def test_a_round_from_its_conditions_to_its_certificates(tenant_a: Any, client_for: ClientFor) -> None:
    officer, second = client_for(tenant_a, "officer"), client_for(tenant_a, second_officer().username)
    for number in range(3):
        serve(make_volunteer(name=f"张小{'一二三'[number]}"))
    serve(make_volunteer(name="王太少"), state="submitted")

    assert f'href="{NEW}"' in officer.get(LIST).content.decode()
    assert 'value="20"' in officer.get(f"{NEW}?occasion=student_week").content.decode()
    assert officer.post(NEW, conditions()).status_code == 302
    award = Round.objects.get()
    assert award.least_minutes == 120
    out = officer.get(f"{page_of(award)}?show=out").content.decode()
    assert ("王**" in out, "还有记录没确认或有异议" in out, "王太少" in out) == (True, True, False)

    shown = [str(pk) for pk in Entry.objects.filter(state="chosen").values_list("pk", flat=True)]
    officer.post(page_of(award), {"act": "list", "was": shown, "ticked": shown[:2]})
    assert Entry.objects.filter(state="chosen").count() == 2
    shown = [str(pk) for pk in Entry.objects.filter(state="chosen").values_list("pk", flat=True)]
    on_the_list = {"act": "propose", "was": shown, "ticked": shown[:1]}
    asked = officer.post(page_of(award), on_the_list)
    # Whoever goes on without having saved the ticks sees them taken along.
    assert ("提请颁发1张证书" in asked.text, "去掉1个" in asked.text) == (True, True)
    on_the_list |= {"was": shown[:1], "ticked": shown}
    assert confirmed(officer, page_of(award), on_the_list).status_code == 302
    refused: Any = officer.post(page_of(award), on_the_list, follow=True)
    assert "这一批已经提交" in refused.text
    assert confirmed(officer, page_of(award), {"act": "approve"}).status_code == 422
    assert confirmed(second, page_of(award), {"act": "approve"}).status_code == 302
    swapped = f"{page_of(award)}progress/?show=out"
    begun = second.get(f"{page_of(award)}?show=out").content.decode()
    assert [word in begun for word in (f'hx-get="{swapped}"', "正在制作证书", "接着颁发")] == [True] * 3
    run_queued()
    done = second.get(swapped.partition("?")[0]).content.decode()
    numbers = Certificate.objects.values_list("number", flat=True)
    told = ["共2张，已取编号2张，已做好2张", "<td>已颁发</td>", *numbers]
    # State, buttons and list are of one moment.
    assert ([word in done for word in told], "hx-get" in done, "接着颁发" in done) == ([True] * 4, False, False)
    assert "经办人没有选" in second.get(swapped).content.decode()


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"title": ""}, "还差活动名称"),
        ({"title": "长" * 61}, "活动名称不超过60字"),
        ({"title": "敬老🎉行动"}, "换一个能印的字"),
        ({"start": ""}, "还差日期"),
        ({"start": "昨天"}, "日期写成"),
        ({"end": "2020-01-01"}, "结束日期早于开始日期"),
        ({"end": "2999-01-01"}, "结束日期还没到"),
        ({"least_hours": ""}, "还差小时数"),
        ({"least_hours": "两"}, "小时数写成数字"),
        ({"least_hours": "NaN"}, "小时数写成数字"),
        ({"least_hours": "0"}, "至少要1小时"),
        ({"least_hours": "2.55"}, "最多一位小数"),
        ({"least_hours": "99999"}, "小时数太大"),
        ({"least_hours": "9999999"}, "小时数太大"),
        ({"least_days": ""}, "还差天数"),
        ({"least_days": "1.5"}, "天数写成整数"),
        ({"least_days": "0"}, "至少要1天"),
        ({"least_days": "1000"}, "天数太多"),
        ({"occasion": ""}, "还差颁发事由"),
        ({"occasion": "birthday"}, "没有这种颁发事由"),
        ({"projects": ["999999"]}, "项目已经不在了"),
        ({"projects": ["x"]}, "项目已经不在了"),
    ],
)
def test_conditions_that_make_no_sense_are_said(
    tenant_a: Any, client_for: ClientFor, over: dict[str, Any], said: str
) -> None:
    answer: Any = client_for(tenant_a, "officer").post(NEW, conditions(**over))
    (errors,) = answer.context["form"].errors.values()
    assert (answer.status_code, [said in error for error in errors]) == (422, [True])
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("typed", "filled"),
    [
        ({}, ("20", "5")),
        ({"least_hours": "8.0"}, ("20", "5")),
        ({"least_hours": "", "least_days": ""}, ("20", "5")),
        ({"least_hours": "12"}, ("12", "5")),
        ({"least_hours": "12", "least_days": "3"}, ("12", "3")),
        ({"least_hours": "许多"}, ("许多", "5")),
    ],
)
def test_another_occasion_brings_its_defaults_and_keeps_what_was_typed(
    tenant_a: Any, client_for: ClientFor, typed: dict[str, str], filled: tuple[str, str]
) -> None:
    project = make_project()
    given = {"filled_for": "campaign", "least_hours": "8", "least_days": "1", "projects": [project.pk], **typed}
    form = conditions(occasion="student_week", title="想好的名称", act="defaults", **given)
    page: Any = client_for(tenant_a, "officer").post(NEW, form)
    shown = {field.name: field.value() for field in page.context["form"]}
    values = ("occasion", "filled_for", "title", "projects")
    assert [shown[name] for name in values] == ["student_week", "student_week", "想好的名称", [str(project.pk)]]
    assert (str(shown["least_hours"]), str(shown["least_days"])) == filled
    assert (page.status_code, page.context["form"].errors, Round.objects.count()) == (200, {}, 0)


def test_defaults_of_another_occasion_are_not_taken_unseen(tenant_a: Any, client_for: ClientFor) -> None:
    officer = client_for(tenant_a, "officer")
    form = conditions(occasion="student_week", filled_for="campaign", least_hours="8", act="save")
    page = officer.post(NEW, form)
    assert ("条件换成了它默认的" in page.content.decode(), Round.objects.count()) == (True, 0)
    officer.post(NEW, conditions(occasion="student_week", filled_for="campaign", least_hours="9", least_days="2"))
    award = Round.objects.get()
    assert (award.least_minutes, award.least_days) == (540, 2)
    edited = officer.get(f"{page_of(award)}edit/").content.decode()
    assert ('name="filled_for" value="student_week"' in edited, 'value="9.0"' in edited) == (True, True)


def test_other_conditions_make_the_list_anew(tenant_a: Any, client_for: ClientFor) -> None:
    officer, award = client_for(tenant_a, "officer"), group_round()
    url = f"{page_of(award)}edit/"
    assert 'value="2.0"' in officer.get(url).content.decode()
    officer.post(url, conditions(occasion="group", least_hours="50"))
    assert Entry.objects.get().why == "few_hours"
    for act in ("list", "drop"):
        assert confirmed(officer, page_of(award), {"act": act}).status_code == 302
    assert officer.get(url).status_code == 302


def test_the_page_costs_the_same_for_one_and_for_three(tenant_a: Any, client_for: ClientFor) -> None:
    client, award = client_for(tenant_a, "officer"), group_round()
    people = make_round()
    cost = partial(queries_of, partial(client.get, page_of(people)))
    one = cost()
    for name in ("二", "三"):
        serve(make_volunteer(name=name))
    client.post(page_of(people), {"act": "list"})
    assert (people.entries.count(), cost(), award.entries.count()) == (3, one, 1)


def test_the_people_of_an_organisation_find_and_download_its_certificate(
    tenant_a: Any, tenant_b: Any, client_for: ClientFor
) -> None:
    certificate = issued_to_team()
    url = f"/desk/organisations/{team().pk}/certificates/"
    member = make_user()
    make_membership(organisation=team(), user=member)
    for who in ("organisation_manager", member.username, "officer"):
        client = client_for(tenant_a, who)
        page = client.get(url).content.decode()
        assert (certificate.number in page, f"“{Round.objects.get().title}” " in page, "（组织或团队）" in page) == (
            True,
        ) * 3
        answer = client.get(f"{url}{certificate.number}/pdf/")
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    logged = LogEntry.objects.filter(action="downloaded").order_by("sequence").values_list("actor", "account")
    assert list(logged) == [("holder", None), ("holder", None), ("staff", person("officer").pk)]
    assert f'href="{url}"' in client_for(tenant_a, member.username).get("/desk/organisations/").content.decode()
    for who in ("newcomer", "volunteer", "school_manager", "publicist"):
        stranger = client_for(tenant_a, who)
        assert stranger.get(url).status_code == 403
        assert stranger.get(f"{url}{certificate.number}/pdf/").status_code == 403
    assert client_for(tenant_a).get(url).status_code == 302
    with tenant_context(tenant_b):
        theirs = f"/desk/organisations/{team().pk}/certificates/{certificate.number}/pdf/"
        assert client_for(tenant_b, "organisation_manager").get(theirs).status_code == 404


def test_officers_follow_the_links_of_the_admin_and_members_find_the_credential(
    tenant_a: Any, client_for: ClientFor
) -> None:
    make_credential_key()
    certificate = issued_to_team()
    url = f"/desk/organisations/{team().pk}/certificates/"
    pdf, credential = (f"{url}{certificate.number}/{form}/" for form in ("pdf", "credential"))
    officer, manager = client_for(tenant_a, "officer"), client_for(tenant_a, "organisation_manager")
    page = officer.get(f"/cms/certificates/{certificate.pk}/").content.decode()
    assert (f'href="{pdf}"' in page, f'href="{credential}"' in page) == (True, True)
    assert f'href="{credential}"' in manager.get(url).content.decode()
    for client in (officer, manager):
        assert certificate.number in client.get(credential).content.decode()
    logged = LogEntry.objects.filter(action="downloaded").order_by("sequence")
    assert [(line.actor, line.detail["form"]) for line in logged] == [("staff", "credential"), ("holder", "credential")]
    assert officer.get(pdf).status_code == 200
    for who in ("newcomer", "volunteer", "school_manager", "publicist"):
        assert client_for(tenant_a, who).get(credential).status_code == 403


def test_anybody_who_checks_it_sees_the_full_name_of_the_organisation(tenant_a: Any, client_for: ClientFor) -> None:
    certificate = issued_to_team()
    page = client_for(tenant_a).get(f"/certificates/check/{certificate.number}/").content.decode()
    assert ("组织名称" in page, TEAM in page, "真的，有效" in page) == (True, True, True)


def test_the_organisations_list_costs_the_same_for_one_and_for_three(tenant_a: Any, client_for: ClientFor) -> None:
    client, url = client_for(tenant_a, "organisation_manager"), f"/desk/organisations/{team().pk}/certificates/"
    first = issued_to_team()
    one = own_queries(client, url)
    for days in (20, 10):  # another period is another certificate
        award = make_round(occasion="group", start=timezone.localdate() - timedelta(days=days))
        approve_round(propose_round(award, by=person("officer")), by=second_officer())
    run_queued()
    assert Certificate.objects.filter(holder_key=first.holder_key).count() == 3
    assert (own_queries(client, url), one) == (7, 7)


def test_another_sites_round_is_not_found(tenant_a: Any, tenant_b: Any, client_for: ClientFor) -> None:
    award = group_round()
    with tenant_context(tenant_b):
        assert client_for(tenant_b, "officer").get(page_of(award)).status_code == 404
