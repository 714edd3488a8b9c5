"""What officers are asked before a star or a round is decided for good."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.confirming import NAMED, Question, named
from portal.core.queries import rules
from portal.honours import queries
from portal.honours.enums import RoundState, StarState
from portal.honours.models import Entry, Round, StarApplication
from portal.volunteers.domain.minutes import hours

Data = dict[str, Any]


def dropping(award: Round, by: Any, data: Data) -> Question | None:
    """The list of names goes, and nobody gets anything."""
    if not award.is_draft:
        return None
    left_out = queries.progress_of(award).left_out
    names, count = _chosen(award)
    text = _("名单整个删除：选中的%(chosen)s个，没有列入的%(left_out)s个。谁也不会得到证书，也不会收到通知。")
    return Question(
        title=_("“%(title)s”不办了") % {"title": award.title},
        happens=(
            text % {"chosen": count, "left_out": left_out},
            _("删除后不能恢复。以后要办，只能新建一批、重新选人。"),
            *_heading(names, _("选中的是：")),
        ),
        names=names,
        button=_("不办了，删除名单"),
        back=_round(award),
        state=_everybody(award),
    )


def issuing(award: Round, by: Any, data: Data) -> Question | None:
    """As the second person."""
    if award.state != RoundState.PROPOSED or award.proposed_by_id == by.pk or queries.has_entry_of(award, by):
        return None
    return _issuing(award)


def proposing(award: Round, by: Any, data: Data) -> Question | None:
    """As the first of two, or alone where the site does without a second person."""
    if not award.is_draft or queries.has_entry_of(award, by):
        return None
    return _proposing(award) if rules().award_second_person else _issuing(award)


def _proposing(award: Round) -> Question | None:
    names, count = _chosen(award)
    if not count:
        return None
    words = {"title": award.title, "count": count}
    text = ngettext(
        "按“%(title)s”提请颁发%(count)s张证书，通知其他主管来批准。",
        "按“%(title)s”提请颁发%(count)s张证书，通知其他主管来批准。",
        count,
    )
    return Question(
        title=_("提交批准：%(title)s") % words,
        happens=(
            text % words,
            _("提交后名单不能再改；要改的，请批准的人先退回。批准后马上颁发，不能撤回。"),
            *_heading(names, _("颁发给：")),
        ),
        names=names,
        button=ngettext("提交%(count)s张", "提交%(count)s张", count) % words,
        back=_round(award),
        serious=False,
        state=_everybody(award),
    )


def _issuing(award: Round) -> Question | None:
    names, count = _chosen(award)
    if not count:
        return None
    words = {"title": award.title, "count": count}
    text = ngettext(
        "按“%(title)s”颁发%(count)s张证书，每张取一个编号。",
        "按“%(title)s”颁发%(count)s张证书，每张取一个编号。",
        count,
    )
    return Question(
        title=_("颁发证书：%(title)s") % words,
        happens=(
            text % words,
            _("证书马上在后台制作。制作前逐个再核对，到时不够条件的不发；做好一张，通知一个。"),
            _("开始后不能撤回，名单也不能再改。发错了的，只能一张一张撤销。"),
            *_heading(names, _("颁发给：")),
        ),
        names=names,
        button=ngettext("颁发%(count)s张", "颁发%(count)s张", count) % words,
        back=_round(award),
        state=_everybody(award),
    )


def awarding(application: StarApplication, by: Any, data: Data) -> Question | None:
    """As the second person."""
    if application.state != StarState.PROPOSED or application.proposed_by_id == by.pk or not _open_to(application, by):
        return None
    return _awarding(application)


def awarding_alone(application: StarApplication, by: Any, data: Data) -> Question | None:
    """Where the site does without a second person."""
    if rules().award_second_person or not application.is_due or not _open_to(application, by):
        return None
    return _awarding(application)


def refusing(application: StarApplication, by: Any, data: Data) -> Question | None:
    """The application ends, and the volunteer reads why."""
    return _refusing(application, data["note"]) if _open_to(application, by) else None


def settling(application: StarApplication, by: Any, data: Data) -> Question | None:
    """An objection that is upheld refuses the star."""
    upheld = data["upheld"] == "yes" and application.state == StarState.OBJECTED
    return _refusing(application, data["answer"]) if upheld and _open_to(application, by) else None


def _awarding(application: StarApplication) -> Question:
    words = _star(application)
    return Question(
        title=_("评定：%(who)s，%(star)s") % words,
        happens=(
            _("%(who)s评定为%(star)s，申请时已确认%(hours)s小时。取一个编号，马上制作证书，并通知本人。") % words,
            _("评定后不能改回。以后发现有误，只能撤销证书。"),
        ),
        button=_("评定，制作证书"),
        back=reverse("honours_staff:star", args=[application.pk]),
    )


def _refusing(application: StarApplication, note: str) -> Question:
    words = {**_star(application), "note": note}
    return Question(
        title=_("不予评定：%(who)s，%(star)s") % words,
        happens=(
            _("%(who)s的%(star)s申请就此结束，公示撤下，马上通知本人。本人看到的原因：%(note)s") % words,
            _("决定后不能改回。情况变了，本人可以重新申请，重新公示。"),
        ),
        button=_("不予评定，通知本人"),
        back=reverse("honours_staff:star", args=[application.pk]),
    )


def _open_to(application: StarApplication, by: Any) -> bool:
    return application.is_open and application.applied_by_id != by.pk


def _star(application: StarApplication) -> dict[str, object]:
    return {
        "who": application.volunteer,
        "star": application.star,
        "hours": hours(application.minutes),
    }


def _chosen(award: Round) -> tuple[tuple[str, ...], int]:
    """Persons masked, with their numbers, as on the list."""
    entries = queries.entries_of(award, out=False)
    count = entries.count()
    return named(map(_holder, entries[:NAMED]), of=count), count


def _everybody(award: Round) -> str:
    """Also those who are not named one by one: somebody else in the place of one is another list."""
    chosen = queries.entries_of(award, out=False).values_list("volunteer", "organisation").order_by("pk")
    return str(list(chosen))


def _holder(entry: Entry) -> str:
    return str(entry.volunteer or entry.organisation)


def _heading(names: tuple[str, ...], text: str) -> tuple[str, ...]:
    return (text,) if names else ()


def _round(award: Round) -> str:
    return reverse("honours_staff:round", args=[award.pk])
