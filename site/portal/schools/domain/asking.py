"""A manager asks for a file, lets its making go on, and it ends: by its day, by hand, or because it must not stay."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.errors import DomainError
from portal.core.queries import rules
from portal.schools.domain.moves import locked, move, note
from portal.schools.enums import OPEN, BundleState
from portal.schools.models import Bundle, BundleItem
from portal.schools.queries import Choice, chosen, to_pack
from portal.schools.rules import may_take
from portal.volunteers.domain.ordering import place_order
from portal.volunteers.domain.scopes import Scope
from portal.volunteers.models import Order


def ask_for_bundle(choice: Choice, *, by: Any) -> Bundle:
    """What is chosen now stands fixed, the file is queued. DomainError: not allowed, nothing chosen, one under way."""
    from portal.schools.tasks import make_bundle

    _check(choice.organisation, by)
    rows = to_pack(choice)
    if not rows:
        raise DomainError(_("选中的学生里没有可以下载的证书，看看下面的原因。"))
    try:
        with transaction.atomic():
            bundle = Bundle.objects.create(
                organisation=choice.organisation,
                class_name=choice.class_name,
                start=choice.start,
                end=choice.end,
                listed=choice.listed is not None,
                asked_by=by,
                total=len(rows),
            )
            BundleItem.objects.bulk_create(
                (
                    BundleItem(bundle=bundle, place=place, membership_id=membership, certificate_id=certificate)
                    for place, (membership, certificate) in enumerate(rows, start=1)
                ),
                batch_size=1000,
            )
            make_bundle.enqueue(bundle.pk)
    except IntegrityError:
        raise DomainError(_("上一个包还在做，做好以后再要下一个。")) from None
    return bundle


def ask_for_missing(choice: Choice, *, by: Any) -> Order:
    """Certificates for every chosen pupil who has confirmed hours in the period that stand on none; DomainError."""
    _check(choice.organisation, by)
    pupils = chosen(choice).order_by("class_name", "user__name", "pk").values_list("user", flat=True)
    today = timezone.localdate()
    if choice.start > today:
        raise DomainError(_("这段时间还没到。"))
    scope = Scope(start=choice.start, end=min(choice.end, today))
    return place_order(choice.organisation, list(pupils), scope=scope, by=by)


@transaction.atomic
def go_on(bundle: Bundle, *, by: Any) -> None:
    """Queue again what failed, or whose worker may have died; what is packed stays packed."""
    from portal.schools.tasks import make_bundle

    _check(bundle.organisation, by)
    held = locked(bundle.pk)
    if held.state == BundleState.FAILED:
        if Bundle.objects.filter(organisation=held.organisation_id, state__in=OPEN).exists():
            raise DomainError(_("上一个包还在做，做好以后再要下一个。"))
        move(held, BundleState.QUEUED, failure="", attempts=0)
    elif held.is_open:
        note(held, attempts=0)
    else:
        return
    make_bundle.enqueue(held.pk)


@transaction.atomic
def end_bundle(bundle: Bundle, *, by: Any = None) -> bool:
    """Delete file and list of names, keep what happened; False when that is done already. `by` None: by itself."""
    if by is not None:
        _check(bundle.organisation, by)
    held = locked(bundle.pk)
    if held.state == BundleState.ENDED:
        return False
    move(held, BundleState.ENDED)
    held.items.all().delete()
    storage = storages["certificates"]
    for name in (held.file_name, f"{held.file_name}.partial"):
        storage.delete(name)
    return True


def end_due(now: datetime) -> int:
    """End what is over, and what was never finished within the same time; how many."""
    days = timedelta(days=rules().school_file_days)
    over = Bundle.objects.filter(state=BundleState.READY, ends_at__lte=now)
    stuck = Bundle.objects.filter(state__in=[*OPEN, BundleState.FAILED], moved_at__lte=now - days)
    return sum(end_bundle(bundle) for bundle in [*over, *stuck])


def stalled_since(now: datetime | None = None) -> datetime:
    """Whoever has not moved since then may be helped by hand; a dead worker's task is taken up by then."""
    return (now or timezone.now()) - timedelta(minutes=3)


def _check(organisation: Any, by: Any) -> None:
    if not may_take(by, organisation):
        raise DomainError(_("只有本校的管理员能下载学生的证书。"))
