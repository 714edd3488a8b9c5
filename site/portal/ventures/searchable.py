"""What search may know of calls for proposals."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.listed import earliest, end_of, lines, moment_line, plain, site_code, start_of, told
from portal.core.models import Brand
from portal.ventures.enums import PUBLIC_STAGES, CallStage
from portal.ventures.models import Call
from portal.ventures.queries import published_calls
from portal.ventures.stages import stage
from search.documents import Document
from search.registry import Declaration, declare


def documents(call: Call) -> Iterator[Document]:
    """One call; its deadline is the moment at which it stops taking proposals."""
    now = timezone.now()
    current = stage(call, now)
    waits = current in {CallStage.ANNOUNCED, CallStage.OPEN}
    yield Document(
        url=call.get_absolute_url(),
        title=call.title,
        summary=call.summary,
        body=lines(plain(call.sought), plain(call.eligibility), plain(call.hand_in), call.funds, call.term),
        keywords=told(_("公益创投"), _("征集公告"), str(current.label), call.contact_phone),
        number=call.number,
        organiser=call.organiser,
        shown={"beside": [str(current.label), call.organiser], "facts": _facts(call, current)},
        division_code=site_code(),
        brand=call.brand.name if call.brand else "",
        status=current,
        starts_at=call.closes_at if waits else None,
        published_on=call.published_on,
        visible_until=call.expire_at,
        stale_at=None if current == CallStage.CANCELLED else earliest(_changes(call), after=now),
    )


def _facts(call: Call, current: CallStage) -> list[str]:
    until = _("%(moment)s停止接收") % {"moment": moment_line(call.closes_at)}
    ceiling = _("单个项目不超过%(ceiling)s元") % {"ceiling": call.ceiling}
    if current in {CallStage.ANNOUNCED, CallStage.OPEN}:
        return told(until, ceiling, call.funds)
    return told(ceiling, call.funds)


def _changes(call: Call) -> list[dt.datetime | None]:
    """The moments at which the stage becomes another."""
    return [
        call.opens_at,
        call.closes_at,
        call.bids_opened_at,
        start_of(call.publicity_from) if call.publicity_from else None,
        end_of(call.publicity_to) if call.publicity_to else None,
        start_of(call.results_on) if call.results_on else None,
    ]


declare(
    Declaration(
        kind="call",
        label=gettext_lazy("公益创投"),
        model=Call,
        public=published_calls,
        documents=documents,
        statuses={each.value: each.label for each in PUBLIC_STAGES},
        depends={Brand: lambda brand: Call.objects.filter(brand=brand)},
    )
)
