"""What waits for volunteers, for those in charge of shifts, and for officers."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certificates.enums import RevocationState
from certificates.models import Revocation
from portal.core.models import RuleSettings
from portal.core.queries import rules
from portal.core.templatetags.yinling import whole_date
from portal.core.waiting import WaitingItem
from portal.volunteers import queries
from portal.volunteers.domain.deadline import answer_by, is_over, last_day
from portal.volunteers.domain.telling import when
from portal.volunteers.enums import RequestState
from portal.volunteers.rules import Reach, reach_of

_MOST = 3


def waiting_items(user: Any) -> Iterable[WaitingItem]:
    """A few of each kind at most, from a constant number of queries."""
    if not user.is_authenticated:
        return []
    reach, limits = reach_of(user), cache(rules)  # read once, whoever of them asks
    return [
        *_guardian(user),
        *_rolls(reach, limits),
        *_disputes(reach, limits),
        *_confirmations(reach),
        *_revocations(reach),
        *_requests(reach),
        *_corrections(reach),
    ]


def _guardian(user: Any) -> list[WaitingItem]:
    volunteer = queries.volunteer_of(user)
    if volunteer is None or volunteer.guardian_consented_at is not None:
        return []
    limit = rules().guardian_below
    if volunteer.age_on(timezone.localdate()) >= limit:
        return []
    detail = _("不满%(age)s岁都需要，补上以后才能报名。") % {"age": limit}
    return [WaitingItem(_("请监护人补一份同意"), reverse("volunteers:profile"), _("去补上"), detail)]


def _revocations(reach: Reach) -> list[WaitingItem]:
    """Somebody else's proposals; whoever is the holder is told so when trying."""
    if not reach.officer:
        return []
    proposed = Revocation.objects.filter(state=RevocationState.PROPOSED).exclude(proposed_by=str(reach.user_id))
    return [
        WaitingItem(
            _("确认撤销证书%(number)s") % {"number": revocation.certificate.number},
            reverse("certificates_staff:certificate", args=[revocation.certificate_id]),
            _("去核对"),
            str(revocation.get_ground_display()),
            staff=True,
        )
        for revocation in proposed.select_related("certificate").order_by("proposed_at")[:_MOST]
    ]


def _requests(reach: Reach) -> list[WaitingItem]:
    """How many certificates were asked for that this officer may decide on."""
    found = queries.requests_to_decide(reach.user_id) if reach.officer else None
    count = found.count() if found is not None else 0
    if not count:
        return []
    url = f"{reverse('wagtailsnippets_volunteers_certificaterequest:list')}?state={RequestState.WAITING}"
    title = ngettext("核对%(count)s份证明申请", "核对%(count)s份证明申请", count) % {"count": count}
    return [WaitingItem(title, url, _("去核对"), _("同意后才取编号，学校和志愿者在等。"), staff=True)]


def _corrections(reach: Reach) -> list[WaitingItem]:
    """Contested certificates by the day until which they are answered; what is over stands first."""
    if not reach.officer:
        return []
    today, items = timezone.localdate(), []
    for request in queries.corrections_to_answer(reach.user_id)[:_MOST]:
        title = _("答复更正申请：%(number)s") % {"number": request.number}
        url = reverse("certificates_staff:correction", args=[request.pk])
        detail = _("已过答复期限。") if request.due_on < today else ""
        end = _end_of(request.due_on)
        items.append(WaitingItem(title, url, _("去答复"), f"{detail}{request.claim}", end, staff=True))
    return items


def _rolls(reach: Reach, asked: Callable[[], RuleSettings]) -> list[WaitingItem]:
    shifts = list(queries.rolls_due(reach, own=True))
    limits = asked() if shifts else None
    items: list[WaitingItem] = []
    for shift in shifts:
        if limits and is_over(shift, limits, timezone.now()) and not reach.officer:
            continue  # only an officer may still enter it: nothing that this person could do
        if len(items) == _MOST:
            break
        title = _("给“%(title)s”点名") % {"title": shift.project.title}
        until = last_day(shift, limits) if limits else timezone.localdate()
        url = reverse("volunteers:roll", args=[shift.pk])
        items.append(WaitingItem(title, url, _("去点名"), when(shift), _end_of(until)))
    return items


def _disputes(reach: Reach, asked: Callable[[], RuleSettings]) -> list[WaitingItem]:
    """Each with the day until which it is settled, as a contested certificate is."""
    records = list(queries.disputed(reach)[:_MOST])
    limits, today, items = asked() if records else None, timezone.localdate(), []
    for record in records:
        title = _("服务记录有异议：%(title)s") % {"title": record.activity}
        url = reverse("volunteers:record", args=[record.pk])
        day = answer_by(timezone.localdate(record.disputed_at), limits) if limits and record.disputed_at else None
        detail = _("已过处理期限。") if day and day < today else ""
        end = _end_of(day) if day else None
        items.append(WaitingItem(title, url, _("去处理"), f"{detail}{record.reason}", end, staff=reach.everywhere))
    return items


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


def _confirmations(reach: Reach) -> list[WaitingItem]:
    found = queries.to_confirm(reach)
    count = found.count()
    if not count:
        return []
    oldest = found.aggregate(day=Min("date"))["day"]
    title = _("确认%(count)s笔服务记录") % {"count": count}
    detail = _("最早的是%(day)s。确认后才计入时长。") % {"day": whole_date(oldest)}
    return [
        WaitingItem(title, reverse("volunteers:to_confirm"), _("去确认"), detail, staff=staff)
        for staff in ([False, True] if reach.everywhere else [False])
    ]
