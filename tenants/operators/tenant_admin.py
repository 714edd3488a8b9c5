"""Sites in the operators' admin."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenants import figures
from tenants.domain import add_domain, create_tenant, make_primary, remove_domain
from tenants.errors import TenantError
from tenants.fingerprint import migrations_fingerprint
from tenants.models import Domain, Tenant
from tenants.operators.actions import ACTIONS, offered
from tenants.operators.forms import DomainForm, DomainFormSet, NewTenantForm
from tenants.operators.pages import PAGES, Visit
from tenants.operators.site import operators

_SIZE = """(SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = tenants_tenant.schema_name AND c.relkind = 'r')"""


class DomainInline(admin.TabularInline):
    model = Domain
    form = DomainForm
    formset = DomainFormSet
    extra = 1

    def has_add_permission(self, request: HttpRequest, obj: Any) -> bool:
        return obj is not None and super().has_add_permission(request, obj)


@admin.register(Tenant, site=operators)
class TenantAdmin(admin.ModelAdmin):
    """Names and host names are edited here; the state is moved by the pages of `actions`."""

    list_display = ["name", "division_code", "level", "state", "primary_domain", "parent", "size", "schema_version"]
    list_filter = ["state", "level"]
    search_fields = ["name", "division_code", "domains__domain"]
    search_help_text = _("按名称、代码或域名找。")
    list_select_related = ["parent"]
    inlines = [DomainInline]
    actions = None
    change_form_template = "tenants/operators/tenant.html"
    fields = ["name", "short_name", "parent", "division_code", "level", "state", "state_reason", "state_changed_at"]
    shown = ["created_at", "size", "counts", "schema_version", "migrated_at", "migration_error"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tenant]:
        sized = super().get_queryset(request).annotate(bytes=RawSQL(_SIZE, [], output_field=BigIntegerField()))  # noqa: S611  (a constant)
        return sized.exclude(schema_name="public").prefetch_related("domains")

    # One form for making, another for changing --------------------------------------------------
    def get_form(self, request: HttpRequest, obj: Tenant | None = None, change: bool = False, **kwargs: Any) -> Any:
        return NewTenantForm if obj is None else super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Tenant | None = None) -> list[str]:
        return ["division", "domain", "name", "short_name"] if obj is None else [*self.fields, *self.shown]

    def get_readonly_fields(self, request: HttpRequest, obj: Tenant | None = None) -> list[str]:
        return [] if obj is None else [*self.fields[3:], *self.shown]

    def get_inlines(self, request: HttpRequest, obj: Tenant | None) -> list[Any]:
        return [] if obj is None else self.inlines

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "parent":
            kwargs["queryset"] = Tenant.objects.filter(~Q(schema_name="public"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Tenant, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        data = form.cleaned_data
        made = create_tenant(
            division=data["division"], domain=data["domain"], name=data["name"], short_name=data["short_name"]
        )
        obj.__dict__.update(made.__dict__)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """New and primary names first: the one that is removed may have been the primary one."""
        rows = formset.save(commit=False)
        for row in rows:
            if row.pk is None:
                add_domain(form.instance, domain=row.domain, primary=row.is_primary)
            elif row.is_primary:
                make_primary(form.instance, domain=row.domain)
        for row in formset.deleted_objects:
            remove_domain(form.instance, domain=row.domain)

    # Moving and deleting ------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        act, about = self.admin_site.admin_view(self.act), self.admin_site.admin_view(self.about)
        return [
            path("<int:pk>/act/<slug:name>/", act, name="tenants_tenant_act"),
            path("<int:pk>/about/<slug:name>/", about, name="tenants_tenant_about"),
            *super().get_urls(),
        ]

    def about(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """A page that another app has added."""
        tenant = self.get_object(request, str(pk))
        if tenant is None or name not in PAGES:
            raise Http404
        if not self.has_change_permission(request, tenant):
            raise PermissionDenied
        page = PAGES[name]
        context = {**self.admin_site.each_context(request), "tenant": tenant, "opts": self.opts, "title": page.label}
        return page.view(Visit(request, tenant, context, lambda what: self.log_change(request, tenant, what)))

    def act(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Ask, then run the verb; what it refuses stands beside the field."""
        tenant = self.get_object(request, str(pk))
        if tenant is None or name not in ACTIONS:
            raise Http404
        allowed = self.has_delete_permission if name == "delete" else self.has_change_permission
        if not allowed(request, tenant):
            raise PermissionDenied
        action = ACTIONS[name]
        form = action.form(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                action.run(tenant, form.cleaned_data)
            except TenantError as error:
                form.add_error(error.field if error.field in form.fields else None, error.message)
            else:
                return self._done(request, tenant, name)
        context = {**self.admin_site.each_context(request), "tenant": tenant, "action": action, "form": form}
        return render(request, "tenants/operators/act.html", {**context, "opts": self.opts, "title": action.label})

    def _done(self, request: HttpRequest, tenant: Tenant, name: str) -> HttpResponse:
        # The log entry outlives the site.
        self.log_change(request, tenant, str(ACTIONS[name].label))
        done = {
            "pause": gettext("%s已暂停。"),
            "reopen": gettext("%s已恢复。"),
            "archive": gettext("%s已归档。"),
            "delete": gettext("%s已删除。"),
        }
        messages.success(request, done[name] % tenant.name)
        if name == "delete":
            return HttpResponseRedirect(reverse("operators:tenants_tenant_changelist"))
        return HttpResponseRedirect(reverse("operators:tenants_tenant_change", args=[tenant.pk]))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("operators:tenants_tenant_act", args=[object_id, "delete"]))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        tenant = self.get_object(request, object_id)
        shown = {
            "site_actions": offered(tenant) if tenant else [],
            "site_pages": list(PAGES.values()),
            "show_delete": False,
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    # Columns ------------------------------------------------------------------------------------
    @admin.display(description=_("主域名"))
    def primary_domain(self, tenant: Tenant) -> str:
        return next((str(row) for row in tenant.domains.all() if row.is_primary), "—")

    @admin.display(description=_("占用空间"), ordering="bytes")
    def size(self, tenant: Any) -> str:
        return str(filesizeformat(tenant.bytes))

    @admin.display(description=_("数据库结构"))
    def schema_version(self, tenant: Tenant) -> str:
        if tenant.migration_error:
            return gettext("迁移失败")
        return gettext("最新") if tenant.migrations == migrations_fingerprint() else gettext("待迁移")

    @admin.display(description=_("数量"))
    def counts(self, tenant: Tenant) -> str:
        return format_html_join("，", "{} {}", ((label, number) for label, number in figures.of(tenant))) or "—"
