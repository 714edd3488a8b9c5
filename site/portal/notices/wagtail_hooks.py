"""Notices that reached nobody yet, in Wagtail's admin: officers see why and send them again."""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from portal.core.admin_words import FindsWords
from portal.core.confirming import Question, ask
from portal.core.errors import DomainError
from portal.core.masking import mask_email, mask_mobile
from portal.notices.domain import resend
from portal.notices.enums import Channel, DeliveryState
from portal.notices.models import Notice
from portal.notices.queries import undelivered_notices

#: Words are looked for in every language: who searches reads one, and may have been told of another.
_OTHERS = [language for language, _name in settings.LANGUAGES if language != settings.LANGUAGE_CODE]


class NoticeFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("发送情况"),
        choices=[(state.value, state.label) for state in (DeliveryState.FAILED, DeliveryState.WAITING)],
    )

    class Meta:
        model = Notice
        fields = ["channel"]


class NoticeIndex(FindsWords, IndexView):
    """Subjects and reasons, never the text: that is between the site and the person."""

    def get_base_queryset(self) -> QuerySet[Notice]:
        return undelivered_notices()

    def get_list_more_buttons(self, instance: Notice) -> list[Any]:
        if instance.state != DeliveryState.FAILED or not self.request.user.has_perm("notices.resend_notice"):
            return []
        return [Button(_("重发"), url=reverse("notice_resend", args=[instance.pk]), icon_name="mail")]


class NoticeViewSet(ModelViewSet):
    model = Notice
    icon = "mail"
    menu_label = _("未送达的通知")
    menu_name = "undelivered"
    menu_order = 900
    add_to_admin_menu = True
    add_to_reference_index = False
    index_view_class = NoticeIndex
    filterset_class = NoticeFilterSet
    form_fields = ["subject"]
    search_fields = ["subject", *(f"translations__{language}__subject" for language in _OTHERS)]
    ordering = "-pk"
    list_display = [
        "subject",
        Column("user", label=_("收件人")),
        Column("address", label=_("地址"), accessor=lambda notice: _masked_address(notice)),
        Column("state", label=_("发送情况"), accessor="get_state_display", sort_key="state"),
        Column("attempts", label=_("发送次数")),
        Column("last_error", label=_("上次失败的原因")),
        DateColumn("created_at", label=_("时间"), sort_key="pk"),
    ]


def _masked_address(notice: Notice) -> str:
    return mask_email(notice.user.email) if notice.channel == Channel.MAIL else mask_mobile(notice.user.mobile)


@permission_required("notices.resend_notice")
@require_http_methods(["GET", "POST"])
def resend_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once, then queues the notice anew."""
    notice = get_object_or_404(Notice.objects.select_related("user"), pk=pk)
    if request.method == "POST":
        try:
            resend(notice, by=request.user)
        except DomainError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, gettext("“%(subject)s”正在重发。") % {"subject": notice})
        return redirect("notices_admin:index")
    text = gettext("把“%(subject)s”再发给%(person)s一次。") % {"subject": notice, "person": notice.user}
    back = reverse("notices_admin:index")
    return ask(
        request,
        Question(
            title=gettext("重发通知"), happens=(text,), button=gettext("重发"), back=back, serious=False, icon="mail"
        ),
    )


@hooks.register("register_admin_viewset")
def viewset() -> NoticeViewSet:
    return NoticeViewSet("notices_admin", url_prefix="notices")


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [path("notices/<int:pk>/resend/", resend_view, name="notice_resend")]
