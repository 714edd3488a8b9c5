"""Applying for a star, what officers say of it, and the conditions of a round."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.coverage import require_printable
from portal.honours.domain.rounds import FIELDS
from portal.honours.models import Round
from portal.projects.models import Project
from portal.volunteers.forms.fields import day_field


class ApplicationForm(forms.Form):
    """The star that the page offers, and the consent to make it public."""

    level = forms.IntegerField(min_value=1, max_value=5, widget=forms.HiddenInput)
    publicity_consent = forms.BooleanField(
        label=_("同意公示"),
        help_text=_("公示遮盖的姓名、星级、已确认的时长，公示期满就撤下。"),
        error_messages={"required": _("评定前要公示，请先同意。")},
    )


class NoteForm(forms.Form):
    """Why: refused or returned."""

    note = forms.CharField(
        label=_("原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明原因。")},
    )


class ObjectionForm(forms.Form):
    """What was said by telephone, by letter or at the desk."""

    content = forms.CharField(
        label=_("异议内容"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明异议的内容。")},
    )
    objector = forms.CharField(
        label=_("谁提出的，怎么联系"),
        max_length=120,
        required=False,
        help_text=_("加密保存，只用来答复。"),
    )


class AnswerForm(forms.Form):
    """What the check found."""

    objection = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("核实结果"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明核实的结果。")},
    )
    upheld = forms.ChoiceField(label=_("异议"), choices=[("no", _("不成立，继续评定")), ("yes", _("成立，不予评定"))])


class RoundForm(forms.ModelForm):
    """Occasion, name, days, projects and conditions; hours are typed, minutes kept."""

    least_hours = forms.DecimalField(label=_("至少多少小时"), min_value=1, max_digits=5, decimal_places=1)
    start = day_field(_("从"))
    end = day_field(_("到"))

    class Meta:
        model = Round
        fields = ["occasion", "title", "start", "end", "projects", "least_days"]

    field_order = ["occasion", "title", "start", "end", "least_hours", "least_days", "projects"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["projects"].queryset = Project.objects.order_by("-pk")
        self.fields["projects"].widget.attrs["size"] = 10
        if self.instance.pk:
            self.fields["least_hours"].initial = self.instance.least_minutes / 60

    def clean_title(self) -> str:
        """It stands on every sheet: what no font prints is refused before two officers have approved it."""
        title: str = self.cleaned_data["title"]
        require_printable([("title", self.fields["title"].label, title)])
        return title

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("start"), values.get("end")
        if start and end and end < start:
            self.add_error("end", _("结束日期早于开始日期，请对调或改一改。"))
        if end and end > timezone.localdate():
            self.add_error("end", _("结束日期还没到，最晚写到今天。"))
        return values

    def values(self) -> dict[str, Any]:
        """What the verbs take."""
        values = self.cleaned_data
        kept = {name: values[name] for name in FIELDS if name in values}
        return {**kept, "least_minutes": int(60 * values["least_hours"]), "projects": values["projects"]}
