"""Verbs on projects and shifts."""

from portal.projects.domain.cancel import cancel_project, cancel_shift
from portal.projects.domain.copy import copy_project
from portal.projects.domain.moves import ImpossibleMove, follow_clock, move, settle
from portal.projects.domain.propose import propose_project
from portal.projects.domain.publication import InUse, publish_project

__all__ = [
    "ImpossibleMove",
    "InUse",
    "cancel_project",
    "cancel_shift",
    "copy_project",
    "follow_clock",
    "move",
    "propose_project",
    "publish_project",
    "settle",
]
