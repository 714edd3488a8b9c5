"""Drafts of designs, and their publication; what was issued never changes."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certificates.design import Design
from certificates.designs.proving import require_publishable
from certificates.enums import DESIGN_TRANSITIONS, DesignState
from certificates.errors import DraftChanged, TransitionRefused
from certificates.facts import Programme
from certificates.models import DesignVersion


@transaction.atomic
def save_draft(kind: str, occasion: str, design: Design, *, edited_by: str, seen: str | None = None) -> DesignVersion:
    """The one draft of this kind and occasion, saying what `design` says; made when there is none.

    So an old version comes back: its design becomes the draft. `seen` is the `edition` that the editor began from,
    empty where there was no draft; `DraftChanged` when it is another by now.
    """
    draft, made = DesignVersion.objects.select_for_update().get_or_create(
        kind=kind, occasion=occasion, state=DesignState.DRAFT
    )
    if seen is not None and seen != ("" if made else draft.edition):
        raise DraftChanged(
            _(
                "您打开以后，这份草稿被别人改过、发布或删除了。您填的没有保存，还在下面（选的文件要重新选）。"
                "先看看现在的草稿；要用您填的，再按一次，就以您的为准。"
            )
        )
    draft.take(design).edited_by = edited_by
    draft.save()
    return draft


@transaction.atomic
def drop_draft(draft: DesignVersion) -> None:
    """Away with a draft; raises `TransitionRefused` for what was published."""
    locked = DesignVersion.objects.select_for_update().get(pk=draft.pk)
    if locked.state != DesignState.DRAFT:
        raise TransitionRefused(_("发布过的样式不能删除。"), field="state")
    locked.delete()


@transaction.atomic
def publish_design(draft: DesignVersion, *, published_by: str, programme: Programme) -> DesignVersion:
    """From now on this prints what is asked for; the version before it retires.

    `programme` is whose sheet is tried. Refused with what `require_publishable` raises, and with `TransitionRefused`
    when somebody else has published or dropped the draft meanwhile.
    """
    locked = DesignVersion.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None:
        raise TransitionRefused(_("这份草稿已经不在了，可能刚被别人删除。"), field="state")
    _require_move(locked, DesignState.PUBLISHED)
    require_publishable(locked.design, locked.kind, locked.occasion, programme=programme)
    series = DesignVersion.objects.filter(kind=locked.kind, occasion=locked.occasion)
    for before in series.select_for_update().filter(state=DesignState.PUBLISHED):
        _retire(before, by=published_by)
    locked.number = (series.aggregate(last=Max("number"))["last"] or 0) + 1
    locked.state, locked.published_by, locked.published_at = DesignState.PUBLISHED, published_by, timezone.now()
    locked.save()
    return locked


@transaction.atomic
def retire_design(version: DesignVersion, *, retired_by: str) -> None:
    """Back to what comes with the package; `TransitionRefused` for what does not print now."""
    locked = DesignVersion.objects.select_for_update().get(pk=version.pk)
    _require_move(locked, DesignState.RETIRED)
    _retire(locked, by=retired_by)


def _retire(version: DesignVersion, *, by: str) -> None:
    version.state, version.retired_by, version.retired_at = DesignState.RETIRED, by, timezone.now()
    version.save(update_fields=["state", "retired_by", "retired_at"])


def _require_move(version: DesignVersion, to: Any) -> None:
    if to not in DESIGN_TRANSITIONS[version.state]:
        raise TransitionRefused(
            _("这一版现在是“{now}”，不能改为“{to}”。").format(now=DesignState(version.state).label, to=to.label),
            field="state",
        )
