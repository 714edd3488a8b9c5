"""What a save pays for its listing, in queries."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.projects.domain import publish_project
from portal.projects.models import Project
from search import listings
from tests.cast import person
from tests.factories.projects import make_project, make_shift


def test_a_project_is_written_in_as_many_queries_with_ten_shifts_as_with_one(
    tenant_a: Any, django_assert_num_queries: Any
) -> None:
    project = make_project()
    make_shift(project)
    Project.objects.filter(pk=project.pk).update(title="一")
    with django_assert_num_queries(6):  # site, locks, project, shifts, what is listed, the listing
        listings.write("project", [project.pk])
    for _ in range(9):
        make_shift(project)
    Project.objects.filter(pk=project.pk).update(title="二")
    with django_assert_num_queries(6):
        listings.write("project", [project.pk])
    with django_assert_num_queries(5):  # nothing to write
        listings.write("project", [project.pk])


def test_three_projects_are_read_in_as_many_queries_as_one(tenant_a: Any, django_assert_num_queries: Any) -> None:
    projects = [make_project(title=f"第{number}个") for number in range(3)]
    with django_assert_num_queries(5):
        listings.write("project", [project.pk for project in projects])


def test_a_saved_draft_pays_nothing(tenant_a: Any) -> None:
    project = make_project()
    project.title = "草稿里的名称"
    with CaptureQueriesContext(
        connection,
    ) as seen:
        project.save_revision(user=person("officer"))
    assert [query["sql"] for query in seen if "search_listing" in query["sql"] or "advisory" in query["sql"]] == []


def test_publishing_ten_shifts_asks_for_the_listing_once(tenant_a: Any) -> None:
    project = make_project()
    for day in range(1, 11):
        make_shift(project, starts_at=timezone.now() + timezone.timedelta(days=day))
    project = Project.objects.get(pk=project.pk)
    project.summary = "另一段简介。"
    project.save_revision(user=person("officer"))
    with CaptureQueriesContext(connection) as seen:
        publish_project(Project.objects.get(pk=project.pk), by=person("officer"))
    about = [query["sql"] for query in seen if "search_listing" in query["sql"]]
    assert len(about) == 3  # what is listed of the project, of its organiser; the project is written


def test_a_place_or_an_organiser_saved_as_it_was_asks_for_nothing_that_names_it(tenant_a: Any) -> None:
    project = make_project()
    for named in (project.division, project.organiser):
        with CaptureQueriesContext(connection) as seen:
            named.save()
        assert [query["sql"] for query in seen if "search_listing" in query["sql"] or "advisory" in query["sql"]] == []


def test_three_projects_follow_their_organisers_name_in_as_many_queries_as_one(
    tenant_a: Any, django_assert_num_queries: Any
) -> None:
    project = make_project()
    organiser = project.organiser
    organiser.name = "甲队"
    with CaptureQueriesContext(connection) as first:
        organiser.save()
    for number in range(2):
        make_project(title=f"第{number}个", organiser=organiser)
    organiser.name = "乙队"
    with django_assert_num_queries(len(first)):
        organiser.save()
