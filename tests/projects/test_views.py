"""The public pages."""

from typing import Any

from tests.factories.projects import make_shift


def test_smoke(tenant_a: Any, client_for: Any) -> None:
    shift = make_shift()
    client = client_for(tenant_a)
    response = client.get("/projects/")
    assert response.status_code == 200
    assert shift.project.title in response.content.decode().replace("<wbr>", "")
    response = client.get(shift.project.get_absolute_url())
    assert response.status_code == 200
