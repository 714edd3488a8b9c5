"""A star: applied for by the volunteer, publicised, proposed by one officer, awarded by another."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.domain import request_certificate
from portal.core.models import RuleSettings
from portal.core.queries import rules
from portal.core.workdays import workdays_after
from portal.honours import facts, queries
from portal.honours import rules as who
from portal.honours.domain import errors, telling
from portal.honours.domain.candidates import person_why
from portal.honours.domain.moves import move, reason_given
from portal.honours.enums import StarState, Why
from portal.honours.models import StarApplication
from portal.honours.standing import Scope, Standing, counting, held, summed
from portal.volunteers.domain.certify import holder_key
from portal.volunteers.domain.levels import level_of
from portal.volunteers.domain.locks import lock_volunteer
from portal.volunteers.domain.minutes import hours
from portal.volunteers.models import Volunteer


def apply_for_star(volunteer: Volunteer, *, level: int, publicity_consent: bool) -> StarApplication:
    """Public from today on for the tenant's working days. NotReached, AlreadyHeld, HolderUnfit, NotAllowed."""
    if not publicity_consent:
        message = _("星级评定前要公示姓名（遮盖）、时长和星级。同意公示才能申请。")
        raise errors.NotAllowed(message, field="publicity_consent")
    limits = rules()
    try:
        with transaction.atomic():
            volunteer = lock_volunteer(volunteer)
            check_holder(volunteer, limits)
            standing = summed(held(_records(volunteer)))
            _check_level(volunteer, level, standing, limits)
            until = workdays_after(timezone.localdate(), limits.publicity_workdays)
            made = StarApplication.objects.create(
                volunteer=volunteer,
                applied_by=volunteer.user,
                level=level,
                minutes=standing.minutes,
                needed_minutes=60 * limits.star_hours[level - 1],
                publicity_until=until.date,
                until_certain=until.certain,
            )
            telling.applied(made)
    except IntegrityError:
        raise errors.AlreadyHeld(_("您已有一份申请在办，办完再申请下一星。")) from None
    return made


def withdraw_star(application: StarApplication, *, by: Any) -> StarApplication:
    """The applicant thinks better of it. NotAllowed, MoveRefused."""
    with transaction.atomic():
        found = lock_application(application)
        if found.applied_by_id != by.pk:
            raise errors.NotAllowed(_("只有本人能撤回自己的申请。"))
        move(found, StarState.WITHDRAWN)
    return found


def propose_star(application: StarApplication, *, by: Any) -> StarApplication:
    """After the publicity: waits for another officer, or is awarded at once where the tenant does without.

    NotAllowed, TooEarly, NotReached, HolderUnfit, MoveRefused, or a CertificateError such as GlyphMissing.
    """
    with transaction.atomic():
        found = _ready(application, by)
        if not rules().award_second_person:
            found.proposed_by, found.proposed_at, found.alone = by, timezone.now(), True
            return _award(found, by=by)
        # What could not be awarded is not worth another officer's time.
        _fulfilled(found)
        move(found, StarState.PROPOSED, proposed_by=by, proposed_at=timezone.now(), alone=False)
        telling.star_proposed(found, by=by)
    return found


def award_star(application: StarApplication, *, by: Any) -> StarApplication:
    """The second officer; hours are asked for anew. Two at the same moment award once. Raises as `propose_star`."""
    with transaction.atomic():
        found = _ready(application, by)
        if found.state != StarState.PROPOSED:
            raise errors.MoveRefused(_("这份申请没有等着批准，可能刚被别人处理了。刷新页面看看。"))
        if found.proposed_by_id == by.pk:
            raise errors.NotAllowed(_("提出的人不能自己批准，请另一位主管来办。"))
        return _award(found, by=by)


def return_star(application: StarApplication, *, by: Any, note: str) -> StarApplication:
    """Back to where it was before it was proposed; whoever proposed it learns why. NotAllowed, MoveRefused."""
    note = reason_given(note)
    with transaction.atomic():
        found = lock_application(application)
        _check_officer(found, by)
        if found.state != StarState.PROPOSED:
            raise errors.MoveRefused(_("这份申请没有等着批准，可能刚被别人处理了。刷新页面看看。"))
        proposer = found.proposed_by
        move(found, StarState.PUBLICITY, proposed_by=None, proposed_at=None, note=note)
        if proposer != by:
            telling.star_returned(found, proposer, note=note)
    return found


def refuse_star(application: StarApplication, *, by: Any, note: str) -> StarApplication:
    """With the reason, which goes to the volunteer. NotAllowed, ReasonMissing, MoveRefused."""
    note = reason_given(note)
    with transaction.atomic():
        found = lock_application(application)
        _check_officer(found, by)
        move(found, StarState.REFUSED, decided_by=by, decided_at=timezone.now(), note=note)
        telling.star_refused(found)
    return found


def lock_application(application: StarApplication) -> StarApplication:
    """As it stands now; its volunteer is locked first, so that no hour is taken away meanwhile by another way."""
    lock_volunteer(application.volunteer)
    locked = StarApplication.objects.select_for_update(of=("self",))
    return locked.select_related("volunteer__user", "proposed_by").get(pk=application.pk)


def check_holder(volunteer: Volunteer, limits: RuleSettings) -> None:
    """HolderUnfit, by the rule that lists follow, too; its words are lazy, for notices say them in each language."""
    why = person_why(volunteer, limits=limits, today=timezone.localdate())
    if why == Why.CLOSED:
        raise errors.HolderUnfit(gettext_lazy("这个账号已停用，不能再颁发证书。"))
    if why == Why.NO_GUARDIAN:
        raise errors.HolderUnfit(lazy(_no_guardian, str)(limits.guardian_below))


def shortage(standing: Standing, needed: int) -> str:
    """Why confirmed minutes are not enough for `needed`, with what is unsettled and what was paid counted apart."""
    text = _("已确认的志愿服务时长是%(have)s小时，要满%(needed)s小时。") % {
        "have": hours(standing.minutes),
        "needed": hours(needed),
    }
    if standing.unsettled:
        text += _("另有%(hours)s小时还没确认或有异议，确认后才算。") % {"hours": hours(standing.unsettled)}
    if standing.paid:
        text += _("有报酬的活动%(hours)s小时不算志愿服务。") % {"hours": hours(standing.paid)}
    return text


def _no_guardian(below: int) -> str:
    return _("未满%(age)s周岁，还差监护人同意。请本人先在“我的资料”里补上。") % {"age": below}


def _ready(application: StarApplication, by: Any) -> StarApplication:
    found = lock_application(application)
    _check_officer(found, by)
    if queries.has_open_objection(found):
        raise errors.TooEarly(_("有异议还没答复，先核实异议。"))
    if found.publicity_until >= timezone.localdate():
        message = _("公示到%(day)s为止，公示期满才能评定。")
        raise errors.TooEarly(message % {"day": found.publicity_until.isoformat()})
    return found


def _check_officer(found: StarApplication, by: Any) -> None:
    if not who.may_decide(by, found):
        raise errors.NotAllowed(_("星级由主管评定；自己的请另外的主管来办。"))


def _fulfilled(found: StarApplication) -> tuple[list[Any], Standing]:
    """The records that count, held, and their sum. HolderUnfit, AlreadyHeld, NotReached."""
    check_holder(found.volunteer, rules())
    if queries.held_level(found.volunteer) >= found.level:
        raise errors.AlreadyHeld(_("这位志愿者已经是这一星或更高的星级。"))
    records = held(_records(found.volunteer))
    standing = summed(records)
    if standing.minutes < found.needed_minutes:
        raise errors.NotReached(shortage(standing, found.needed_minutes))
    return counting(records), standing


def _award(found: StarApplication, *, by: Any) -> StarApplication:
    records, standing = _fulfilled(found)
    sheet = facts.star_facts(found.volunteer, records, level=found.level)
    certificate = request_certificate(sheet, holder_key=holder_key(found.volunteer), requested_by=str(by.pk))
    move(
        found,
        StarState.AWARDED,
        proposed_by=found.proposed_by,
        proposed_at=found.proposed_at,
        alone=found.alone,
        decided_by=by,
        decided_at=timezone.now(),
        minutes=standing.minutes,
        note="",
        certificate=certificate,
    )
    telling.star_awarded(found)
    return found


def _check_level(volunteer: Volunteer, level: int, standing: Standing, limits: RuleSettings) -> None:
    if not 1 <= level <= len(limits.star_hours):
        raise errors.NotReached(_("没有这一星。"))
    if queries.held_level(volunteer) >= level:
        raise errors.AlreadyHeld(_("您已经是这一星或更高的星级。"))
    if level_of(standing.minutes, rules=limits).stars < level:
        raise errors.NotReached(shortage(standing, 60 * limits.star_hours[level - 1]))


def _records(volunteer: Volunteer) -> Any:
    return Scope().records().filter(volunteer=volunteer)
