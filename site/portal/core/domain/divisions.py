"""Adds communities under the streets of a tenant, one by one or from a table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.enums import DivisionLevel
from portal.core.errors import DomainError
from portal.core.models import Division
from portal.core.rules import community_faults, streets
from search import listings

COLUMNS = {"code": ("代码", "统计用区划代码", "区划代码"), "name": ("名称", "社区名称", "社区（村）")}
Row = tuple[int, dict[str, str]]


class DivisionRefused(DomainError):
    """A division cannot be added as given."""


class ImportRefused(DomainError):
    """Some rows are wrong; nothing was written."""


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one row, by its number in the sheet."""

    row: int
    message: str


@dataclass
class ImportPlan:
    """What an import would do."""

    new: list[Division] = field(default_factory=list)
    renamed: list[Division] = field(default_factory=list)
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)


def add_community(*, code: str, name: str) -> Division:
    """One community under its street; raises DivisionRefused naming `code` or `name`."""
    code, name = tidy_code(code), name.strip()
    for name_of_field, message in community_faults(code, name, streets()):
        raise DivisionRefused(message, field=name_of_field)
    with transaction.atomic():
        if Division.objects.filter(code=code).exists():
            raise DivisionRefused(_("代码%(code)s已经有了。") % {"code": code}, field="code")
        return Division.objects.create(
            code=code, name=name, level=DivisionLevel.COMMUNITY, parent=Division.objects.get(code=code[:9])
        )


def check_import(rows: Sequence[Row]) -> ImportPlan:
    """A dry run: what the rows would add or rename, and what is wrong with each. Writes nothing; two queries."""
    known_streets = streets()
    known = {row.code: row for row in Division.objects.filter(level=DivisionLevel.COMMUNITY)}
    plan = ImportPlan()
    seen: dict[str, int] = {}
    for number, values in rows:
        code, name = tidy_code(values["code"]), values["name"].strip()
        faults = [message for _field, message in community_faults(code, name, known_streets)]
        if code in seen:
            faults.append(_("代码%(code)s与第%(row)s行重复。") % {"code": code, "row": seen[code]})
        plan.errors.extend(RowError(number, message) for message in faults)
        seen.setdefault(code, number)
        if not faults:
            _plan_row(plan, code, name, known.get(code), known_streets)
    return plan


def import_communities(rows: Sequence[Row]) -> ImportPlan:
    """Write all rows or, when one of them is wrong, none: raises ImportRefused."""
    with transaction.atomic():
        plan = check_import(rows)
        if plan.errors:
            first = plan.errors[0]
            raise ImportRefused(
                _("有%(count)s处要改，一行也没有导入。第%(row)s行：%(message)s")
                % {"count": len(plan.errors), "row": first.row, "message": first.message},
                field="file",
            )
        Division.objects.bulk_create(plan.new, batch_size=500)
        Division.objects.bulk_update(plan.renamed, ["name"], batch_size=500)
        with listings.collecting():
            listings.changed(*plan.renamed)
    return plan


def _plan_row(plan: ImportPlan, code: str, name: str, old: Division | None, streets: dict[str, Division]) -> None:
    if old is None:
        parent = streets[code[:9]]
        plan.new.append(Division(code=code, name=name, level=DivisionLevel.COMMUNITY, parent=parent))
    elif old.name != name:
        old.name = name
        plan.renamed.append(old)
    else:
        plan.unchanged += 1


def tidy_code(code: str) -> str:
    """Spaces and the apostrophe with which Excel keeps codes as text."""
    return re.sub(r"[\s'’]", "", code)
