"""What operators fill in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenants.divisions import divisions
from tenants.domain import check_new_tenant
from tenants.domain.hosts import clean_host
from tenants.domain.provision import LEVELS
from tenants.domain.template import has_template
from tenants.errors import TenantError
from tenants.models import Domain, Tenant


class NewTenantForm(forms.ModelForm):
    """A division without a site, and the host name under which it shall be reached."""

    division = forms.ChoiceField(label=_("行政区划"), help_text=_("只列出还没有站点的省、市、区县。"))
    domain = forms.CharField(
        label=_("域名"), max_length=253, help_text=_("不带http://和端口，如 heping.tianjin.example.cn")
    )

    class Meta:
        model = Tenant
        fields = ["name", "short_name"]
        help_texts = {"name": _("留空就用行政区划的全称。"), "short_name": _("留空就用行政区划的名称。")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].choices = [("", "—"), *_free_divisions()]
        self.fields["name"].required = self.fields["short_name"].required = False
        self.order_fields(["division", "domain", "name", "short_name"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not has_template():
            raise ValidationError(gettext("数据库结构刚更新，请先运行 manage.py build_template，再开通站点。"))
        if data.get("division") and data.get("domain"):
            try:
                check_new_tenant(division=data["division"], domain=data["domain"])
            except TenantError as error:
                self.add_error("division" if error.field == "division_code" else error.field, error.message)
        return data


class DomainForm(forms.ModelForm):
    """A host name; one that is there can be made primary or removed, not rewritten."""

    class Meta:
        model = Domain
        fields = ["domain", "is_primary"]
        labels = {"domain": _("域名"), "is_primary": _("主域名")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"].disabled = bool(self.instance.pk)
        if not self.instance.pk:
            self.initial["is_primary"] = False

    def clean_domain(self) -> str:
        domain: str = self.cleaned_data["domain"]
        if self.instance.pk:
            return domain
        try:
            return clean_host(domain)
        except TenantError as error:
            raise ValidationError(error.message) from error

    def validate_constraints(self) -> None:
        """That one name is primary is kept by the verbs, row after row, and looked at as a whole below."""


class DomainFormSet(BaseInlineFormSet):
    """All host names of a site: exactly one of them is the primary one."""

    def clean(self) -> None:
        super().clean()
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        kept = [row for row in rows if row.get("domain") and not row.get("DELETE")]
        primary = [row for row in kept if row.get("is_primary")]
        if len(primary) != 1:
            raise ValidationError(gettext("每个站点要有一个、也只能有一个主域名；现在选了%d个。") % len(primary))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("原因"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写给来访的人看，会原样显示在页面上。"),
    )


class TypedNameForm(forms.Form):
    typed_name = forms.CharField(
        label=_("站点全称"),
        help_text=_("照原样输入站点全称，一字不差。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _free_divisions() -> list[tuple[str, list[tuple[str, str]]]]:
    """Divisions without a site, by province."""
    taken = set(Tenant.objects.values_list("division_code", flat=True))
    groups: dict[str, list[tuple[str, str]]] = {}
    for place in divisions().values():
        if place.level in LEVELS and place.name != "市辖区" and place.code not in taken:
            province = divisions()[place.code[:2] + "0000"].name
            groups.setdefault(province, []).append((place.code, f"{place.full_name}（{place.code}）"))
    return [(province, sorted(places)) for province, places in groups.items()]
