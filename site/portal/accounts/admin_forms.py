"""Forms with which officers keep the people of their site."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.backends import mobile_digest
from portal.accounts.disclosable import choices_for
from portal.accounts.domain import set_roles
from portal.accounts.models import User
from portal.accounts.roles import Role, has_role
from portal.accounts.tasks import mail_reset_link
from portal.core.masking import mask_mobile
from portal.core.mobiles import clean_mobile, is_mobile


class RoleField(forms.ModelMultipleChoiceField):
    """The groups that are roles, by their Chinese names."""

    def __init__(self, **options: Any) -> None:
        options = {"label": _("角色"), "required": False, "widget": forms.CheckboxSelectMultiple, **options}
        super().__init__(Group.objects.filter(name__in=Role.values).order_by("pk"), **options)

    def label_from_instance(self, group: Group) -> str:
        return str(Role(group.name).label)


class PersonForm(forms.ModelForm):
    """What new and known people have in common. No password: nobody but its owner ever knows one."""

    mobile = forms.CharField(label=_("手机号"), required=False, max_length=20)
    groups = RoleField()

    class Meta:
        model = User
        fields = ["username", "name", "email", "mobile", "groups"]
        labels = {"username": _("用户名"), "email": _("邮箱")}
        help_texts = {"username": _("登录用，字母、数字和 @ . + - _ 。")}

    def __init__(self, *args: Any, by: User, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.initial.pop("mobile", None)
        if editing_self:
            self.fields.pop("groups", None)
            self.fields.pop("is_active", None)

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"])
        if is_mobile(username):
            raise ValidationError(_("用户名不要用手机号：手机号填在下面，也能登录。"), code="mobile")
        return username

    def clean_mobile(self) -> str:
        typed = self.cleaned_data["mobile"]
        if not typed:
            return str(self.instance.mobile)
        number = clean_mobile(typed)
        if User.objects.filter(mobile_digest=mobile_digest(number)).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("这个手机号已经是别人的。请核对，或先把那个账号的号码改掉。"), code="unique")
        return number

    def _save_m2m(self) -> None:
        if "groups" in self.changed_data:
            set_roles(self.instance, [group.name for group in self.cleaned_data["groups"]], by=self.by)


class NewPersonForm(PersonForm):
    """The person gets a link with which to set a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["email"].help_text = gettext("设密码的链接寄到这里，3天内有效。")

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        user: User = super().save(commit)
        mail_reset_link.enqueue(user.pk)
        return user


class KnownPersonForm(PersonForm):
    """The number on record is shown masked; an empty field leaves it as it is."""

    class Meta(PersonForm.Meta):
        fields = [*PersonForm.Meta.fields, "is_active"]
        help_texts = {**PersonForm.Meta.help_texts, "is_active": _("停用后不能登录，做过的事仍然保留。")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_role(self.instance, Role.VOLUNTEER):
            # Hours and certificates stand under it: put right where the reason is asked for and kept.
            self.fields["name"].disabled = True
            self.fields["name"].help_text = gettext("志愿者的姓名在“志愿者”名单里更正，要写原因，本人会收到通知。")
        if self.instance.mobile:
            text = gettext("现在登记的是%(mobile)s。要换就填新号码，不换就留空。")
            self.fields["mobile"].help_text = text % {"mobile": mask_mobile(self.instance.mobile)}


class DiscloseForm(forms.Form):
    """Which datum, and why."""

    field = forms.ChoiceField(label=_("要看的内容"))
    purpose = forms.CharField(
        label=_("用途"),
        min_length=4,
        max_length=200,
        help_text=_("写明为什么要看，如“10月23日班次临时改地点，打电话通知本人”。这次查看会留下记录，不能删改。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, subject: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = choices_for(subject)
