"""From what a manager hands in to the pupils of the school."""

from typing import Any

from django.utils.translation import gettext as _

from portal.core.tables import read_table
from portal.organisations.models import Organisation
from portal.schools.domain.listing import LINES_MOST, Fault, Matched, Pupil, Wanted, match, read_cells, read_lines
from portal.schools.queries import pupils_of

_COLUMNS = {
    "name": ("姓名", "学生姓名", "name"),
    "born": ("出生日期?", "出生年月日", "生日", "birth date"),
    "class_name": ("班级?", "班", "class"),
}


def read_list(organisation: Organisation, *, lines: str, file: Any) -> Matched:
    """Every line or row is either a pupil or a fault. TableRefused for a file that is no table."""
    wanted: list[Wanted | Fault] = []
    if file:
        for number, row in read_table(file, name=file.name, columns=_COLUMNS):
            wanted.append(read_cells(number, row["name"], [row.get("born", ""), row.get("class_name", "")]))
    else:
        wanted = read_lines(lines)
    kept, rest = wanted[:LINES_MOST], wanted[LINES_MOST:]
    over = [Fault(line.number, _("超过%(most)s行，没有读。") % {"most": LINES_MOST}) for line in rest]
    return match([*kept, *over], _pupils(organisation))


def _pupils(organisation: Organisation) -> list[Pupil]:
    """Two queries; birth dates are decrypted, so this is asked for a list alone."""
    found = pupils_of(organisation).select_related("user__volunteer")
    return [_pupil(membership) for membership in found.iterator(chunk_size=2000)]


def _pupil(membership: Any) -> Pupil:
    volunteer = getattr(membership.user, "volunteer", None)
    born = volunteer.born if volunteer else None
    return Pupil(membership.pk, membership.user.name, membership.class_name, born)
