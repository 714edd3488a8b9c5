"""What an operator may do to a site beside editing its names: each a page with a form and a verb behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.domain import archive_tenant, delete_tenant, pause_tenant, reopen_tenant
from tenants.enums import TenantState
from tenants.models import Tenant
from tenants.operators.forms import ReasonForm, TypedNameForm


@dataclass(frozen=True, slots=True)
class Action:
    """`states` are those in which it is offered."""

    name: str
    label: str | Promise
    explanation: str | Promise
    form: type[forms.Form]
    run: Callable[[Tenant, dict[str, Any]], object]
    states: frozenset[str]


ACTIONS = {
    action.name: action
    for action in (
        Action(
            "pause",
            _("暂停站点"),
            _("来访的人看到“暂停服务”和您写的原因。数据不动，随时可以恢复。"),
            ReasonForm,
            lambda tenant, data: pause_tenant(tenant, reason=data["reason"]),
            frozenset({TenantState.ACTIVE}),
        ),
        Action(
            "reopen",
            _("恢复站点"),
            _("站点马上对外开放。"),
            forms.Form,
            lambda tenant, data: reopen_tenant(tenant),
            frozenset({TenantState.PAUSED, TenantState.ARCHIVED}),
        ),
        Action(
            "archive",
            _("归档站点"),
            _("来访的人看到“站点已经关闭”。数据全部保留，定时任务不再运行。"),
            ReasonForm,
            lambda tenant, data: archive_tenant(tenant, reason=data["reason"]),
            frozenset({TenantState.PAUSED}),
        ),
        Action(
            "delete",
            _("彻底删除站点"),
            _("数据、文件、域名和排队中的任务全部删除，不能找回。请先用 backup_tenant 命令做好备份。"),
            TypedNameForm,
            lambda tenant, data: delete_tenant(tenant, typed_name=data["typed_name"]),
            frozenset({TenantState.PAUSED, TenantState.ARCHIVED}),
        ),
    )
}


def offered(tenant: Tenant) -> list[Action]:
    """The actions that the site's state allows; none for the platform itself."""
    return [] if tenant.is_public else [action for action in ACTIONS.values() if tenant.state in action.states]
