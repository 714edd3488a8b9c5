"""The public page of a body that offers projects, and its listing."""

from typing import Any

from django.test import Client

from tests.factories.people import make_organisation
from tests.factories.projects import make_organiser, make_project, make_shift
from tests.search.listed import listed, only, titles


def test_a_body_is_public_while_it_is_registered_or_has_a_project_on_the_site(tenant_a: Any, client_for: Any) -> None:
    registered = make_organisation(name="登记的社会组织", uscc="91350100M000100Y43")
    team = make_organisation(name="邻里互助队")
    assert titles("organisation") == ["登记的社会组织"]
    project = make_project(organiser=team)
    assert sorted(titles("organisation")) == ["登记的社会组织", "邻里互助队"]
    client = client_for(tenant_a)
    assert client.get(f"/organisations/{team.pk}/").status_code == 200
    project.unpublish()
    registered.is_active = False
    registered.save()
    assert titles("organisation") == []
    assert [client.get(f"/organisations/{body.pk}/").status_code for body in (team, registered)] == [404, 404]


def test_a_project_that_goes_to_another_body_takes_the_first_ones_page_along(tenant_a: Any) -> None:
    first, second = make_organisation(name="甲队"), make_organisation(name="乙队")
    project = make_project(organiser=first)
    project.organiser = second
    project.save()
    assert titles("organisation") == ["乙队"]


def test_it_says_who_the_body_is_and_not_who_works_there(tenant_a: Any) -> None:
    body = make_organiser(contact_name="端木联", address="住家路1号")
    make_project(organiser=body)
    listing = only("organisation")
    assert (listing.url, listing.title) == (f"/organisations/{body.pk}/", body.name)
    assert listing.shown == {"beside": ["志愿服务队伍", body.division.name], "facts": ["022-55550112"]}
    assert "端木" not in str(listed("organisation")[0].__dict__)
    assert "住家路" not in str(listed("organisation")[0].__dict__)


def page(client: Client, body: Any) -> str:
    return str(client.get(f"/organisations/{body.pk}/").text)


def test_its_page_lists_its_coming_shifts_and_no_others(tenant_a: Any, client_for: Any) -> None:
    body = make_organiser(contact_name="端木联", address="住家路1号")
    make_shift(make_project(title="陪老人下棋", organiser=body))
    make_shift(make_project(title="别人的项目", organiser=make_organisation()))
    text = page(client_for(tenant_a), body)
    assert "陪老人下棋" in text
    for hidden in ("别人的项目", "端木联", "住家路"):
        assert hidden not in text


def test_its_page_takes_as_many_queries_for_three_shifts_as_for_one(
    tenant_a: Any, client_for: Any, django_assert_num_queries: Any
) -> None:
    body = make_organiser()
    project, client = make_project(organiser=body), client_for(tenant_a)
    make_shift(project)
    page(client, body)
    with django_assert_num_queries(6) as first:
        page(client, body)
    make_shift(project)
    make_shift(make_project(organiser=body))
    with django_assert_num_queries(len(first)):
        page(client, body)


def test_a_projects_page_leads_to_it(tenant_a: Any, client_for: Any) -> None:
    body = make_organiser()
    project = make_project(organiser=body)
    text = client_for(tenant_a).get(project.get_absolute_url()).text
    assert f'<a href="/organisations/{body.pk}/">{body.name}</a>' in text
