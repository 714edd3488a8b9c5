"""Uploaded files are for the visitors of their own site, and only those meant to be seen."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django_tenants.utils import tenant_context

NAMES = ["images/logo.png", "original_images/logo.png", "documents/plan.pdf", "images/page.html"]


@pytest.fixture
def files(tenant_a: Any, tenant_b: Any, tmp_path: Any, settings: Any) -> None:
    """The same names at both sites, each with its site's schema as content; one more at the second."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    (tmp_path / "secret.png").write_bytes(b"secret")
    for tenant in (tenant_a, tenant_b):
        with tenant_context(tenant):
            for name in NAMES:
                default_storage.save(name, ContentFile(tenant.schema_name.encode()))
    with tenant_context(tenant_b):
        default_storage.save("images/only-b.png", ContentFile(b"only b"))


def _content(response: Any) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.usefixtures("files")
def test_each_host_serves_its_own_file_of_a_name(tenant_a: Any, tenant_b: Any, client_for: Any) -> None:
    for tenant in (tenant_a, tenant_b):
        response = client_for(tenant).get("/media/images/logo.png")
        assert _content(response) == tenant.schema_name.encode()
        assert response.headers["Content-Type"] == "image/png"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "public, max-age=86400"
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    "path",
    [
        "images/only-b.png",
        "t_450100/images/only-b.png",
        "../t_450100/images/only-b.png",
        "images/../../t_450100/images/only-b.png",
        "images/%2e%2e/%2e%2e/t_450100/images/only-b.png",
        "images//only-b.png",
        "images/..\\..\\t_450100\\images\\only-b.png",
        "images/\x00.png",
        "images/../../../secret.png",
        "images/",
        "images",
        "",
        "documents/plan.pdf",
        "images/" + "a" * 300,
    ],
)
def test_other_sites_files_folders_documents_and_climbing_paths_are_not_found(
    path: str, tenant_a: Any, client_for: Any
) -> None:
    assert client_for(tenant_a, "officer").get(f"/media/{path}").status_code == 404


@pytest.mark.usefixtures("files")
def test_originals_are_for_those_who_edit(tenant_a: Any, client_for: Any) -> None:
    from tests.cast import person

    user = person("officer")
    user.is_superuser = True
    user.save()
    address = "/media/original_images/logo.png"
    assert client_for(tenant_a).get(address).status_code == 404
    assert client_for(tenant_a, "newcomer").get(address).status_code == 404
    assert client_for(tenant_a, "volunteer").get(address).status_code == 404
    editor = client_for(tenant_a, "officer").get(address)
    assert _content(editor) == b"t_120101"
    assert editor.headers["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("files")
def test_what_is_no_picture_is_downloaded_and_never_shown(tenant_a: Any, client_for: Any) -> None:
    response = client_for(tenant_a).get("/media/images/page.html")
    assert _content(response) == b"t_120101"
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"] == "attachment"


@pytest.mark.usefixtures("files")
def test_a_known_picture_is_not_sent_again_and_nobody_posts_to_one(tenant_a: Any, client_for: Any) -> None:
    client = client_for(tenant_a)
    first = client.get("/media/images/logo.png")
    _content(first)
    seen = first.headers["Last-Modified"]
    assert client.get("/media/images/logo.png", headers={"If-Modified-Since": seen}).status_code == 304
    assert client.post("/media/images/logo.png").status_code == 405


@pytest.mark.usefixtures("files")
def test_nginx_sends_the_file_where_it_is_told_to(tenant_a: Any, client_for: Any, settings: Any) -> None:
    settings.MEDIA_ACCEL = "/protected-media/"
    response = client_for(tenant_a).get("/media/images/logo.png")
    assert response.headers["X-Accel-Redirect"] == "/protected-media/t_120101/images/logo.png"
    assert response.content == b""
    assert client_for(tenant_a).get("/media/images/only-b.png").status_code == 404


@pytest.mark.usefixtures("files")
def test_the_platform_host_serves_no_media(platform_client: Any) -> None:
    for path in ("images/logo.png", "t_120101/images/logo.png"):
        assert platform_client.get(f"/media/{path}").status_code == 404
