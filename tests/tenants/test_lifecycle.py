"""What operators do to a site, and what visitors see of it."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import schema_exists, tenant_context
from wagtail.models import Site

from tenants.domain import (
    add_domain,
    archive_tenant,
    create_tenant,
    delete_tenant,
    make_primary,
    pause_tenant,
    remove_domain,
    reopen_tenant,
)
from tenants.errors import BadDomain, DuplicateDomain, NameMismatch, WrongState
from tenants.models import Domain, Tenant


def test_a_paused_site_says_so_and_why_and_touches_no_table_of_its_own(
    tenant_a: Any, tenant_b: Any, client_for: Any, django_assert_num_queries: Any
) -> None:
    pause_tenant(tenant_a, reason="机房搬迁，10月30日恢复。")

    with django_assert_num_queries(2):  # search path, domain
        response = client_for(tenant_a).get("/")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "3600"
    assert "天津市和平区站点暂停服务" in response.content.decode()
    assert "机房搬迁，10月30日恢复。" in response.content.decode()
    assert client_for(tenant_a).get("/cms/").status_code == 503
    assert client_for(tenant_b).get("/accounts/sign-in/").status_code == 200


def test_the_reason_is_text_and_never_markup(tenant_a: Any, client_for: Any) -> None:
    pause_tenant(tenant_a, reason="<script>alert(1)</script>")
    assert "<script>alert" not in client_for(tenant_a).get("/").content.decode()


def test_an_archived_site_is_gone_and_comes_back_when_reopened(tenant_a: Any, client_for: Any) -> None:
    pause_tenant(tenant_a, reason="并入上级站点")
    archive_tenant(tenant_a)
    assert client_for(tenant_a).get("/").status_code == 410
    reopen_tenant(tenant_a)
    assert client_for(tenant_a).get("/accounts/sign-in/").status_code == 200


def test_only_the_moves_of_the_table_are_possible(tenant_a: Any) -> None:
    for verb in (archive_tenant, reopen_tenant):
        with pytest.raises(WrongState):
            verb(tenant_a)
    pause_tenant(tenant_a, reason="")
    with pytest.raises(WrongState):
        pause_tenant(tenant_a, reason="again")
    archive_tenant(tenant_a)
    with pytest.raises(WrongState):
        pause_tenant(tenant_a, reason="")


def test_the_platform_itself_is_never_closed(db: None) -> None:
    platform = Tenant.objects.get(schema_name="public")
    with pytest.raises(WrongState):
        pause_tenant(platform, reason="")
    with pytest.raises(WrongState):
        delete_tenant(platform, typed_name=platform.name)


def test_an_open_site_and_a_mistyped_name_keep_a_site_from_deletion(tenant_a: Any) -> None:
    with pytest.raises(WrongState):
        delete_tenant(tenant_a, typed_name=tenant_a.name)
    pause_tenant(tenant_a, reason="")
    with pytest.raises(NameMismatch) as refused:
        delete_tenant(tenant_a, typed_name="天津市")
    assert refused.value.field == "typed_name"
    assert schema_exists(tenant_a.schema_name)


@pytest.mark.usefixtures("db")
def test_deletion_takes_schema_files_tasks_and_rows_and_hands_the_children_up(
    django_capture_on_commit_callbacks: Any, tenant_b: Any
) -> None:
    region = create_tenant(division="120000", domain="tianjin.localhost")
    district = create_tenant(division="120103", domain="hexi.tianjin.localhost")
    for place in (region, tenant_b):
        with tenant_context(place):
            default_storage.save("images/kept.png", ContentFile(b"x"))
            DBTaskResult.objects.create(
                args_kwargs={"args": [], "kwargs": {"_schema": place.schema_name}},
                task_path="x.y",
                backend_name="default",
                run_after="2026-01-01T00:00Z",
            )
    pause_tenant(region, reason="")

    with django_capture_on_commit_callbacks(execute=True):
        delete_tenant(region, typed_name="天津市")

    district.refresh_from_db()
    assert district.parent is None
    assert not schema_exists("t_120000")
    assert not Domain.objects.filter(domain="tianjin.localhost").exists()
    queued = {row.args_kwargs["kwargs"]["_schema"] for row in DBTaskResult.objects.all()}
    assert "t_120000" not in queued
    assert tenant_b.schema_name in queued
    with tenant_context(region):
        assert not default_storage.exists("images/kept.png")
    with tenant_context(tenant_b):
        assert default_storage.exists("images/kept.png")
        default_storage.delete("images/kept.png")


def test_a_site_answers_under_each_of_its_names_and_links_by_the_primary_one(tenant_a: Any) -> None:
    add_domain(tenant_a, domain="Heping.Example.CN.")
    assert Client(SERVER_NAME="heping.localhost").get("/accounts/sign-in/").status_code == 404
    new = add_domain(tenant_a, domain="heping.localhost", primary=True)

    assert Client(SERVER_NAME="heping.localhost").get("/accounts/sign-in/").status_code == 200
    with tenant_context(tenant_a):
        assert Site.objects.get(is_default_site=True).hostname == "heping.localhost"
    make_primary(tenant_a, domain=tenant_a.host)
    remove_domain(tenant_a, domain="heping.localhost")
    assert not Domain.objects.filter(pk=new.pk).exists()
    with tenant_context(tenant_a):
        assert Site.objects.get(is_default_site=True).hostname == tenant_a.host


def test_bad_taken_and_last_domains_are_refused_with_a_reason(tenant_a: Any, tenant_b: Any) -> None:
    connection.set_schema_to_public()
    with pytest.raises(DuplicateDomain, match="南宁市"):
        add_domain(tenant_a, domain=tenant_b.host)
    for bad in ("", "http://a.cn", "a b.cn", "a.cn:8000", "和平.中国", "-a.cn", "a" * 254):
        with pytest.raises(BadDomain):
            add_domain(tenant_a, domain=bad)
    with pytest.raises(BadDomain, match="主域名"):
        remove_domain(tenant_a, domain=tenant_a.host)
    with pytest.raises(BadDomain, match="没有域名"):
        remove_domain(tenant_a, domain=tenant_b.host)


@pytest.mark.usefixtures("db")
def test_hosts_are_found_whatever_their_case_and_wrong_ones_get_a_page_in_chinese() -> None:
    assert Client(SERVER_NAME="NANNING.localhost").get("/accounts/sign-in/").status_code == 200
    unknown = Client(SERVER_NAME="nobody.localhost").get("/")
    foreign = Client(SERVER_NAME="evil.example.org").get("/")
    assert (unknown.status_code, foreign.status_code) == (404, 400)
    assert "没有这个站点" in unknown.content.decode()
    assert "没有这个站点" in foreign.content.decode()
    assert "evil.example.org" not in foreign.content.decode()
