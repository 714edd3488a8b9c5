"""Which pupils, which period."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.queries import rules
from portal.organisations.models import Organisation
from portal.schools.domain.terms import latest_terms
from portal.schools.queries import Choice, classes_of
from portal.volunteers.forms.fields import day_field

OWN_DAYS = "days"


class ChoiceForm(forms.Form):
    """All by GET, so that the page has an address; a term, or days of one's own."""

    class_name = forms.ChoiceField(label=_("班级"), required=False)
    term = forms.ChoiceField(
        label=_("学期"), required=False, help_text=_("按证书上服务期间的最后一天算，一张证书只属于一个学期。")
    )
    start = day_field(_("从"))
    end = day_field(_("到"))

    def __init__(self, data: Any, *, organisation: Organisation, listed: frozenset[int] | None) -> None:
        self.organisation, self.listed = organisation, listed
        self.terms = {term.start.isoformat(): term for term in latest_terms(timezone.localdate(), rules())}
        first = next(iter(self.terms))
        # A page opened by its plain address shows the present term; one opened with days shows these.
        usual = OWN_DAYS if data.get("start") or data.get("end") else first
        given = {"term": usual, **{name: data[name] for name in self.base_fields if name in data}}
        super().__init__(given)
        self.fields["class_name"].choices = [("", _("全校")), *((name, name) for name in classes_of(organisation))]
        labels = [(key, term.label) for key, term in self.terms.items()]
        self.fields["term"].choices = [*labels, (OWN_DAYS, _("自己选日期"))]
        own = given["term"] == OWN_DAYS
        for name in ("start", "end"):
            self.fields[name].required = own

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if term := self.terms.get(values.get("term") or ""):
            if self.data.get("start") or self.data.get("end"):
                # Days that are filled in are never passed over in silence.
                self.add_error("term", _("按下面的日期找，这里请选“自己选日期”；按学期找，请把日期清空。"))
            return {**values, "start": term.start, "end": term.end}
        start, end = values.get("start"), values.get("end")
        if start and end and end < start:
            self.add_error("end", _("结束日期早于开始日期，请对调或改一改。"))
        return values

    def choice(self) -> Choice:
        """What was chosen, of a form without faults."""
        values = self.cleaned_data
        return Choice(self.organisation, values["start"], values["end"], values["class_name"], self.listed)


class ListForm(forms.Form):
    """Pasted lines, or a table."""

    lines = forms.CharField(
        label=_("学生名单"),
        required=False,
        max_length=500_000,
        strip=False,
        help_text=_("一行一个：姓名，再写出生日期或班级，如“李小梅 2012-03-05”。可以从表格里整块复制。"),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("或者上传表格"),
        required=False,
        help_text=_(".xlsx 或 .csv，第1行写列名：姓名、出生日期、班级（后两列至少有一列）。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not (values.get("lines") or "").strip() and not values.get("file"):
            self.add_error("lines", _("名单是空的：粘贴几行，或选一个表格。"))
        return values


class ClassForm(forms.Form):
    """The class into which those who are chosen go."""

    class_name = forms.CharField(
        label=_("编入班级"), max_length=40, error_messages={"required": _("还差班级的名称，如“高一（2）班”。")}
    )
