"""Makes a school's file, some certificates at a time; killed at any moment, another worker goes on."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import structlog
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from certificates.download import StoredPdfDamaged, pdf_bytes
from certificates.enums import State
from portal.core.queries import rules
from portal.schools import archive
from portal.schools.domain.index import write_index
from portal.schools.domain.moves import locked, move, note
from portal.schools.enums import OPEN, BundleState, ItemState, LeftOut
from portal.schools.models import Bundle, BundleItem
from portal.volunteers.domain.guardians import lacks_guardian

STEP = 50
"""Certificates after which the file is settled on the disk; so many at most are packed again after a kill."""

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
log = structlog.get_logger(__name__)


def pack_bundle(bundle_id: int) -> None:
    """Until it is ready. What goes wrong is noted, then raised for the task to try again."""
    try:
        while _step(bundle_id):
            pass
        _finish(bundle_id)
    except archive.FileLost:
        _begin_anew(bundle_id)
        raise


@transaction.atomic
def _step(bundle_id: int) -> bool:
    """Pack the next few; False when none is left. Consent is asked here, not when the file was asked for."""
    bundle = locked(bundle_id)
    if bundle.state not in OPEN:
        return False
    waiting = bundle.items.filter(state=ItemState.WAITING).order_by("place")
    items = list(waiting.select_related("certificate", "membership__user__volunteer")[:STEP])
    if not items:
        return False
    path, below = _partial(bundle), rules().guardian_below
    with archive.appending(path, at=bundle.written, moment=timezone.localtime(bundle.asked_at)) as step:
        for item in items:
            _put(bundle, item, step, below)
    BundleItem.objects.bulk_update(items, ["state", "reason", "entry", "offset", "size", "crc"])
    packed = sum(item.state == ItemState.PACKED for item in items)
    values = {
        "packed": bundle.packed + packed,
        "left_out": bundle.left_out + len(items) - packed,
        "written": step.end,
    }
    if bundle.state == BundleState.QUEUED:
        move(bundle, BundleState.MAKING, **values)
    else:
        note(bundle, **values)
    return True


def _put(bundle: Bundle, item: BundleItem, step: archive.Step, below: int) -> None:
    if reason := left_out_because(bundle, item, below):
        item.state, item.reason = ItemState.LEFT_OUT, reason
        return
    try:
        data = pdf_bytes(item.certificate)
    except (OSError, StoredPdfDamaged) as fault:
        log.error("stored_pdf_unreadable", certificate=item.certificate.number, error=type(fault).__name__)
        item.state, item.reason = ItemState.LEFT_OUT, LeftOut.DAMAGED
        return
    written = step.add(entry_name(item), data)
    item.state, item.entry = ItemState.PACKED, written.name
    item.offset, item.size, item.crc = written.offset, written.size, written.crc


def left_out_because(bundle: Bundle, item: BundleItem, below: int) -> str:
    """Why a certificate may not be packed now, empty when it may; below that age a guardian must have consented."""
    pupil = item.membership
    if pupil is None or pupil.organisation_id != bundle.organisation_id:
        return LeftOut.NOT_OF_SCHOOL
    if pupil.certificates_allowed_at is None:
        return LeftOut.NO_CONSENT
    if lacks_guardian(getattr(pupil.user, "volunteer", None), timezone.localdate(), below=below):
        return LeftOut.NO_GUARDIAN
    if item.certificate.state != State.ISSUED:
        return LeftOut.ENDED
    return ""


def entry_name(item: BundleItem) -> str:
    """`高一（2）班/李小梅-12010120260000014.pdf`, with nothing in it that a file system could not hold."""
    folder = _fit(item.membership.class_name) if item.membership else ""
    name = _fit(item.certificate.facts_json["holder_name"])
    return "/".join(part for part in (folder, f"{name}-{item.certificate.number}.pdf") if part)


def _fit(text: str) -> str:
    return _UNFIT.sub("_", text).strip(" .")[:60]


@transaction.atomic
def _finish(bundle_id: int) -> None:
    """Index and directory, then the file under its name, then the row: nobody sees half a file."""
    bundle = locked(bundle_id)
    if bundle.state not in OPEN:
        return
    path, moment = _partial(bundle), timezone.localtime(bundle.asked_at)
    with archive.finishing(path, at=bundle.written, moment=moment, entries=_entries(bundle)) as packed:
        write_index(packed, bundle)
    sha256, size = archive.digest(path)
    path.replace(path.with_suffix(""))
    move(
        bundle,
        BundleState.READY,
        sha256=sha256,
        size=size,
        failure="",
        ends_at=timezone.now() + timedelta(days=rules().school_file_days),
    )


def _entries(bundle: Bundle) -> Iterator[archive.Written]:
    packed = bundle.items.filter(state=ItemState.PACKED).order_by("offset")
    for row in packed.values_list("entry", "offset", "size", "crc").iterator(chunk_size=2000):
        yield archive.Written(*row)


def _partial(bundle: Bundle) -> Path:
    """The unfinished file. One that was renamed by a worker that died before it could say so is taken back."""
    finished = Path(storages["certificates"].path(bundle.file_name))
    partial = finished.with_name(f"{finished.name}.partial")
    if finished.exists() and not partial.exists():
        finished.replace(partial)
    return partial


@transaction.atomic
def _begin_anew(bundle_id: int) -> None:
    """The disk lost what was certain: everything is packed again."""
    bundle = locked(bundle_id)
    bundle.items.update(state=ItemState.WAITING, reason="", entry="", offset=None, size=None, crc=None)
    note(bundle, packed=0, left_out=0, written=0)
