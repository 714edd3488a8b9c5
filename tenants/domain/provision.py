"""Makes a tenant: registry rows, schema and first content in one transaction."""

import re

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django_tenants.utils import tenant_context

from tenants.divisions import Division, find_division
from tenants.domain.template import schema_sql
from tenants.enums import Level
from tenants.errors import BadDivision, DuplicateDomain
from tenants.models import Domain, Tenant
from tenants.signals import tenant_created

_LEVELS = {"province": Level.PROVINCE, "city": Level.CITY, "county": Level.DISTRICT}
_HOST = re.compile(r"^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")


def create_tenant(*, division: str, name: str = "", domain: str, short_name: str = "") -> Tenant:
    """Make the site of the six-digit `division` under the host name `domain`.

    `name` and `short_name` default to the division's. All or nothing: interrupted half-way, no row
    and no schema remains. Raises BadDivision, DuplicateDomain or StaleTemplate.
    """
    place = find_division(division)
    if place is None or place.level not in _LEVELS:
        raise BadDivision(_("没有代码为%(code)s的省、市或区县。") % {"code": division}, field="division_code")
    host = domain.strip().lower()
    if not _HOST.match(host):
        raise DuplicateDomain(_("“%(host)s”不是有效的域名。") % {"host": host}, field="domain")
    schema_name = f"t_{division}"
    sql = schema_sql(schema_name)
    with transaction.atomic():
        _refuse_taken(division, host)
        tenant = Tenant.objects.create(
            schema_name=schema_name,
            division_code=division,
            name=name or place.full_name,
            short_name=short_name or place.name,
            level=_LEVELS[place.level],
            parent=_parent(place),
        )
        Domain.objects.create(domain=host, tenant=tenant, is_primary=True)
        _run(sql)
        with tenant_context(tenant):
            tenant_created.send(sender=Tenant, tenant=tenant)
    return tenant


def _refuse_taken(division: str, host: str) -> None:
    if Tenant.objects.filter(division_code=division).exists():
        raise BadDivision(_("代码%(code)s已经有站点。") % {"code": division}, field="division_code")
    if Domain.objects.filter(domain=host).exists():
        raise DuplicateDomain(_("域名%(host)s已经属于别的站点。") % {"host": host}, field="domain")


def _parent(place: Division) -> Tenant | None:
    """The nearest division above that has a site: 天津市 for 和平区, past 市辖区."""
    for above in place.ancestors():
        tenant = Tenant.objects.filter(division_code=above.code).first()
        if tenant is not None:
            return tenant
    return None


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        path = cursor.fetchone()[0]
        cursor.execute("SET LOCAL client_min_messages = warning; SET LOCAL search_path = ''")
        cursor.execute(sql)
        cursor.execute(f"SET LOCAL search_path = {path}")
