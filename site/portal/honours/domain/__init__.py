"""Verbs on stars, objections and rounds of awards."""

from portal.honours.domain.objections import record_objection, settle_objection
from portal.honours.domain.rounds import (
    approve_round,
    change_round,
    draft_round,
    drop_round,
    go_on,
    list_round,
    propose_round,
    return_round,
    tick,
)
from portal.honours.domain.stars import (
    apply_for_star,
    award_star,
    propose_star,
    refuse_star,
    return_star,
    withdraw_star,
)

__all__ = [
    "apply_for_star",
    "approve_round",
    "award_star",
    "change_round",
    "draft_round",
    "drop_round",
    "go_on",
    "list_round",
    "propose_round",
    "propose_star",
    "record_objection",
    "refuse_star",
    "return_round",
    "return_star",
    "settle_objection",
    "tick",
    "withdraw_star",
]
