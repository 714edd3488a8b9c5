"""Objections against a star under publicity: written down by an officer, answered before anything is decided."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.honours import queries
from portal.honours import rules as who
from portal.honours.domain import errors, telling
from portal.honours.domain.moves import move, reason_given
from portal.honours.domain.stars import lock_application
from portal.honours.enums import ObjectionState, StarState
from portal.honours.models import Objection, StarApplication


def record_objection(application: StarApplication, *, by: Any, content: str, objector: str = "") -> Objection:
    """Somebody objected, by telephone, letter or at the desk. NotAllowed, ReasonMissing, MoveRefused.

    `objector` is kept encrypted: who it was and how they are told what came of it.
    """
    content = " ".join(content.split())
    if not content:
        raise errors.ReasonMissing(_("请写明异议的内容。"), field="content")
    with transaction.atomic():
        found = lock_application(application)
        _check(found, by)
        if found.state != StarState.OBJECTED:
            move(found, StarState.OBJECTED, proposed_by=None, proposed_at=None)
        made = Objection.objects.create(application=found, content=content[:500], objector=objector, recorded_by=by)
        telling.objected(found)
    return made


def settle_objection(objection: Objection, *, by: Any, upheld: bool, answer: str) -> Objection:
    """What came of it. Upheld refuses the application; the last one dismissed lets it go on.

    NotAllowed, ReasonMissing, MoveRefused.
    """
    answer = reason_given(answer)
    with transaction.atomic():
        found = lock_application(objection.application)
        _check(found, by)
        held = Objection.objects.select_for_update().get(pk=objection.pk)
        state = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
        move(held, state, settled_by=by, settled_at=timezone.now(), answer=answer)
        if found.state != StarState.OBJECTED:
            return held
        if upheld:
            move(found, StarState.REFUSED, decided_by=by, decided_at=timezone.now(), note=answer)
            telling.star_refused(found)
        elif not queries.has_open_objection(found):
            move(found, StarState.PUBLICITY)
    return held


def _check(found: StarApplication, by: Any) -> None:
    if not who.may_decide(by, found):
        raise errors.NotAllowed(_("异议由主管记录和答复；关于自己的请另外的主管来办。"))
