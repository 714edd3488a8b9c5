"""After an upgrade every tenant's groups follow the table again."""

from io import StringIO
from typing import Any

from django.contrib.auth.models import Group
from django.core.management import call_command
from django_tenants.utils import tenant_context

from portal.accounts.roles import PERMISSIONS, Role


def test_every_tenant_gets_what_the_table_says(tenant_a: Any, tenant_b: Any) -> None:
    for tenant in (tenant_a, tenant_b):
        with tenant_context(tenant):
            Group.objects.get(name=Role.OFFICER).permissions.clear()
    output = StringIO()

    call_command("sync_roles", stdout=output)

    assert {tenant_a.schema_name, tenant_b.schema_name} == set(output.getvalue().split())
    for tenant in (tenant_a, tenant_b):
        with tenant_context(tenant):
            assert Group.objects.get(name=Role.OFFICER).permissions.count() == len(set(PERMISSIONS[Role.OFFICER]))
