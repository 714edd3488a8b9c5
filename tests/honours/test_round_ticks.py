"""What an officer ticks on the list of a round is saved with whatever leads on, or it is said that it was not."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from portal.honours.domain import list_round, propose_round, tick
from portal.honours.models import Entry, Round
from portal.honours.views import staff_round
from portal.projects.models import Project
from tests.cast import person
from tests.factories.honours import make_round, second_officer, serve
from tests.factories.volunteers import make_volunteer
from tests.queries import queries_of

NAMES = ("赵一", "钱二", "孙三")


@pytest.fixture
def award(tenant_a: Any, monkeypatch: pytest.MonkeyPatch) -> Round:
    """Three who fulfil the conditions, two of them on the first page."""
    monkeypatch.setattr(staff_round, "PER_PAGE", 2)
    for days, name in zip((3, 2, 1), NAMES, strict=True):
        serve(make_volunteer(name=name), days=days)
    return make_round()


@pytest.fixture
def officer(tenant_a: Any, client_for: Callable[..., Client]) -> Client:
    return client_for(tenant_a, "officer")


def page_of(award: Round, tail: str = "") -> str:
    return f"/cms/honours/rounds/{award.pk}/{tail}"


def keys(*names: str) -> list[int]:
    found = dict(Entry.objects.values_list("volunteer__user__name", "pk"))
    return [found[name] for name in names]


def chosen() -> set[str]:
    return set(Entry.objects.filter(state="chosen").values_list("volunteer__user__name", flat=True))


def sent(act: str, *, was: tuple[str, ...], ticked: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a page says on which the boxes of `was` were ticked, and of `ticked` are now."""
    return {"act": act, "was": keys(*was), "ticked": keys(*ticked)}


def shown(page: Any) -> list[tuple[str, bool]]:
    """Who stands on it, and whether the box is ticked."""
    return [(row["entry"].volunteer.user.name, row["ticked"]) for row in page.context["rows"]]


def test_turning_the_page_saves_its_ticks_and_skips_nobody(award: Round, officer: Client) -> None:
    first: Any = officer.get(page_of(award))
    assert shown(first) == [("赵一", True), ("钱二", True)]
    assert 'formaction="?&amp;page=2"' in first.text

    turned: Any = officer.post(page_of(award, "?&page=2"), sent("turn", was=NAMES[:2], ticked=("钱二",)), follow=True)
    assert (shown(turned), "已存下：去掉1个。" in turned.text) == ([("孙三", True)], True)
    back: Any = officer.post(page_of(award, "?&page=1"), sent("turn", was=("孙三",), ticked=("孙三",)), follow=True)
    assert (shown(back), "已存下" in back.text) == ([("赵一", False), ("钱二", True)], False)
    again: Any = officer.post(page_of(award), sent("tick", was=("钱二",), ticked=NAMES[:2]), follow=True)
    assert ("已存下：选回1个。" in again.text, chosen()) == (True, set(NAMES))
    nothing: Any = officer.post(page_of(award), sent("tick", was=NAMES[:2], ticked=NAMES[:2]), follow=True)
    assert "这一页没有改动" in nothing.text


@pytest.mark.parametrize("act", ["tick", "turn", "edit", "list", "propose", "drop"])
def test_every_button_of_a_draft_takes_the_ticks_along(award: Round, officer: Client, act: str) -> None:
    assert f'value="{act}"' in officer.get(page_of(award)).text
    answer = officer.post(page_of(award), sent(act, was=NAMES[:2], ticked=("钱二",)))
    assert chosen() == {"钱二", "孙三"}
    assert answer.status_code == (200 if act in ("propose", "drop") else 302)
    assert answer.headers.get("Location", "").endswith("/edit/") is (act == "edit")


def test_no_plain_link_leads_from_a_draft_to_another_page_of_its_list(award: Round, officer: Client) -> None:
    links = 'href="?'
    draft = officer.get(page_of(award)).text
    propose_round(award, by=second_officer())
    assert (links in draft, links in officer.get(page_of(award)).text) == (False, True)


def test_of_two_officers_none_undoes_what_the_other_ticked(award: Round, officer: Client) -> None:
    """Both look at the first page; the second sends it as it was before the first one's change."""
    tick(award, out=keys("赵一"), back=[], by=second_officer())
    officer.post(page_of(award), sent("tick", was=NAMES[:2], ticked=("赵一",)))
    assert chosen() == {"孙三"}
    same: Any = officer.post(page_of(award), sent("tick", was=NAMES[:2]), follow=True)
    assert ("名单已经是这样了" in same.text, chosen()) == (True, {"孙三"})


def test_a_list_made_anew_meanwhile_loses_no_tick(award: Round, officer: Client) -> None:
    stale = sent("turn", was=("赵一", "钱二"), ticked=("钱二", "孙三"))
    tick(award, out=keys("孙三"), back=[], by=person("officer"))
    project = Project.objects.filter(records__volunteer__user__name="孙三")
    project.update(is_paid=True)
    list_round(award, by=second_officer())
    page: Any = officer.post(page_of(award), stale, follow=True)
    told = ("已存下：去掉1个。", "1个没有存下：现在不能列入")
    assert ([text in page.text for text in told], chosen()) == ([True, True], {"钱二"})
    # Let in by hand, and kept out by the conditions alone: the next list has them when those are fulfilled.
    project.update(is_paid=False)
    list_round(award, by=second_officer())
    assert chosen() == {"钱二", "孙三"}


def test_whoever_is_taken_out_while_the_conditions_bar_them_stays_out(award: Round) -> None:
    Round.objects.filter(pk=award.pk).update(least_minutes=240)
    list_round(award, by=second_officer())
    assert tick(award, out=keys("孙三"), back=[], by=person("officer")).out == 1
    Round.objects.filter(pk=award.pk).update(least_minutes=120)
    list_round(award, by=second_officer())
    assert chosen() == {"赵一", "钱二"}


def test_a_round_proposed_meanwhile_says_how_much_was_not_saved(award: Round, officer: Client) -> None:
    propose_round(award, by=second_officer())
    changed, same = (sent("turn", was=NAMES[:2], ticked=ticked) for ticked in (("孙三",), NAMES[:2]))
    for act in ("turn", "tick", "edit", "list", "propose", "drop"):
        refused: Any = officer.post(page_of(award, "?&page=2"), {**changed, "act": act}, follow=True)
        assert ("这一批已经提交" in refused.text, "这一页改的3处没有存下" in refused.text) == (True, True)
        assert shown(refused) == [("孙三", True)]
    turned: Any = officer.post(page_of(award, "?&page=2"), same, follow=True)
    assert ("没有存下" in turned.text, shown(turned)) == (False, [("孙三", True)])
    assert chosen() == set(NAMES)


def test_what_is_confirmed_takes_no_ticks_along_a_second_time(award: Round, officer: Client) -> None:
    """Asked about a list without the first; the other officer lets the first in again: that is asked anew."""
    proposing = sent("propose", was=NAMES[:2], ticked=("钱二",))
    asked: Any = officer.post(page_of(award), proposing)
    tick(award, out=[], back=keys("赵一"), by=second_officer())
    again: Any = officer.post(page_of(award), {**proposing, "confirmed": asked.context["question"].answer})
    assert ("情况有变" in again.text, chosen()) == (True, set(NAMES))
    officer.post(page_of(award), {**proposing, "confirmed": again.context["question"].answer})
    assert (Round.objects.get().state, chosen()) == ("proposed", set(NAMES))


def test_saving_and_showing_cost_the_same_for_one_and_for_three(award: Round, officer: Client) -> None:
    by = person("officer")
    costs = [queries_of(partial(tick, award, out=keys(*names), back=[], by=by)) for names in (NAMES[:1], NAMES)]
    assert costs == [6, 6]
    assert queries_of(partial(officer.get, page_of(award))) == queries_of(
        partial(officer.get, page_of(award, "?page=2"))
    )


def test_what_is_no_number_is_nobody(award: Round, officer: Client) -> None:
    junk = ["x", "²", "-1", "9" * 30, ""]
    assert officer.post(page_of(award), {"act": "tick", "was": junk, "ticked": ["1" * 40]}).status_code == 302
    assert chosen() == set(NAMES)
