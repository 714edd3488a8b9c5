"""Bodies that take part in a tenant's volunteering, and who belongs to them."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.organisations.enums import MemberRole, OrganisationKind
from portal.organisations.uscc import normal_uscc, validate_uscc


class Organisation(models.Model):
    """A volunteer team, social organisation, school, care home, community … of this tenant."""

    name = models.CharField(_("名称"), max_length=80, unique=True)
    kind = models.CharField(_("类别"), max_length=24, choices=OrganisationKind.choices)
    uscc = models.CharField(
        _("统一社会信用代码"),
        max_length=18,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_uscc],
        help_text=_("18位。没有登记的队伍可以不填。"),
    )
    division = models.ForeignKey(
        "core.Division", models.PROTECT, related_name="organisations", verbose_name=_("所在区划")
    )
    address = models.CharField(_("办公地址"), max_length=120, blank=True)
    contact_name = models.CharField(_("联系人"), max_length=40, blank=True)
    phone = models.CharField(
        _("办公电话"),
        max_length=30,
        blank=True,
        validators=[RegexValidator(r"^[0-9+() -]{5,30}$", _("电话只写数字、空格和“- + ( )”，如 022-23119999。"))],
        help_text=_("公开的办公电话，不要填个人手机号。"),
    )
    is_active = models.BooleanField(_("参与中"), default=True, help_text=_("停用后不能再发起项目，记录仍保留。"))
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("组织")
        verbose_name_plural = _("组织")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(uscc__isnull=True) | models.Q(uscc__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"),
                name="organisation_uscc",
                violation_error_message=_("统一社会信用代码的写法不对。"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        # In one form whatever it is worth: the field's validator has judged it already.
        self.uscc = normal_uscc(self.uscc or "") or None


class Membership(models.Model):
    """One person's place in one organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships", verbose_name=_("组织"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("人员")
    )
    role = models.CharField(_("身份"), max_length=10, choices=MemberRole.choices, default=MemberRole.MEMBER)
    joined_at = models.DateTimeField(_("加入时间"), auto_now_add=True)
    class_name = models.CharField(_("班级"), max_length=40, blank=True, default="", help_text=_("学校的成员才有"))
    certificates_allowed_at = models.DateTimeField(_("同意下载证书于"), null=True, blank=True, editable=False)
    asking_allowed_at = models.DateTimeField(_("同意代为申请证明于"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("成员")
        verbose_name_plural = _("成员")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="membership_once"),
            models.CheckConstraint(condition=models.Q(role__in=MemberRole.values), name="membership_role"),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "class_name"], condition=~models.Q(class_name=""), name="membership_class"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"
