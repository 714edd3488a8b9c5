"""Gives a site host names and takes them away."""

import re

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django_tenants.utils import schema_context, tenant_context

from tenants.errors import BadDomain, DuplicateDomain
from tenants.models import Domain, Tenant
from tenants.signals import primary_domain_changed

_HOST = re.compile(r"^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")


def clean_host(text: str) -> str:
    """The host name in small letters; BadDomain when it is none, DuplicateDomain when it leads to a site."""
    host = text.strip().lower().rstrip(".")
    if not _HOST.match(host):
        raise BadDomain(
            _("“%(host)s”不是有效的域名：只用英文字母、数字、连字符和点，不带端口和http://。") % {"host": text},
            field="domain",
        )
    taken = Domain.objects.select_related("tenant").filter(domain=host).first()
    if taken:
        raise DuplicateDomain(
            _("域名%(host)s已经属于%(name)s。") % {"host": host, "name": taken.tenant.name}, field="domain"
        )
    return host


def add_domain(tenant: Tenant, *, domain: str, primary: bool = False) -> Domain:
    """Let `domain` lead to the site; with `primary` the site's own links use it from now on."""
    with schema_context("public"), transaction.atomic():
        host = clean_host(domain)
        first = not Domain.objects.filter(tenant=tenant).exists()
        try:
            with transaction.atomic():
                row = Domain.objects.create(domain=host, tenant=tenant, is_primary=primary or first)
        except IntegrityError as error:
            raise DuplicateDomain(_("域名%(host)s已经属于别的站点。") % {"host": host}, field="domain") from error
        if row.is_primary:
            _tell(tenant, host)
    return row


def make_primary(tenant: Tenant, *, domain: str) -> None:
    """Make a host name that the site already has the one of its own links."""
    with schema_context("public"), transaction.atomic():
        row = _own(tenant, domain)
        row.is_primary = True
        row.save()
        _tell(tenant, row.domain)


def remove_domain(tenant: Tenant, *, domain: str) -> None:
    """Take a host name away; the primary one stays, for a site without it cannot be reached."""
    with schema_context("public"), transaction.atomic():
        row = _own(tenant, domain)
        if row.is_primary:
            raise BadDomain(_("%(host)s是主域名，请先换一个主域名，再删除它。") % {"host": row.domain}, field="domain")
        row.delete()


def _own(tenant: Tenant, domain: str) -> Domain:
    row: Domain | None = Domain.objects.select_for_update().filter(tenant=tenant, domain=domain.strip().lower()).first()
    if row is None:
        raise BadDomain(_("%(name)s没有域名%(host)s。") % {"name": tenant.name, "host": domain}, field="domain")
    return row


def _tell(tenant: Tenant, host: str) -> None:
    if not tenant.is_public:
        with tenant_context(tenant):
            primary_domain_changed.send(sender=Tenant, tenant=tenant, host=host)
