"""The forms with which staff write projects and call them off."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms.models import WagtailAdminModelForm

from portal.accounts.models import User
from portal.accounts.roles import STAFF_ROLES
from portal.core.enums import Participation, Recipient, ServiceKind
from portal.core.mobiles import is_mobile
from portal.core.phones import clean_phone
from portal.organisations.queries import active_organisations
from portal.projects import rules
from portal.projects.domain import schedule
from portal.projects.domain.propose import was_just_sent
from portal.projects.models import Shift


class ShiftFormSet(BaseChildFormSet):
    """Shifts of one project: each possible by itself and none over another."""

    default_error_messages = {
        **BaseChildFormSet.default_error_messages,
        "too_few_forms": _("请至少写一班：日期、开始和结束的时间、名额。"),
    }

    def clean(self, *args: Any, **kwargs: Any) -> None:
        super().clean(*args, **kwargs)
        kept = {id(form.instance): form for form in self.forms if self._counts(form)}
        stored = Shift.objects.filter(pk__in=[form.instance.pk for form in self.forms if form.instance.pk])
        before = {shift.pk: shift for shift in stored}
        shifts = [form.instance for form in kept.values()]
        for shift, field, message in schedule.faults(shifts, before=before, now=timezone.now()):
            kept[id(shift)].add_error(field, message)
        removed = [before[form.instance.pk] for form in self.deleted_forms if form.instance.pk in before]
        faults = [fault for shift in removed if (fault := schedule.removal_fault(shift))]
        if faults:
            raise ValidationError(faults)

    def _counts(self, form: Any) -> bool:
        empty = not form.has_changed() and form.instance.pk is None and not form.instance.starts_at
        return not (empty or self._should_delete_form(form) or form.errors)


def several(choices: Any, label: Any, **options: Any) -> forms.MultipleChoiceField:
    """Boxes to tick for an array of choices."""
    return forms.MultipleChoiceField(
        label=label, choices=choices.choices, widget=forms.CheckboxSelectMultiple, **options
    )


class ProjectForm(WagtailAdminModelForm):
    """What an officer or a community worker fills in."""

    service_kinds = several(ServiceKind, _("服务内容"))
    recipients = several(Recipient, _("服务对象"))
    participation = several(Participation, _("谁可以来"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "in_charge" in self.fields:
            self.fields["in_charge"].queryset = _possible_leaders(self.instance.in_charge_id)
            self.fields["in_charge"].label_from_instance = lambda user: f"{user.name}（{user.username}）"
        if "organiser" in self.fields:
            self.fields["organiser"].queryset = active_organisations()

    def clean_contact_phone(self) -> str:
        phone = str(self.cleaned_data["contact_phone"]).strip()
        if phone and is_mobile(phone):
            raise ValidationError(_("这是个人手机号。公开的应是办公电话，如 022-55550201。"))
        return clean_phone(phone) if phone else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        leader, organiser = cleaned.get("in_charge"), cleaned.get("organiser")
        if leader and organiser and not rules.may_be_in_charge(leader, organiser):
            words = {"name": leader.name, "organiser": organiser.name}
            self.add_error(
                "in_charge", _("%(name)s不是“%(organiser)s”的成员，也不是工作人员，不能负责这个项目。") % words
            )
        named = {name: cleaned.get(name, "") for name in ("title", "venue")}
        if self.instance.pk is None and organiser and was_just_sent(organiser, **named):
            self.add_error("title", _("刚才已经存过同名的项目。请回到列表打开它，不必再存一次。"))
        least, most = cleaned.get("min_age"), cleaned.get("max_age")
        if least and most and least > most:
            self.add_error("max_age", _("最高年龄应不小于最低年龄。"))
        return cleaned


def _possible_leaders(present: int | None) -> Any:
    roles = [str(role) for role in STAFF_ROLES]
    fits = Q(groups__name__in=roles) | Q(memberships__isnull=False) | Q(is_superuser=True)
    return User.objects.filter(Q(pk=present) | (Q(is_active=True) & fits)).distinct().order_by("name", "pk")


class CancelForm(forms.Form):
    """Why it is called off; everybody who signed up reads this."""

    reason = forms.CharField(
        label=_("取消的原因"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("会原样发给每一位报名的人，也会显示在项目页上。"),
        error_messages={"required": _("请写明取消的原因，它会发给每一位报名的人。")},
    )
