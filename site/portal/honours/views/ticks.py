"""Ticks of a page of a round's list: what its officer changed is saved with whatever button leads on, and said."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from portal.core.errors import DomainError
from portal.honours import domain
from portal.honours.domain.rounds import Ticked
from portal.honours.models import Round


def save(request: HttpRequest, found: Round) -> bool:
    """Whether what was changed on the page stands now; it is said how much, or that it does not and why.

    `was` names those whose box was ticked when the page was shown: what another officer changed since is no wish of
    this one.
    """
    was, ticked = (_numbers(request, name) for name in ("was", "ticked"))
    out, back = was - ticked, ticked - was
    if not out and not back:
        if request.POST["act"] == "tick":
            messages.success(request, _("这一页没有改动。"))
        return True
    try:
        done = domain.tick(found, out=out, back=back, by=request.user)
    except DomainError as refusal:
        messages.error(request, " ".join([*refusal.messages, _lost(len(out) + len(back))]))
        return False
    _tell(request, done)
    return True


def _tell(request: HttpRequest, done: Ticked) -> None:
    if done == Ticked(0, 0, 0):
        messages.success(request, _("名单已经是这样了。"))
    if done.out:
        text = ngettext("已存下：去掉%(count)s个。", "已存下：去掉%(count)s个。", done.out)
        messages.success(request, text % {"count": done.out})
    if done.back:
        text = ngettext("已存下：选回%(count)s个。", "已存下：选回%(count)s个。", done.back)
        messages.success(request, text % {"count": done.back})
    if done.missed:
        text = ngettext(
            "名单重新生成过，%(count)s个没有存下：现在不能列入，或不在名单里了。",
            "名单重新生成过，%(count)s个没有存下：现在不能列入，或不在名单里了。",
            done.missed,
        )
        messages.warning(request, text % {"count": done.missed})


def _lost(count: int) -> str:
    text = ngettext("这一页改的%(count)s处没有存下。", "这一页改的%(count)s处没有存下。", count)
    return text % {"count": count}


def _numbers(request: HttpRequest, name: str) -> set[int]:
    texts = request.POST.getlist(name)
    return {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19}
