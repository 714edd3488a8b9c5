"""An editor who chooses colours that cannot be read is told which pair, by how much, and saves nothing."""

from collections.abc import Callable
from typing import Any

from django.forms.models import model_to_dict
from django.test import Client

from portal.core import theme
from portal.core.models import SiteIdentity


def test_the_admin_refuses_a_pale_accent_and_keeps_the_old_one(
    tenant_a: Any, client_for: Callable[..., Client]
) -> None:
    identity = SiteIdentity.objects.get()
    client = client_for(tenant_a, "officer")
    form = {name: value or "" for name, value in model_to_dict(identity).items()}

    refused = client.post(f"/cms/settings/core/siteidentity/{identity.pk}/", {**form, "accent": "#e8b4b8"})
    assert refused.status_code == 200
    assert "“主色”在“纸色”上的对比度是1." in refused.content.decode()
    assert SiteIdentity.objects.get().accent == identity.accent

    client.post(f"/cms/settings/core/siteidentity/{identity.pk}/", {**form, "accent": "#5a1c1c"})
    assert SiteIdentity.objects.get().accent == "#5a1c1c"


def test_the_icon_is_the_plate_in_the_tenants_ink_and_escaped() -> None:
    icon = theme.icon(SiteIdentity(plate="<", accent="#8c2730"))
    assert 'fill="#8c2730"' in icon
    assert "&lt;</text>" in icon


def test_the_version_changes_with_any_colour() -> None:
    versions = {theme.version(SiteIdentity(**{name: "#111111"})) for name in theme.PROPERTIES}
    assert len(versions | {theme.version(SiteIdentity())}) == len(theme.PROPERTIES) + 1


def test_who_asks_for_a_favicon_finds_the_plate_on_every_host(
    tenant_a: Any, platform_client: Client, client_for: Callable[..., Client]
) -> None:
    for client in (client_for(tenant_a), platform_client):
        response = client.get("/favicon.ico", follow=True)
        assert response.redirect_chain == [("/icon.svg", 302)]
        assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml; charset=utf-8")
