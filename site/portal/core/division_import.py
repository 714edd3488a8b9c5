"""The admin's page on which communities come from a table: first what would happen, then, on confirmation, it does."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from portal.core.domain.divisions import COLUMNS, ImportPlan, ImportRefused, check_import, import_communities
from portal.core.tables import TableRefused, read_table

_SALT = "core.division_import"
#: How long a checked table may wait for its confirmation, in seconds.
_VALID = 3600
_ERRORS_SHOWN = 50


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("表格"),
        help_text=gettext_lazy("第1行是列名：代码、名称。.xlsx 或 .csv，最多5000行。"),
        error_messages={"required": gettext_lazy("请选一个文件。")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class DivisionImportView(WagtailAdminTemplateMixin, TemplateView):
    """GET shows the form; POST with a file checks it; POST with what was checked imports it."""

    template_name = "core/admin/division_import.html"
    page_title = gettext_lazy("从表格导入社区")
    header_icon = "upload"
    permission_policy: Any = None
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("divisions:list"), "label": _("行政区划")}
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.permission_policy.user_has_permission(request.user, "add"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": UploadForm(), "back": reverse("divisions:list"), **kwargs})

    def post(self, request: HttpRequest) -> HttpResponse:
        if "checked" in request.POST:
            return self._import(request)
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            upload = form.cleaned_data["file"]
            rows = read_table(upload, name=upload.name, columns=COLUMNS)
        except TableRefused as refused:
            form.add_error("file", refused.messages[0])
            return self.render_to_response(self.get_context_data(form=form), status=422)
        plan = check_import(rows)
        context = self.get_context_data(plan=plan, errors=plan.errors[:_ERRORS_SHOWN])
        if not plan.errors:
            context["checked"] = signing.dumps(rows, salt=_SALT, compress=True)
        return self.render_to_response(context, status=422 if plan.errors else 200)

    def _import(self, request: HttpRequest) -> HttpResponse:
        try:
            rows = signing.loads(request.POST["checked"], salt=_SALT, max_age=_VALID)
        except signing.BadSignature:
            messages.error(request, _("核对已经超过一小时，请重新上传。"))
            return redirect("divisions:import")
        try:
            plan = import_communities([(number, values) for number, values in rows])
        except ImportRefused as refused:
            messages.error(request, refused.messages[0])
            return redirect("divisions:import")
        messages.success(request, _done(plan))
        return redirect("divisions:list")


def _done(plan: ImportPlan) -> str:
    return _("新增%(new)s个社区，改名%(renamed)s个，%(unchanged)s个没有变化。") % {
        "new": len(plan.new),
        "renamed": len(plan.renamed),
        "unchanged": plan.unchanged,
    }
