"""Signing up, withdrawing, the roll, disputes, certificates."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.enums import Participation
from portal.core.queries import rules
from portal.projects.models import Shift
from portal.volunteers.domain.eligibility import largest_party, ways_to_come
from portal.volunteers.domain.minutes import length
from portal.volunteers.domain.roll import Mark
from portal.volunteers.models import ServiceRecord, SignUp, Volunteer


class SignUpForm(forms.Form):
    """In what company, and how many; one alone where the project takes nothing else."""

    participation = forms.ChoiceField(label=_("怎么来"), widget=forms.RadioSelect)
    party_size = forms.IntegerField(
        label=_("一共几人"),
        min_value=1,
        help_text=_("把您自己算进去。"),
        error_messages={
            "required": _("还差人数。"),
            "invalid": _("人数写成数字，例如3。"),
            "min_value": _("至少1人，就是您自己。"),
        },
    )

    def __init__(self, data: Any = None, *, shift: Shift, volunteer: Volunteer) -> None:
        limits = rules()
        minor = volunteer.age_on(timezone.localdate(shift.starts_at)) < limits.guardian_below
        ways = ways_to_come(shift.project, minor=minor)
        if data is not None:
            # The one-click button of the project page sends nothing but the token.
            data = {"participation": ways[0], "party_size": "1", **data.dict()}
        super().__init__(data, initial={"participation": ways[0], "party_size": 1})
        self.fields["participation"].choices = [(way, Participation(way).label) for way in ways]
        most = max(largest_party(way, places=shift.places, limits=limits) for way in ways)
        self.fields["party_size"].widget.attrs["max"] = most
        if most == 1:
            self.fields["party_size"].widget = forms.HiddenInput()
        if len(ways) == 1:
            self.fields["participation"].widget = forms.HiddenInput()


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明原因。"), "max_length": _("原因不超过200字，请写短一些。")},
    )


class CorrectionForm(ReasonForm):
    """Other minutes, and why."""

    minutes = forms.IntegerField(
        label=_("实际分钟"), error_messages={"required": _("还差分钟数。"), "invalid": _("分钟数写成整数，例如90。")}
    )
    field_order = ("minutes", "reason")


class RollForm(forms.Form):
    """A line for each person expected, walk-ins below; `lines()` gives what the page draws."""

    walk_in = forms.CharField(
        label=_("志愿者编号"), max_length=20, required=False, help_text=_("12位数字，一次加一位。没有就空着。")
    )
    walk_in_minutes = forms.IntegerField(
        label=_("这个人的分钟数"), required=False, error_messages={"invalid": _("分钟数写成整数，例如90。")}
    )

    def __init__(self, data: Any = None, *, shift: Shift, sign_ups: list[SignUp], records: list[ServiceRecord]) -> None:
        super().__init__(data)
        self.length = length(shift.starts_at, shift.ends_at)
        self.by_volunteer = {record.volunteer_id: record for record in records}
        expected = [sign_up.volunteer for sign_up in sign_ups]
        known = {volunteer.pk for volunteer in expected}
        self.people = expected + [record.volunteer for record in records if record.volunteer_id not in known]
        self.absent = {sign_up.volunteer_id for sign_up in sign_ups if sign_up.attended is False}
        for volunteer in self.people:
            if not self._is_handed_in(volunteer):
                self._add_line(volunteer)

    def lines(self) -> list[dict[str, Any]]:
        """Each person with their controls, or with the record that is handed in."""
        return [
            {
                "volunteer": person,
                "record": self.by_volunteer.get(person.pk),
                "presence": self[f"present_{person.pk}"] if f"present_{person.pk}" in self.fields else None,
                "minutes": self[f"minutes_{person.pk}"] if f"minutes_{person.pk}" in self.fields else None,
            }
            for person in self.people
        ]

    def marks(self) -> list[Mark]:
        """What the cleaned form says of each person who can still be marked."""
        return [
            Mark(
                person.pk,
                present=self.cleaned_data[f"present_{person.pk}"] == "yes",
                minutes=self.cleaned_data.get(f"minutes_{person.pk}") or 0,
            )
            for person in self.people
            if f"present_{person.pk}" in self.fields
        ]

    def _is_handed_in(self, volunteer: Volunteer) -> bool:
        record = self.by_volunteer.get(volunteer.pk)
        return record is not None and record.state != "open"

    def _add_line(self, volunteer: Volunteer) -> None:
        record = self.by_volunteer.get(volunteer.pk)
        name = volunteer.masked_name
        self.fields[f"present_{volunteer.pk}"] = forms.ChoiceField(
            label=name,
            choices=[("yes", _("到了")), ("no", _("没到"))],
            initial="no" if volunteer.pk in self.absent else "yes",
            widget=forms.RadioSelect,
            error_messages={"required": _("请选“到了”或“没到”。")},
        )
        self.fields[f"minutes_{volunteer.pk}"] = forms.IntegerField(
            label=name,
            required=False,
            initial=record.minutes_given if record else self.length,
            widget=forms.NumberInput(attrs={"min": 1, "max": self.length, "inputmode": "numeric"}),
            error_messages={"invalid": _("分钟数写成整数，例如90。")},
        )
