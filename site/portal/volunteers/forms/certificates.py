"""What volunteers ask for, and what officers say when they take a certificate back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.enums import Ground
from certificates.facts import CertificateFacts, ServiceRow
from portal.organisations.models import Membership, Organisation
from portal.organisations.queries import members_of
from portal.projects.models import Project
from portal.volunteers.domain.minutes import hours
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.enums import CorrectionAbout
from portal.volunteers.forms.fields import day_field
from portal.volunteers.models import Volunteer
from portal.volunteers.queries import served_projects

PERIOD, PROJECT = "period", "project"


class _ProjectField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return _("%(title)s（%(times)s次，%(hours)s小时）") % {
            "title": obj.title,
            "times": obj.times,
            "hours": hours(obj.minutes),
        }


class CertificateForm(forms.Form):
    """For which period, or which of one's own projects; `scope()` says which."""

    by = forms.ChoiceField(
        label=_("证明哪些服务"),
        choices=[(PERIOD, _("一段时间里的")), (PROJECT, _("一个项目的"))],
        widget=forms.RadioSelect,
        required=False,
        initial=PERIOD,
    )
    start = day_field(_("从"))
    end = day_field(_("到"))
    project = _ProjectField(
        Project.objects.none(),
        label=_("项目"),
        required=False,
        empty_label=_("请选择"),
        help_text=_("只列有已确认时长的项目。选了“一个项目的”才用得上。"),
        error_messages={"invalid_choice": _("这个项目里没有您已确认的时长，请重新选。")},
    )
    seal = forms.BooleanField(
        label=_("留出盖章的位置"), required=False, help_text=_("打印后可以到记录单位盖章。不盖章也能联网核验。")
    )
    mark_optional = False

    def __init__(self, data: Any = None, *, volunteer: Volunteer, **options: Any) -> None:
        super().__init__(data, **options)
        self.by_project = data is not None and data.get("by") == PROJECT
        self.fields["project"].queryset = served_projects(volunteer)
        for name in ("start", "end"):
            self.fields[name].required = not self.by_project

    def clean_project(self) -> Project | None:
        project: Project | None = self.cleaned_data["project"]
        if self.by_project and project is None:
            raise forms.ValidationError(_("还差项目。没有可选的，说明还没有已确认的时长。"))
        if project is not None and not self.by_project:
            # A number is taken for good: what was chosen is never passed over in silence.
            raise forms.ValidationError(_("只证明这个项目，上面请选“一个项目的”；否则这里请选回“请选择”。"))
        return project

    def scope(self) -> Scope:
        """What the cleaned form asks for; what is not asked for is left alone."""
        values = self.cleaned_data
        if self.by_project:
            return Scope(project=values["project"])
        return Scope(start=values["start"], end=values["end"])


class BodyForm(forms.Form):
    """For which days, and for which members; whether each of them agreed is seen when it is their turn."""

    start = day_field(_("从"))
    end = day_field(_("到"))
    members = forms.ModelMultipleChoiceField(
        Membership.objects.none(),
        label=_("给谁申请"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一人。"), "invalid_choice": _("名单里没有这个人，请重新选。")},
    )

    def __init__(self, data: Any = None, *, organisation: Organisation, **options: Any) -> None:
        super().__init__(data, **options)
        self.organisation = organisation
        members: Any = self.fields["members"]
        members.queryset = members_of(organisation)
        members.label_from_instance = self._label

    def _label(self, member: Membership) -> str:
        name = str(member.user.name)
        return name if member.asking_allowed_at else _("%(name)s（还没有同意）") % {"name": name}

    def people(self) -> list[int]:
        """The users that were ticked."""
        return [member.user_id for member in self.cleaned_data["members"]]

    def scope(self) -> Scope:
        """Days of the organisation's own activities."""
        return Scope(start=self.cleaned_data["start"], end=self.cleaned_data["end"], organiser=self.organisation)


class ContestForm(forms.Form):
    """What on one's certificate is wrong: a line of it, or something else; and how it should be."""

    what = forms.ChoiceField(
        label=_("哪里不对"), widget=forms.RadioSelect, error_messages={"required": _("请选哪里不对。")}
    )
    claim = forms.CharField(
        label=_("应该是怎样"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明哪里错了、应该怎样，例如“10月23日是3小时，不是2小时，王队长可以证明”。"),
        error_messages={"required": _("请写明应该是怎样。"), "max_length": _("不超过200字，请写短一些。")},
    )

    def __init__(self, data: Any = None, *, facts: CertificateFacts) -> None:
        super().__init__(data)
        what: Any = self.fields["what"]
        what.widget.one_a_row = True
        if facts.honour:
            self.fields["claim"].help_text = _("写明哪里错了、应该怎样，例如“姓名应是张大为，不是张大伟”。")
        lines = [
            (f"{CorrectionAbout.LINE}-{number}", line_words(row)) for number, row in enumerate(facts.rows, start=1)
        ]
        others = [(about.value, about.label) for about in (CorrectionAbout.PERSON, CorrectionAbout.OTHER)]
        what.choices = [*lines, *others]

    def answers(self) -> dict[str, Any]:
        """For the verb: `about`, `line` and `claim`."""
        about, _dash, line = self.cleaned_data["what"].partition("-")
        return {"about": about, "line": int(line) if line else None, "claim": self.cleaned_data["claim"]}


def line_words(row: ServiceRow) -> str:
    """A service on a sheet as its holder knows it again."""
    words = {"day": row.day, "project": row.project, "hours": hours(row.minutes)}
    return _("%(day)s %(project)s %(hours)s小时") % words


class RefusalForm(forms.Form):
    """Why nothing is corrected."""

    answer = forms.CharField(
        label=_("为什么不更正"), max_length=200, error_messages={"required": _("请写明为什么不更正。")}
    )


class RevocationForm(forms.Form):
    """The ground is public, the reason stays inside and goes to the holder."""

    ground = forms.ChoiceField(
        label=_("撤销事由"), choices=[("", "—"), *Ground.choices], help_text=_("联网核验时谁都看得到。")
    )
    reason = forms.CharField(
        label=_("具体情况"),
        max_length=200,
        help_text=_("告诉持有人和另一位主管，不公开。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明撤销原因。")},
    )


class DeclineForm(forms.Form):
    """Why the second person does not agree."""

    note = forms.CharField(
        label=_("为什么不同意"), max_length=200, error_messages={"required": _("请写明为什么不同意。")}
    )


class SeenForm(forms.Form):
    """Which facts the officer has looked at, by their digest; others are not approved."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
