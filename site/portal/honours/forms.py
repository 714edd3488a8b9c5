"""Applying for a star, what officers say of it, and the conditions of a round."""

from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.coverage import require_printable
from portal.honours.domain.rounds import FIELDS, default_conditions
from portal.honours.enums import RoundOccasion
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


_DAYS_MOST = 999
_HOURS_TOO_MANY = _("小时数太大，最多9999.9。")
_CONDITIONS = ("least_hours", "least_days")


def defaults(occasion: str) -> dict[str, Any]:
    """What the rules say of an occasion, for the fields of RoundForm; `filled_for` notes that it is filled in."""
    least = default_conditions(occasion)
    hours, days = least["least_minutes"] // 60, least["least_days"]
    return {"occasion": occasion, "filled_for": occasion, "least_hours": hours, "least_days": days}


def refilled(data: Any) -> dict[str, Any]:
    """What was typed, with the defaults of the occasion that is chosen now; conditions of somebody's own stay."""
    return {**data.dict(), "projects": data.getlist("projects"), **_from_the_rules(data)}


def is_filled_for_its_occasion(data: Any) -> bool:
    """Whether no condition is still the default of another occasion than the one that is chosen."""
    return all(_is(data.get(name, ""), value) for name, value in _from_the_rules(data).items() if name in _CONDITIONS)


def _from_the_rules(data: Any) -> dict[str, Any]:
    """What the chosen occasion changes: conditions that are empty, or as the rules have them for the one before."""
    before, now = data.get("filled_for", ""), data.get("occasion", "")
    if now not in RoundOccasion.values or before not in RoundOccasion.values:
        return {}
    old, new = defaults(before), defaults(now)
    untouched = {name: new[name] for name in _CONDITIONS if _is(data.get(name, ""), old[name])}
    return {**untouched, "filled_for": now}


def _is(text: str, number: object) -> bool:
    """Whether what was typed is empty, or this number."""
    try:
        return not text.strip() or Decimal(text) == number
    except InvalidOperation:
        return False


class RoundForm(forms.ModelForm):
    """Occasion, name, days, projects and conditions; hours are typed, minutes kept."""

    least_hours = forms.DecimalField(
        label=_("至少多少小时"),
        min_value=1,
        max_digits=5,
        decimal_places=1,
        error_messages={
            "required": _("还差小时数。"),
            "invalid": _("小时数写成数字，例如8或2.5。"),
            "min_value": _("至少要1小时。"),
            "max_decimal_places": _("小时数最多一位小数，例如2.5。"),
            "max_digits": _HOURS_TOO_MANY,
            "max_whole_digits": _HOURS_TOO_MANY,
        },
    )
    least_days = forms.IntegerField(
        label=_("至少多少天"),
        min_value=1,
        max_value=_DAYS_MOST,
        error_messages={
            "required": _("还差天数。"),
            "invalid": _("天数写成整数，例如5。"),
            "min_value": _("至少要1天。"),
            "max_value": _("天数太多，最多999天。"),
        },
    )
    filled_for = forms.CharField(required=False, widget=forms.HiddenInput)
    start = day_field(_("从"))
    end = day_field(_("到"))

    class Meta:
        model = Round
        fields = ["occasion", "title", "start", "end", "projects", "least_days"]
        error_messages: ClassVar[dict[str, Any]] = {
            "occasion": {"required": _("还差颁发事由。"), "invalid_choice": _("没有这种颁发事由，请重新选。")},
            "title": {"required": _("还差活动名称。"), "max_length": _("活动名称不超过60字，请写短一些。")},
            "projects": {name: _("有的项目已经不在了，请重新选。") for name in ("invalid_choice", "invalid_pk_value")},
        }

    field_order = ["occasion", "title", "start", "end", "least_hours", "least_days", "projects"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["projects"].queryset = Project.objects.order_by("-pk")
        self.fields["projects"].widget.attrs["size"] = 10
        self.fields["occasion"].help_text = _("换了事由，条件跟着换成规则里的默认值；自己填的不变。")
        if self.instance.pk and "least_hours" not in self.initial:
            self.fields["least_hours"].initial = self.instance.least_minutes / 60

    def clean_title(self) -> str:
        """It stands on every sheet: what no font prints is refused before two officers have approved it."""
        title: str = self.cleaned_data["title"]
        require_printable([("title", self.fields["title"].label, title)], chosen=True)
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
