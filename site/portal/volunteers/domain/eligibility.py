"""Who may sign up for a shift, in what company, and why not."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.enums import Participation
from portal.core.models import RuleSettings
from portal.core.queries import rules
from portal.projects.enums import PUBLISHED
from portal.projects.models import Project, Shift
from portal.volunteers.domain import errors
from portal.volunteers.domain.telling import when
from portal.volunteers.enums import LIVE
from portal.volunteers.models import SignUp, Volunteer


def check_open(shift: Shift) -> None:
    """Published, not cancelled, not begun."""
    project = shift.project
    if project.is_cancelled or shift.is_cancelled:
        raise errors.ShiftClosed(_("这一班已经取消。请看看别的班次。"))
    if not project.live or project.state not in PUBLISHED:
        raise errors.ShiftClosed(_("这个项目没有在招募。请看看别的项目。"))
    if shift.has_begun():
        raise errors.ShiftClosed(_("这一班已经开始，不能再报名或取消报名。"))


def check_person(shift: Shift, volunteer: Volunteer, *, participation: str, party_size: int) -> None:
    """Age on the day, and the guardian of a minor."""
    project, limits = shift.project, rules()
    age = volunteer.age_on(timezone.localdate(shift.starts_at))
    if project.min_age is not None and age < project.min_age:
        raise errors.TooYoung(_("这个项目要满%(age)s周岁，您在那一天还不满。") % {"age": project.min_age})
    if project.max_age is not None and age > project.max_age:
        raise errors.TooOld(_("这个项目请%(age)s周岁以下的志愿者参加。请看看别的项目。") % {"age": project.max_age})
    if age >= limits.guardian_below:
        return
    if volunteer.guardian_consented_at is None:
        raise errors.GuardianMissing(
            _("您未满%(age)s周岁，还差监护人同意。请先在“我的资料”里补上。") % {"age": limits.guardian_below}
        )
    if project.guardian_required and not (participation == Participation.FAMILY and party_size > 1):
        raise errors.GuardianMissing(_("这个项目请监护人同行：请选“一家人”，人数把监护人算进去。"), field="party_size")


def ways_to_come(project: Project, *, minor: bool = False) -> list[str]:
    """The kinds of company the project takes; a minor who needs a guardian beside them may always bring one."""
    ways = [way for way in Participation.values if way in project.participation] or [str(Participation.INDIVIDUAL)]
    if minor and project.guardian_required and Participation.FAMILY not in ways:
        ways.append(str(Participation.FAMILY))
    return ways


def largest_party(way: str, *, places: int, limits: RuleSettings) -> int:
    """How many may come together: one alone, a family by the tenant's rule, a class or team the whole shift."""
    most = {Participation.INDIVIDUAL: 1, Participation.FAMILY: limits.family_limit}.get(Participation(way), places)
    return min(most, places)


def check_party(shift: Shift, volunteer: Volunteer, *, participation: str, party_size: int) -> None:
    """Whether this many may come in this way."""
    limits = rules()
    minor = volunteer.age_on(timezone.localdate(shift.starts_at)) < limits.guardian_below
    if participation not in ways_to_come(shift.project, minor=minor):
        raise errors.PartyTooLarge(_("这个项目不接受这种报名方式，请换一种。"), field="participation")
    most = largest_party(participation, places=shift.places, limits=limits)
    if not 1 <= party_size <= most:
        message = _("这样报名最少1人，最多%(most)s人，请改一改人数。") % {"most": most}
        raise errors.PartyTooLarge(message, field="party_size")


def check_free_time(shift: Shift, volunteer: Volunteer) -> None:
    """Not twice on this shift, and not elsewhere at the same time, waiting included."""
    others = list(overlapping(shift, volunteer))
    if any(other.shift_id == shift.pk for other in others):
        raise errors.AlreadySignedUp(_("您已经报过这一班，不用再报。"))
    if others:
        elsewhere = others[0].shift
        raise errors.Overlapping(
            _("这一班和您已报的“%(title)s”（%(when)s）时间重叠。先取消那一班的报名，再报这一班。")
            % {"title": elsewhere.project.title, "when": when(elsewhere)}
        )


def overlapping(shift: Shift, volunteer: Volunteer) -> QuerySet[SignUp]:
    """Live sign-ups of the volunteer that share time with the shift, its own included."""
    found = SignUp.objects.filter(
        volunteer=volunteer, state__in=LIVE, shift__starts_at__lt=shift.ends_at, shift__ends_at__gt=shift.starts_at
    )
    return found.select_related("shift__project").order_by("shift__starts_at")
