"""Makes a tenant: registry rows, schema and first content in one transaction."""

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tenants.utils import schema_context, tenant_context

from tenants.divisions import Division, find_division
from tenants.domain.hosts import clean_host
from tenants.domain.template import schema_sql
from tenants.enums import Level
from tenants.errors import BadDivision, DuplicateDomain
from tenants.fingerprint import migrations_fingerprint
from tenants.models import Domain, Tenant
from tenants.signals import primary_domain_changed, tenant_created, tenant_moved

LEVELS = {"province": Level.PROVINCE, "city": Level.CITY, "county": Level.DISTRICT}


def create_tenant(*, division: str, name: str = "", domain: str, short_name: str = "") -> Tenant:
    """Make the site of the six-digit `division` under the host name `domain`.

    `name` and `short_name` default to the division's. All or nothing: interrupted half-way, no row
    and no schema remains. Raises BadDivision, DuplicateDomain or StaleTemplate.
    """
    place, host = check_new_tenant(division=division, domain=domain)
    schema_name = f"t_{division}"
    sql = schema_sql(schema_name)
    with schema_context("public"), transaction.atomic():
        tenant = _register(
            Tenant(
                schema_name=schema_name,
                division_code=division,
                name=name or place.full_name,
                short_name=short_name or place.name,
                level=LEVELS[place.level],
                parent=nearest_parent(place),
                migrations=migrations_fingerprint(),
                migrated_at=timezone.now(),
            ),
            host,
        )
        run_sql(sql)
        with tenant_context(tenant):
            tenant_created.send(sender=Tenant, tenant=tenant)
            primary_domain_changed.send(sender=Tenant, tenant=tenant, host=host)
            tenant_moved.send(sender=Tenant, tenant=tenant)
    return tenant


def check_new_tenant(*, division: str, domain: str) -> tuple[Division, str]:
    """The place and the host name, or the error that making this site would raise; also asked by forms."""
    place = find_division(division)
    if place is None or place.level not in LEVELS or place.name == "市辖区":
        raise BadDivision(_("没有代码为%(code)s的省、市或区县。") % {"code": division}, field="division_code")
    with schema_context("public"):
        if Tenant.objects.filter(division_code=division).exists():
            raise BadDivision(
                _("%(name)s（%(code)s）已经有站点。") % {"name": place.full_name, "code": division},
                field="division_code",
            )
        return place, clean_host(domain)


def _register(tenant: Tenant, host: str) -> Tenant:
    """Two rows; whoever made the same site a moment earlier wins."""
    try:
        with transaction.atomic():
            tenant.save()
            Domain.objects.create(domain=host, tenant=tenant, is_primary=True)
    except IntegrityError as error:
        if "domain" in str(error):
            raise DuplicateDomain(_("域名%(host)s已经属于别的站点。") % {"host": host}, field="domain") from error
        raise BadDivision(
            _("代码%(code)s已经有站点。") % {"code": tenant.division_code}, field="division_code"
        ) from error
    return tenant


def nearest_parent(place: Division) -> Tenant | None:
    """The nearest division above that has a site: 天津市 for 和平区, past 市辖区."""
    for above in place.ancestors():
        tenant = Tenant.objects.filter(division_code=above.code).first()
        if tenant is not None:
            return tenant
    return None


def run_sql(sql: str) -> None:
    """Statements of pg_dump, which name their schema and expect an empty search path."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        path = cursor.fetchone()[0]
        cursor.execute("SET LOCAL client_min_messages = warning; SET LOCAL search_path = ''")
        cursor.execute(sql)
        cursor.execute(f"SET LOCAL search_path = {path}")
