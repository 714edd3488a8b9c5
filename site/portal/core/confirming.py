"""Asks once more before what cannot be taken back: what will happen and to whom, and a way out."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

#: So many are named one by one; of the others it is said how many they are.
NAMED = 30
#: The template for those who are not in the admin.
AT_THE_DESK = "core/confirm.html"
_ANSWER = "confirmed"
_OF_THE_PAGE = {"csrfmiddlewaretoken", _ANSWER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the page says: `happens` in sentences, `names` of those concerned, `beware` of what is odd about it.

    `state` is not shown: what else must be as it was when the question was read.
    """

    title: str
    happens: tuple[str, ...]
    button: str
    back: str
    names: tuple[str, ...] = ()
    beware: tuple[str, ...] = ()
    serious: bool = True
    icon: str = "warning"
    state: str = ""

    @property
    def answer(self) -> str:
        """What a form says that answers this question and no other."""
        return salted_hmac("portal.core.confirming", repr(astuple(self))).hexdigest()


def was_asked(request: HttpRequest) -> bool:
    """Whether this comes from the page that asks, rightly answered or not."""
    return _ANSWER in request.POST


def is_answered(request: HttpRequest, question: Question) -> bool:
    """Whether somebody read just this and pressed the button: what is different by now is asked anew."""
    return constant_time_compare(request.POST.get(_ANSWER, ""), question.answer)


def ask(request: HttpRequest, question: Question, *, template: str = "core/admin_confirm.html") -> HttpResponse:
    """The page, with what was sent so far; its button sends it again with the answer.

    Outside the admin `template` is `AT_THE_DESK`.
    """
    kept = [(name, value) for name, values in request.POST.lists() if name not in _OF_THE_PAGE for value in values]
    context = {"question": question, "kept": kept, "changed": was_asked(request)}
    return render(request, template, context)


def named(first: Iterable[object], *, of: int) -> tuple[str, ...]:
    """The first NAMED of so many, and how many there are beside them."""
    names = tuple(str(one) for one in first)[:NAMED]
    return (*names, _("……共%(count)s个") % {"count": of}) if of > len(names) else names
