"""The directory as a table to take along; published entries alone."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from portal.directory.models import DirectoryEntry


def head() -> list[str]:
    """The titles of the columns."""
    return [
        _("区划代码"),
        _("区划"),
        _("类别"),
        _("名称"),
        _("责任部门"),
        _("联系人"),
        _("办公电话"),
        _("接听时间"),
        _("地址"),
        _("能对接什么"),
        _("核对日期"),
    ]


def rows(entries: Iterable[DirectoryEntry]) -> Iterator[list[Any]]:
    """One line for each entry, in the order of `head`."""
    for entry in entries:
        yield [
            entry.division.code,
            entry.division.name,
            entry.get_kind_display(),
            entry.name,
            entry.department,
            entry.contact,
            entry.phone,
            entry.hours,
            entry.address,
            entry.offers,
            entry.last_checked.isoformat(),
        ]
