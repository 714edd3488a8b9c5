"""Places on our pages that apps above fill: they register a function in `ready()`, we never import them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest

from portal.projects.models import Project, Shift

#: request, project, shifts → whatever the template needs; it is included in every row, with `shift`.
ShiftActions = Callable[[HttpRequest, Project, list[Shift]], dict[str, Any]]
#: project → (name of the step, text, address or "", "" or "later"): what has become of it.
ChainSteps = Callable[[Project], Iterable[tuple[str, str, str, str]]]
#: project, user → (label, address) for the admin: the roll, the sign-ups.
StaffLinks = Callable[[Project, Any], Iterable[tuple[str, str]]]

_shift_actions: list[tuple[str, ShiftActions]] = []
_chain_steps: list[ChainSteps] = []
_staff_links: list[StaffLinks] = []


def acts_on_shifts(template: str, contribute: ShiftActions) -> None:
    """Put `template` into the last cell of every shift on the public page. One app at most."""
    _shift_actions[:] = [(template, contribute)]


def adds_steps(contribute: ChainSteps) -> None:
    """Add steps to the chain on the public page, after the project's own; a constant number of queries."""
    _chain_steps.append(contribute)


def links_for_staff(contribute: StaffLinks) -> None:
    """Add links to a project's page in the admin."""
    _staff_links.append(contribute)


def shift_actions(request: HttpRequest, project: Project, shifts: list[Shift]) -> dict[str, Any]:
    """`shift_actions` (a template name) and what it needs, or nothing."""
    context: dict[str, Any] = {}
    for template, contribute in _shift_actions:
        context |= {"shift_actions": template, **contribute(request, project, shifts)}
    return context


def chain_steps(project: Project) -> list[tuple[str, str, str, str]]:
    return [step for contribute in _chain_steps for step in contribute(project)]


def staff_links(project: Project, user: Any) -> list[tuple[str, str]]:
    return [link for contribute in _staff_links for link in contribute(project, user)]
