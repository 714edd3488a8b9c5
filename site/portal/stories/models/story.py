"""A typical case (典型案例): people, place, project, pictures, and the consents on which it stands."""

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from portal.core.models import BasePage
from portal.stories import rules
from portal.stories.blocks import StoryBody
from portal.stories.forms import StoryForm
from portal.stories.models.consent import Consent, ConsentUse
from portal.stories.panels import STORY


class StoryPage(BasePage):
    """Published only while every consent it needs holds; on the day after the last one ends nobody sees it any more."""

    template = "stories/story.html"
    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types: list[str] = []

    date = models.DateField(_("日期"), default=timezone.localdate, help_text=_("案例写成的日期。"))
    brand = models.ForeignKey(
        "core.Brand", models.SET_NULL, null=True, blank=True, related_name="stories", verbose_name=_("品牌")
    )
    # Null in drafts alone: asked for when the story is handed in or published, as everything required is.
    division = models.ForeignKey(
        "core.Division", models.PROTECT, null=True, related_name="stories", verbose_name=_("所在区划")
    )
    venue = models.CharField(_("地点"), max_length=60, blank=True, help_text=_("如 示例第一养老院。不写门牌。"))
    project = models.ForeignKey(
        "projects.Project",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("志愿服务项目"),
    )
    picture_caption = models.CharField(_("题图图注"), max_length=120, blank=True)
    picture_nobody = models.BooleanField(
        _("题图里没有认得出的人"), default=False, help_text=_("手、背影、房间、街道。有认得出的人就不要勾，选同意书。")
    )
    picture_consents: Any = ParentalManyToManyField(
        "stories.Consent", blank=True, related_name="+", verbose_name=_("题图里的人的同意书")
    )
    body = StreamField(StoryBody(), verbose_name=_("正文"), blank=True)
    contributor = models.CharField(_("供稿"), max_length=40, blank=True)
    editor = models.CharField(_("编辑"), max_length=20, blank=True)
    first_reviewer = models.CharField(_("初审"), max_length=20, blank=True)
    second_reviewer = models.CharField(_("复审"), max_length=20, blank=True)
    final_reviewer = models.CharField(_("终审"), max_length=20, blank=True)

    content_panels = [*Page.content_panels, *STORY]
    base_form_class = StoryForm
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("典型案例")
        verbose_name_plural = _("典型案例")
        indexes = [models.Index(fields=["-date"], name="storypage_date")]

    def permissions_for_user(self, user: Any) -> Any:
        from portal.stories.permissions import StoryPermissions

        return StoryPermissions(user, self)

    def publish(self, revision: Any, user: Any = None, **options: Any) -> Any:
        """Approval ends here too, where Wagtail would only say that something is not allowed."""
        if user is not None and rules.is_own(user, self):
            raise rules.SelfApproval(_("自己写的案例不能自己审，请另一位审核人员来通过。"))
        return super().publish(revision, user=user, **options)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse to stand on the site without the consents it needs; whichever way it got here."""
        if kwargs.get("update_fields") is not None:
            return super().save(*args, **kwargs)
        if not self.live:
            return super().save(*args, **kwargs)
        if missing := rules.lacking(self, on=timezone.localdate()):
            raise rules.ConsentMissing("\n".join(missing), code="consent_missing")
        with transaction.atomic():
            saved = super().save(*args, **kwargs)
            self._note_consents()
        return saved

    def _note_consents(self) -> None:
        """Write down on which consents the published text stands, for the clock."""
        needed = rules.consents_of(self)
        ConsentUse.objects.filter(story=self).exclude(consent__in=needed).delete()
        ConsentUse.objects.bulk_create(
            [ConsentUse(story=self, consent=consent) for consent in needed], ignore_conflicts=True
        )

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not getattr(request, "is_preview", False) and self.consents_ended(timezone.localdate()):
            raise Http404("A consent has ended.")
        return super().serve(request, *args, **kwargs)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return [] if self.consents_ended(timezone.localdate()) else super().get_sitemap_urls(request)

    def consents_ended(self, today: dt.date) -> bool:
        """Whether one of the consents does not hold today; one query."""
        return self.consent_uses.filter(Consent.not_holding(today, "consent__")).exists()

    @property
    def credits(self) -> list[tuple[Any, str]]:
        """Who answers for the text: pairs of role and name, only those given."""
        names = ("contributor", "editor", "first_reviewer", "second_reviewer", "final_reviewer")
        pairs = [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in names]
        return [(label, name) for label, name in pairs if name]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.stories.page import story_context

        return {
            **super().get_context(request, *args, **kwargs),
            **story_context(self, preview=bool(getattr(request, "is_preview", False))),
        }
