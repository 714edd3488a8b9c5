"""What the log of certificates tells, in words: each detail of each event, and who it was."""

from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from certificates.enums import CheckedOn, Form, Ground, Kind, RevocationState, Way
from certificates.models import Certificate, LogEntry
from portal.accounts.models import User
from portal.organisations.enums import OrganisationKind

_SHOWN = 12
"""Characters of a digest; the export has all of it."""


def _label(choices: Any) -> Callable[[Any], str]:
    return lambda value: str(choices(value).label) if value in choices.values else str(_("其他"))


def _short(value: Any) -> str:
    return f"{str(value)[:_SHOWN]}…"


def _yes(text: Any, no: Any = "") -> Callable[[Any], str]:
    return lambda value: str(text if value else no)


#: (what it is called, what it says), in the order in which they stand.
WORDS: dict[str, tuple[Any, Callable[[Any], str]]] = {
    "body": (_("代为申请的单位"), _label(OrganisationKind)),
    "kind": (_("种类"), _label(Kind)),
    "replaces": (_("换发自"), str),
    "newer": (_("换成"), str),
    "ground": (_("撤销事由"), _label(Ground)),
    "outcome": (_("撤销结果"), _label(RevocationState)),
    "alone": (_("第二人"), _yes(_("本站不要求"), _("已确认"))),
    "way": (_("怎么取的"), _label(Way)),
    "form": (_("形式"), _label(Form)),
    "asked": (_("核验编号"), str),
    "found": (_("查到"), str),
    "host": (_("在哪里"), _label(CheckedOn)),
    "days": (_("链接有效天数"), str),
    "sealed_by": (_("签章用的密钥"), _short),
    "signed_by": (_("凭证用的密钥"), _short),
    "key_ended": (_("签章情况"), _yes(_("密钥已过期，没有签章"))),
    "sha256": (_("文件摘要"), _short),
    "before_the_log": (_("补记"), _yes(_("有日志以前的事"))),
}


def told(entry: LogEntry) -> str:
    """种类：志愿服务记录证明；文件摘要：9f86d081884c…."""
    found = [(name, entry.detail[name]) for name in WORDS if entry.detail.get(name) not in (None, "")]
    parts = [(WORDS[name][0], WORDS[name][1](value)) for name, value in found]
    colon, stop = str(_("：")), str(_("；"))
    return stop.join(f"{label}{colon}{value}" for label, value in parts if value)


def who(entry: Any) -> str:
    """工作人员 王海; the name of an account as officers see it elsewhere, of an entry that came `with_names`."""
    actor = str(entry.get_actor_display())
    if entry.account is None:
        return actor
    return f"{actor} {entry.account_name or _('（账号已不在）')}"


def with_names(entries: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
    """With `account_name`, and with `certificate_pk` of what each is about; in the same query."""
    name = Coalesce(NullIf("name", Value("")), "username", output_field=TextField())
    people = User.objects.filter(pk=OuterRef("account")).values(shown=name)
    sheets = Certificate.objects.filter(number=OuterRef("number")).values("pk")
    return entries.annotate(account_name=Subquery(people), certificate_pk=Subquery(sheets))
