"""The short form at the desk, with which an organisation offers a project."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext_lazy as _

from portal.core.enums import Participation, Recipient, ServiceKind
from portal.core.models import Division
from portal.projects.forms import several
from portal.projects.models import Project, Shift


class ProposalForm(forms.ModelForm):
    """What the organisation knows; officers add the rest."""

    text = forms.CharField(
        label=_("到了做什么"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000, required=False,
        help_text=_("步骤和要记住的事，一行一件。"),
    )  # fmt: skip
    service_kinds = several(ServiceKind, _("服务内容"))
    recipients = several(Recipient, _("服务对象"))
    participation = several(Participation, _("谁可以来"))

    class Meta:
        model = Project
        fields = [
            "title", "summary", "text", "service_kinds", "recipients", "participation", "division", "venue",
            "address", "latitude", "longitude", "step_free", "min_age", "max_age", "guardian_required", "skills",
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        least, most = cleaned.get("min_age"), cleaned.get("max_age")
        if least and most and least > most:
            self.add_error("max_age", _("最高年龄应不小于最低年龄。"))
        return cleaned

    def values(self) -> dict[str, Any]:
        """For `propose_project`; the plain text becomes paragraphs, its signs stay signs."""
        values = dict(self.cleaned_data)
        text = values.pop("text")
        return {**values, "body": linebreaks(escape(text)) if text else ""}


class ShiftForm(forms.Form):
    """One day, from when to when, how many people."""

    day = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    begins = forms.TimeField(label=_("开始"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("结束"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    places = forms.IntegerField(label=_("名额"), min_value=1, max_value=2000)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if "begins" in cleaned and "ends" in cleaned and cleaned["ends"] <= cleaned["begins"]:
            raise ValidationError({"ends": _("结束时间应晚于开始时间。")})
        return cleaned

    def shift(self) -> Shift:
        """The unsaved shift; ask only a valid form that was filled in."""
        day = self.cleaned_data["day"]
        start, end = (self._at(day, self.cleaned_data[name]) for name in ("begins", "ends"))
        return Shift(starts_at=start, ends_at=end, places=self.cleaned_data["places"])

    @staticmethod
    def _at(day: dt.date, clock: dt.time) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(day, clock))


ShiftForms = forms.formset_factory(ShiftForm, extra=4, max_num=20, absolute_max=20)


def proposal_form(data: Any, *, within: Division) -> ProposalForm:
    """With the organisation's own place chosen."""
    return ProposalForm(data, initial={"division": within.pk})
