"""The ways in which one tenant could see another that stock settings leave open, each tried."""

import gc
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings as live
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.files.images import ImageFile
from django.db import connection, transaction
from django.http import HttpResponse
from django_tasks_db.models import DBTaskResult
from django_tenants.utils import tenant_context
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex, Site

from portal.accounts.models import User
from tenants.models import Tenant
from tenants.tasks import task
from tests.cast import person
from tests.tasks import run_queued

SEEN: list[Any] = []


def _superuser(username: str = "officer") -> None:
    user = person(username)
    user.is_superuser = True
    user.save()


def _home() -> Any:
    return Site.objects.get(is_default_site=True).root_page.specific


# 1. Wagtail renders previews through all middleware, as a request to the page's Site.hostname.
@pytest.mark.parametrize("typed", ["nanning.localhost", "localhost", "nobody.localhost"])
def test_a_preview_stays_in_its_tenant_whatever_host_an_editor_typed(
    typed: str, tenant_a: Any, tenant_b: Any, client_for: Any, monkeypatch: Any
) -> None:
    _superuser()
    home = _home()
    Site.objects.update(hostname=typed)
    Site.clear_site_root_paths_cache()

    def serve(self: Any, request: Any, *arguments: Any, **options: Any) -> HttpResponse:
        return HttpResponse(f"{connection.schema_name} {request.tenant.schema_name} {_path()}")

    monkeypatch.setattr(type(home), "serve", serve)
    monkeypatch.setattr(type(home), "serve_preview", lambda self, request, mode: serve(self, request))
    response = client_for(tenant_a, "officer").get(f"/cms/pages/{home.pk}/view_draft/")

    assert response.content.decode() == "t_120101 t_120101 t_120101, public"
    assert connection.schema_name == tenant_a.schema_name


# 2. Content types are cached once per process: their ids must not depend on the tenant.
def test_content_types_have_one_number_in_all_tenants(tenant_a: Any, tenant_b: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname FROM pg_tables WHERE tablename = 'django_content_type'")
        assert cursor.fetchall() == [("public",)]
    numbers = []
    for tenant in (tenant_a, tenant_b):
        with tenant_context(tenant):
            ContentType.objects.clear_cache()
            numbers.append({row.model: row.pk for row in ContentType.objects.all()})
            assert _home().content_type_id == numbers[-1]["homepage"]
    assert numbers[0] == numbers[1]


# 3. Wagtail keeps the root paths of sites under one fixed key.
def test_cached_root_paths_are_the_tenants_own(tenant_a: Any, tenant_b: Any) -> None:
    cache.clear()
    found = {}
    for tenant in (tenant_a, tenant_b, tenant_a):
        with tenant_context(tenant):
            Site.get_site_root_paths()
            assert Site.get_site_root_paths()[0].root_url.startswith(f"http://{tenant.host}")
            assert _home().full_url.startswith(f"http://{tenant.host}")
            cache.set("mine", tenant.host)
            found[tenant.host] = tenant
    for tenant in found.values():
        with tenant_context(tenant):
            assert cache.get("mine") == tenant.host


# 4. Two files of one name are two files, and so are what is made from them.
def _picture(colour: str) -> ImageFile:
    content = BytesIO()
    Image.new("RGB", (60, 40), colour).save(content, "PNG")
    content.seek(0)
    return ImageFile(content, name="logo.png")


# Wagtail leaves the spooled file of a rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_pictures_of_one_name_and_number_keep_their_own_renditions(
    tenant_a: Any, tenant_b: Any, client_for: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    addresses = set()
    for tenant, colour in ((tenant_a, "red"), (tenant_b, "blue")):
        with tenant_context(tenant):
            get_image_model().objects.all().delete()
            made = get_image_model().objects.create(pk=4711, title="logo", file=_picture(colour))
            addresses.add(made.get_rendition("fill-10x10|format-png").url)
    [address] = addresses
    for tenant, shade in ((tenant_a, (255, 0, 0)), (tenant_b, (0, 0, 255))):
        content = BytesIO(b"".join(client_for(tenant).get(address).streaming_content))
        assert Image.open(content).convert("RGB").getpixel((5, 5)) == shade
    gc.collect()


# 5. A task runs where it was queued, or not at all.
@task(retries=(60,))
def note_place(fails: bool = False) -> str:
    SEEN.append((connection.schema_name, User.objects.get(username="officer").name))
    if fails:
        raise ValueError("not today")
    return str(connection.schema_name)


def test_a_task_runs_in_the_tenant_that_queued_it(tenant_a: Any, tenant_b: Any) -> None:
    SEEN.clear()
    run_queued(also_later=True)
    for tenant in (tenant_b, tenant_a):
        with tenant_context(tenant):
            User.objects.filter(username="officer").update(name=f"{tenant.short_name}的主管")
            note_place.enqueue()
    results = run_queued()
    assert SEEN == [("t_450100", "南宁市的主管"), ("t_120101", "和平区的主管")]
    assert [row.return_value for row in results] == ["t_450100", "t_120101"]
    assert connection.schema_name == tenant_a.schema_name


def test_a_change_that_is_rolled_back_queues_nothing(tenant_a: Any) -> None:
    before = DBTaskResult.objects.count()

    def change() -> None:
        with transaction.atomic():
            note_place.enqueue()
            raise ValueError("changed my mind")

    with pytest.raises(ValueError, match="mind"):
        change()
    assert DBTaskResult.objects.count() == before


def test_a_task_that_fails_is_tried_again_in_its_tenant_and_then_stays_visible(tenant_a: Any) -> None:
    run_queued(also_later=True)
    SEEN.clear()
    note_place.enqueue(fails=True)
    results = run_queued(also_later=True)
    assert [row.status for row in results] == ["FAILED", "FAILED"]
    assert [row.args_kwargs["kwargs"].get("_attempt", 0) for row in results] == [0, 1]
    assert [place for place, _name in SEEN] == ["t_120101", "t_120101"]


def test_a_task_of_a_deleted_tenant_fails_and_touches_nobody(tenant_a: Any) -> None:
    run_queued(also_later=True)
    SEEN.clear()
    note_place.enqueue()
    Tenant.objects.filter(pk=tenant_a.pk).update(schema_name="t_gone")
    [result] = run_queued()
    assert (result.status, SEEN) == ("FAILED", [])
    assert "DoesNotExist" in result.exception_class_path


def test_wagtails_own_tasks_run_in_their_tenant_too(tenant_a: Any, tenant_b: Any) -> None:
    run_queued(also_later=True)
    with tenant_context(tenant_b):
        page = _home().add_child(instance=Page(title="乙的页面", slug="of-b"))
    assert {row.status for row in run_queued()} == {"SUCCESSFUL"}
    with tenant_context(tenant_b):
        assert [hit.title for hit in Page.objects.search("乙的页面", operator="and")] in (["乙的页面"], [])
        assert page.get_indexed_instance() is not None
    assert ReferenceIndex.objects.filter(object_id=str(page.pk)).count() == 0


# 6. Behind PgBouncer: see test_checks. 7. Threads and coroutines.
def test_the_shared_list_of_left_tenants_cannot_be_used(tenant_a: Any) -> None:
    with pytest.raises(TypeError, match="tenant_context"), tenant_a:
        pass


def test_the_search_path_is_set_again_after_each_kind_of_rollback(tenant_a: Any, tenant_b: Any) -> None:
    """Because it is sent only on a change of tenant (TENANT_LIMIT_SET_CALLS)."""
    assert live.TENANT_LIMIT_SET_CALLS
    for undo in (transaction.savepoint_rollback,):
        point = transaction.savepoint()
        connection.set_tenant(tenant_b)
        assert User.objects.exists()
        undo(point)
        assert _path() == "t_450100, public"
        connection.set_tenant(tenant_a)
        assert _path() == "t_120101, public"


def _path() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        return str(cursor.fetchone()[0]).replace('"', "")
