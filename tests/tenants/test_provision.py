"""What a fresh tenant has, and what a refused one leaves behind."""

from typing import Any

import pytest
from django.db import connection
from django_tenants.utils import schema_exists, tenant_context

from portal.core.models import Division
from tenants.domain import create_tenant
from tenants.errors import BadDivision, DuplicateDomain
from tenants.models import Tenant
from tenants.signals import tenant_created


@pytest.mark.usefixtures("db")
def test_a_new_tenant_has_its_streets_and_its_nearest_parent() -> None:
    city = create_tenant(division="120000", domain="tianjin.localhost")
    district = create_tenant(division="120103", domain="hexi.tianjin.localhost")

    assert (district.name, district.short_name, district.parent) == ("天津市河西区", "河西区", city)
    with tenant_context(district):
        assert Division.objects.get(code="120103").children.count() == Division.objects.filter(level="street").count()
        assert not Division.objects.exclude(code__startswith="120103").exists()


@pytest.mark.usefixtures("db")
def test_nothing_remains_of_a_tenant_whose_filling_fails() -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError("the power went out")

    tenant_created.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            create_tenant(division="120103", domain="hexi.tianjin.localhost")
    finally:
        tenant_created.disconnect(fail)

    assert not Tenant.objects.filter(division_code="120103").exists()
    assert not schema_exists("t_120103")
    assert connection.schema_name == "public"


def test_a_taken_division_and_a_taken_domain_are_refused_by_field(tenant_a: Any) -> None:
    connection.set_schema_to_public()
    with pytest.raises(BadDivision) as division:
        create_tenant(division="120101", domain="other.localhost")
    with pytest.raises(DuplicateDomain) as domain:
        create_tenant(division="120103", domain=tenant_a.host)
    assert (division.value.field, domain.value.field) == ("division_code", "domain")
