"""People and the log of disclosures in Wagtail's admin."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, BulkActionsCheckboxColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.boolean_radio_select import BooleanRadioSelect
from wagtail.admin.widgets.button import Button
from wagtail.users.views import users as stock

from portal.accounts.admin_forms import KnownPersonForm, NewPersonForm
from portal.accounts.backends import mobile_digest
from portal.accounts.disclosable import label_of
from portal.accounts.models import Disclosure, User
from portal.accounts.roles import Role
from portal.core.admin_words import FindsWords, words_q
from portal.core.masking import mask_mobile
from portal.core.mobiles import is_mobile


class PeopleFilterSet(WagtailFilterSet):
    is_active = django_filters.BooleanFilter(label=_("使用中"), widget=BooleanRadioSelect)
    role = django_filters.MultipleChoiceFilter(
        label=_("角色"), field_name="groups__name", choices=Role.choices, widget=CheckboxSelectMultiple, distinct=True
    )
    last_login = django_filters.DateFromToRangeFilter(label=_("最近登录"), widget=DateRangePickerWidget)

    def __init__(self, *args: Any, is_searching: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    class Meta:
        model = User
        fields: list[str] = []


class PeopleIndex(stock.IndexView):
    """Mobile numbers masked; a whole number typed into the search finds its owner by digest."""

    @cached_property
    def columns(self) -> list[Any]:
        title = self._get_title_column_class(TitleColumn)
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            title("name", label=_("姓名"), sort_key="name", get_url=self.get_edit_url, classname="name"),
            Column("username", label=_("用户名"), sort_key="username"),
            Column("mobile", label=_("手机号"), accessor=lambda user: mask_mobile(user.mobile)),
            Column("roles", label=_("角色"), accessor=roles_text),
            BooleanColumn("is_active", label=_("使用中"), sort_key="is_active"),
            DateColumn("last_login", label=_("最近登录"), sort_key="last_login"),
        ]

    def get_base_queryset(self) -> QuerySet[User]:
        return User.objects.prefetch_related("groups")

    def order_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.order_by(self.ordering) if isinstance(self.ordering, str) else queryset

    def search_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        if not self.is_searching:
            return queryset
        words = self.search_query
        found = words_q(words, ["name", "username"]) | Q(email__iexact=words)
        if is_mobile(words):
            found |= Q(mobile_digest=mobile_digest(words))
        return queryset.filter(found)

    def get_list_more_buttons(self, user: User) -> list[Any]:
        if not _may_touch(self.request.user, user):
            return []
        links = [
            (_("查看个人信息"), "people_disclose", "view"),
            (_("寄设密码的链接"), "people_reset_link", "mail"),
            (_("清除第二步验证"), "people_forget_phone", "key"),
        ]
        extra = [Button(label, url=reverse(name, args=[user.pk]), icon_name=icon) for label, name, icon in links]
        return [*super().get_list_more_buttons(user), *extra]


class NewPerson(stock.CreateView):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}


class KnownPerson(stock.EditView):
    """Nobody but a superuser touches a superuser: a changed mail address would be the way to their password."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _may_touch(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}


class PeopleViewSet(stock.UserViewSet):
    menu_label = _("用户")
    copy_view_enabled = False
    index_view_class = PeopleIndex
    add_view_class = NewPerson
    edit_view_class = KnownPerson
    filterset_class = PeopleFilterSet
    create_template_name = "wagtailadmin/generic/form.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return KnownPersonForm if for_update else NewPersonForm


class DisclosureFilterSet(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label=_("时间"), widget=DateRangePickerWidget)

    class Meta:
        model = Disclosure
        fields = ["by"]


class DisclosureIndex(FindsWords, IndexView):
    def get_base_queryset(self) -> QuerySet[Disclosure]:
        return Disclosure.objects.select_related("by", "subject")


class DisclosureViewSet(ModelViewSet):
    """Who saw whose data, and what for."""

    model = Disclosure
    icon = "view"
    menu_label = _("个人信息查看记录")
    add_to_settings_menu = True
    add_to_reference_index = False
    index_view_class = DisclosureIndex
    filterset_class = DisclosureFilterSet
    form_fields = ["purpose"]
    search_fields = ["purpose", "by__name"]
    ordering = "-pk"
    list_display = [
        DateColumn("at", label=_("时间")),
        Column("by", label=_("查看人")),
        Column("subject", label=_("被查看人")),
        Column("field", label=_("内容"), accessor=lambda row: label_of(row.field)),
        Column("purpose", label=_("用途")),
        Column("ip", label=_("IP地址")),
    ]


def roles_text(user: User) -> str:
    """The Chinese names of a person's roles, from groups that are fetched already."""
    names = {group.name for group in user.groups.all()}
    return "、".join(str(label) for value, label in Role.choices if value in names)


def _may_touch(officer: Any, user: User) -> bool:
    return bool(officer.is_superuser or not user.is_superuser)
