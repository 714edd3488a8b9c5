"""What programs read, the same on sites and on the platform."""

from django.urls import include, path

from portal.finding import feeds

urlpatterns = [
    path("search/feed.atom", feeds.feed, name="search_feed"),
    path("search/calendar.ics", feeds.calendar, name="search_calendar"),
    path("api/v1/", include("portal.finding.api")),
]
