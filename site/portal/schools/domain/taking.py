"""What leaves the site with a school, and the log of it; pupils are put into classes."""

from collections.abc import Iterator
from typing import Any

from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.domain.logging import write_logs
from certificates.enums import Action, Actor
from portal.accounts.models import Disclosure
from portal.core.errors import DomainError
from portal.core.queries import rules
from portal.schools.domain.asking import end_bundle
from portal.schools.domain.moves import locked
from portal.schools.enums import ItemState
from portal.schools.models import Bundle
from portal.schools.queries import Choice, chosen, hours_of, no_longer_allowed
from portal.schools.rules import may_take
from portal.volunteers.domain.guardians import lacks_guardian
from portal.volunteers.models import ServiceRecord

WAY = "school"


class Gone(DomainError):
    """The file cannot be had any more, or not yet."""


def take_bundle(bundle: Bundle, *, by: Any) -> Any:
    """The open file; each download stands in the log, the first one with every certificate in it.

    Gone: not ready, over, damaged, or a consent was taken back since, which ends the file.
    """
    if not may_take(by, bundle.organisation):
        raise DomainError(_("只有本校的管理员能下载学生的证书。"))
    if not bundle.is_downloadable:
        raise Gone(_("文件还没有做好，或者已经删除了。"))
    if no_longer_allowed(bundle).exists():
        end_bundle(bundle)
        raise Gone(_("有学生收回了同意、离开了本校，或有证书已停用，旧的文件已删除。请重新打包。"))
    storage = storages["certificates"]
    if not storage.exists(bundle.file_name) or storage.size(bundle.file_name) != bundle.size:
        end_bundle(bundle)
        raise Gone(_("文件已经不在了，请重新打包。"))
    with transaction.atomic():
        held = locked(bundle.pk)
        told: list[tuple[str, dict[str, Any]]] = [("", {"sha256": held.sha256, "way": WAY})]
        if held.first_taken_at is None:
            told += _packed(held)
            held.first_taken_at = timezone.now()
            held.save(update_fields=["first_taken_at"])
        write_logs(Action.DOWNLOADED, told, actor=Actor.STAFF, account=by.pk)
    return storage.open(bundle.file_name)


def _packed(bundle: Bundle) -> Iterator[tuple[str, dict[str, Any]]]:
    items = bundle.items.filter(state=ItemState.PACKED).order_by("place")
    for number, sha256 in items.values_list("certificate__number", "certificate__pdf_sha256").iterator():
        yield number, {"sha256": sha256, "way": WAY}


def take_hours(choice: Choice, *, by: Any, ip: str | None) -> list[ServiceRecord]:
    """Confirmed records of consenting pupils, of minors whose guardian has, too; each pupil is logged as disclosed."""
    if not may_take(by, choice.organisation):
        raise DomainError(_("只有本校的管理员能下载学生的时长。"))
    with transaction.atomic():
        records = _with_guardians(list(hours_of(choice)))
        subjects = dict.fromkeys(record.volunteer.user_id for record in records)
        purpose = _("%(school)s下载服务时长") % {"school": choice.organisation.name}
        Disclosure.objects.bulk_create(
            (Disclosure(by=by, subject_id=pk, field="records", purpose=purpose[:200], ip=ip) for pk in subjects),
            batch_size=1000,
        )
    return records


def _with_guardians(records: list[ServiceRecord]) -> list[ServiceRecord]:
    """A birth date may have been corrected since the pupil consented."""
    today, below = timezone.localdate(), rules().guardian_below
    people = {record.volunteer_id: record.volunteer for record in records}
    barred = {pk for pk, volunteer in people.items() if lacks_guardian(volunteer, today, below=below)}
    return [record for record in records if record.volunteer_id not in barred]


def put_in_class(choice: Choice, class_name: str, *, by: Any) -> int:
    """Everybody who is chosen, of whom there must be some; how many."""
    if not may_take(by, choice.organisation):
        raise DomainError(_("只有本校的管理员能编班。"))
    keys = list(chosen(choice).values_list("pk", flat=True))
    if not keys:
        raise DomainError(_("没有选中学生。"))
    return choice.organisation.memberships.filter(pk__in=keys).update(class_name=class_name)
