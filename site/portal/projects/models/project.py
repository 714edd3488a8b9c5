"""A volunteer project: drafted, reviewed and published like a page, moved by rules like a record."""

from datetime import datetime
from html import unescape
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from portal.core.enums import Participation, Recipient, ServiceKind
from portal.core.models import Located, position_constraint
from portal.projects import revisions
from portal.projects.enums import ProjectState
from search import listings

#: Written by the verbs in `domain` alone: a revision that is published or restored never touches them.
OWNED_BY_VERBS = ("number", "state", "cancelled_at", "cancelled_reason")


def _choices(label: Any, choices: type[models.TextChoices], **options: Any) -> ArrayField:
    return ArrayField(models.CharField(max_length=20, choices=choices.choices), verbose_name=label, **options)


class Project(
    Located, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel
):
    """What an organisation asks volunteers to come and do (志愿服务项目)."""

    number = models.CharField(_("编号"), max_length=24, unique=True, editable=False)
    title = models.CharField(_("名称"), max_length=60)
    summary = models.CharField(_("简介"), max_length=200, help_text=_("两三句话：去哪里，做什么，为了谁。"))
    body = RichTextField(
        _("到了做什么"), blank=True, features=["h3", "bold", "ol", "ul", "link"], help_text=_("步骤和要记住的事。")
    )
    brand = models.ForeignKey("core.Brand", models.SET_NULL, null=True, blank=True, verbose_name=_("品牌"))
    service_kinds = _choices(_("服务内容"), ServiceKind)
    recipients = _choices(_("服务对象"), Recipient)
    participation = _choices(_("谁可以来"), Participation)
    division = models.ForeignKey("core.Division", models.PROTECT, verbose_name=_("所在区划"))
    venue = models.CharField(
        _("集合地点"),
        max_length=60,
        help_text=_("地点的名称，如 甲社区服务站；会写进服务记录和证明。怎么集合写在“到了做什么”里。"),
    )
    address = models.CharField(_("地址"), max_length=120, blank=True)
    step_free = models.BooleanField(_("无台阶、轮椅可到"), default=False)
    organiser = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="projects", verbose_name=_("主办组织")
    )
    in_charge = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="projects_in_charge",
        verbose_name=_("负责人"),
        help_text=_("点名、记时长的人；应是主办组织的成员或工作人员。"),
    )
    contact_name = models.CharField(
        _("对外联系人"), max_length=30, blank=True, help_text=_("公开显示的称呼，如 甲社区助老员。")
    )
    contact_phone = models.CharField(
        _("办公电话"), max_length=20, blank=True, help_text=_("公开显示；请填办公电话，不要填个人手机号。")
    )
    min_age = models.PositiveSmallIntegerField(_("最低年龄"), null=True, blank=True, validators=[MaxValueValidator(99)])
    max_age = models.PositiveSmallIntegerField(
        _("最高年龄"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    guardian_required = models.BooleanField(_("未成年人须由监护人同行"), default=False)
    skills = models.CharField(_("需要的技能"), max_length=100, blank=True, help_text=_("如 会说天津话、护理员证"))
    who_note = models.CharField(
        _("谁能来（一句话）"), max_length=40, blank=True, help_text=_("显示在列表里，如 60至70岁优先。")
    )
    is_paid = models.BooleanField(
        _("有报酬"),
        default=False,
        help_text=_("给报酬或劳务费的活动可以发布，但不记志愿服务时长（民政部令第67号）。"),
    )
    insurance = models.CharField(_("保险"), max_length=40, blank=True, help_text=_("如 组织方统一购买"))

    state = models.CharField(
        _("状态"), max_length=10, choices=ProjectState.choices, default=ProjectState.DRAFT, editable=False
    )
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, editable=False)
    cancelled_reason = models.CharField(_("取消原因"), max_length=200, blank=True, editable=False)
    words = models.TextField(editable=False, default="")
    created_at = models.DateTimeField(_("建立时间"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("志愿服务项目")
        verbose_name_plural = _("志愿服务项目")
        ordering = ["-pk"]
        indexes = [
            # What the list counts, read from the index alone: half the time of reading the long rows.
            models.Index(
                fields=["id"],
                include=["service_kinds", "participation", "division", "brand", "step_free", "live", "state"],
                condition=Q(live=True) & ~Q(state="cancelled"),
                name="project_facets",
            )
        ]
        constraints = [
            position_constraint("project_position"),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(cancelled_reason=""), name="project_cancelled"),
            models.CheckConstraint(
                condition=Q(min_age=None) | Q(max_age=None) | Q(min_age__lte=F("max_age")), name="project_ages"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projects:detail", args=[self.number])

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "projects/project.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """The public page with the shifts as they stand in the form."""
        from portal.projects.detail import ProjectPage

        shifts = sorted(self.shifts.all(), key=lambda shift: shift.starts_at)
        page = ProjectPage(self, shifts, timezone.now(), preview=True)
        return {**super().get_preview_context(request, mode_name), "project": self, "page": page}

    @property
    def status_label(self) -> str:
        """The words for `status`, which queries add, or for the stored state."""
        return str(ProjectState(getattr(self, "status", self.state)).label)

    @property
    def service_place(self) -> str:
        """Where the service was, as records and certificates have it (令67号: 服务地点)."""
        return " ".join(filter(None, [self.address, self.venue]))

    @property
    def is_cancelled(self) -> bool:
        return self.state == ProjectState.CANCELLED

    def save(self, **kwargs: Any) -> None:
        """Give a new project its number; leave what verbs own alone in an old one."""
        if kwargs.get("update_fields") is None:
            self._sort_choices()
            self.words = _plain(self.title, self.summary, self.body, self.venue, self.skills)
            if self._state.adding:
                self._take_number()
                kwargs["force_insert"] = True
            else:
                kwargs["update_fields"] = [
                    *(f.name for f in self._meta.concrete_fields if not f.primary_key and f.name not in OWNED_BY_VERBS),
                    "shifts",
                ]
        super().save(**kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "Project":
        """A version of this project: its text from `content`, everything that verbs own as it is now."""
        version: Project = super().with_content_json(revisions.mend_references(self, content))
        revisions.take_what_verbs_own(version, OWNED_BY_VERBS)
        revisions.fit_shifts(version)
        return version

    @transaction.atomic
    def publish(self, revision: Any, user: Any = None, **options: Any) -> None:
        """Every way of publishing comes through here: editor, workflow, schedule, verb."""
        from portal.projects.domain.publication import after_publication, locked_shifts

        before = locked_shifts(self)
        with listings.collecting():
            super().publish(revision, user=user, **options)
            after_publication(self, before=before, by=user)

    @transaction.atomic
    def unpublish(self, *args: Any, **options: Any) -> None:
        """Refused while somebody is signed up."""
        from portal.projects.domain.publication import before_unpublication

        before_unpublication(self)
        super().unpublish(*args, **options)

    def _sort_choices(self) -> None:
        """In the order of the vocabulary, each once: equal sets are equal arrays, and counts group them."""
        for name, choices in (
            ("service_kinds", ServiceKind),
            ("recipients", Recipient),
            ("participation", Participation),
        ):
            chosen = set(getattr(self, name) or ())
            setattr(self, name, [value for value in choices.values if value in chosen])

    def _take_number(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [self._meta.db_table])
            serial = cursor.fetchone()[0]
        self.pk = serial
        self.number = f"{connection.tenant.division_code}-{_year(self.created_at)}-{serial:04d}"


def _year(moment: datetime) -> int:
    return timezone.localtime(moment).year


def _plain(*texts: str) -> str:
    """Lower-case text without tags, one field a line: what a search looks through."""
    return "\n".join(unescape(strip_tags(text.replace("><", "> <"))) for text in texts if text).lower()
