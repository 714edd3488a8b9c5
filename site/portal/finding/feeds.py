"""Any result list as an Atom feed and as a calendar, under the same parameters."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from portal.core.queries import site_name
from portal.finding.listed import Item, ResultList, asked_of, result_list
from portal.finding.wording import described
from search.query import Sort

#: Entries of a feed, appointments of a calendar.
NEWEST, COMING = 50, 200
SUMMARY = 300


class ResultFeed(Feed):
    """The newest first, whatever the address sorts by."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> ResultList:
        self.site = site_name()
        return result_list(request, asked_of(request), limit=NEWEST, sort=Sort.NEWEST)

    def title(self, listed: ResultList) -> str:
        return clean(_("%(question)s · %(site)s") % {"question": described(listed.asked), "site": self.site})

    def subtitle(self, listed: ResultList) -> str:
        return _("%(site)s公开的内容，新发布的在前。") % {"site": self.site}

    def link(self, listed: ResultList) -> str:
        return f"/search/?{listed.asked.encoded}"

    def feed_url(self, listed: ResultList) -> str:
        return f"/search/feed.atom?{listed.asked.encoded}"

    def items(self, listed: ResultList) -> Sequence[Item]:
        return listed.items

    def item_title(self, item: Item) -> str:
        return clean(item.row.title)

    def item_description(self, item: Item) -> str:
        return clean(item.row.summary or item.row.body[:SUMMARY])

    def item_link(self, item: Item) -> str:
        return item.url

    def item_author_name(self, item: Item) -> str:
        return clean(item.row.organiser or item.site or self.site)

    def item_pubdate(self, item: Item) -> dt.datetime | None:
        day = item.row.published_on
        return timezone.make_aware(dt.datetime.combine(day, dt.time())) if day else None

    def item_updateddate(self, item: Item) -> dt.datetime:
        return item.row.changed_at

    def item_categories(self, item: Item) -> list[str]:
        return [text for text in (item.kind, item.row.brand, item.site) if text]


@require_safe
@conditional_page
def feed(request: HttpRequest) -> HttpResponse:
    """`/search/feed.atom`."""
    # One feed object a request: it keeps the name of the site.
    return ResultFeed()(request)


@require_safe
@conditional_page
def calendar(request: HttpRequest) -> HttpResponse:
    """`/search/calendar.ics`: what has an occasion or a deadline, the next ones first."""
    from icalendar import Calendar

    listed = result_list(request, asked_of(request), limit=COMING, sort=Sort.SOONEST)
    made = Calendar()
    made.add("prodid", "-//Yinling//Search//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", clean(f"{described(listed.asked)} · {site_name()}"))
    for item in listed.items:
        if item.row.starts_at:
            made.add_component(_event(item, request.get_host()))
    response = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="yinling.ics"'
    return response


def _event(item: Item, host: str) -> Any:
    """Times in UTC: every program shows them in its reader's own."""
    from icalendar import Event

    row, event = item.row, Event()
    event.add("uid", "-".join(filter(None, (row.kind, str(row.tenant_id), row.source, row.part))) + f"@{host}")
    event.add("dtstamp", _utc(row.changed_at))
    event.add("last-modified", _utc(row.changed_at))
    event.add("dtstart", _utc(row.starts_at))
    if row.ends_at and row.ends_at > row.starts_at:
        event.add("dtend", _utc(row.ends_at))
    event.add("summary", clean(row.title))
    facts = "，".join(row.shown.get("facts", ()))
    event.add("description", clean("\n".join(filter(None, (facts, row.summary, item.url)))))
    event.add("url", item.url)
    if row.place:
        event.add("location", clean(row.place))
    if row.latitude is not None and row.longitude is not None:
        event.add("geo", (row.latitude, row.longitude))
    event.add("status", "CANCELLED" if row.status == "cancelled" else "CONFIRMED")
    return event


def clean(text: str) -> str:
    """Without control characters, which XML cannot hold."""
    return "".join(each for each in text if each.isprintable() or each in "\n\t ")


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)
