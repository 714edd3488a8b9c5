"""Reads whose SQL is kept: the same answers as the queryset, for every tenant its own."""

import datetime as dt
from typing import Any

import pytest
from django.db.models import CharField, DateTimeField, F, Value
from django.utils import timezone
from django_tenants.utils import tenant_context

from portal.home.models import HomePage
from portal.projects.models import Project, Shift
from tenants.reads import Given, Read
from tests.factories.projects import make_project, make_shift


def test_rows_and_values_told_at_the_call(tenant_a: Any) -> None:
    first, second = make_project(title="甲"), make_project(title="乙")
    titles = Read(
        lambda: Project.objects.filter(number=Given("number", CharField())).order_by("pk").values_list("title", "pk")
    )

    assert titles(number=first.number) == [("甲", first.pk)]
    assert titles(number=second.number) == [("乙", second.pk)]
    assert titles(number="' OR 1=1 --") == []


def test_each_tenant_is_asked_by_the_same_text(tenant_a: Any, tenant_b: Any) -> None:
    titles = Read(lambda: Project.objects.order_by("pk").values_list("title"))
    make_project(title="和平的")
    with tenant_context(tenant_b):
        make_project(title="南宁的")

        assert titles() == [("南宁的",)]
    assert titles() == [("和平的",)]


def test_what_was_saved_in_between_is_seen(tenant_a: Any) -> None:
    project = make_project(title="旧名")
    titles = Read(lambda: Project.objects.values_list("title"))
    titles()
    Project.objects.filter(pk=project.pk).update(title="新名")

    assert titles() == [("新名",)]


def test_instances_come_with_relations_annotations_and_deferred_fields(
    tenant_a: Any, django_assert_num_queries: Any
) -> None:
    shift = make_shift(make_project(title="同去"), places=7, taken=2)
    read = Read(
        lambda: (
            Shift.objects.filter(starts_at__gt=Given("now", DateTimeField()))
            .select_related("project__brand")
            .only("places", "taken", "project__title", "project__brand__name")
            .annotate(room=F("places") - F("taken"), mark=Value("x"))
        )
    )
    before = timezone.now() - dt.timedelta(days=400)
    with django_assert_num_queries(1):
        found = read(now=before)[0]
        seen = (found.pk, found.room, found.mark, found.project.title, found.project.brand)
    assert seen == (shift.pk, 5, "x", "同去", shift.project.brand)
    assert "starts_at" in found.get_deferred_fields()
    assert not found._state.adding


def test_values_that_fields_convert_are_converted(tenant_a: Any) -> None:
    page = Read(lambda: HomePage.objects.all())()[0]
    kept = HomePage.objects.get()

    assert [section.block_type for section in page.body] == [section.block_type for section in kept.body]
    assert page == kept
    assert page.title == kept.title


def test_a_value_too_many_or_too_few_is_an_error(tenant_a: Any) -> None:
    read = Read(lambda: Project.objects.filter(number=Given("number", CharField())).values_list("pk"))

    with pytest.raises(TypeError, match="number"):
        read()
    with pytest.raises(TypeError, match="other"):
        read(number="1", other="2")
