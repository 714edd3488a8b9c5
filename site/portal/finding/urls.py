"""Addresses of search, below `/search/`, the same on sites and on the platform."""

from django.urls import path

from portal.finding import views

app_name = "finding"
urlpatterns = [
    path("", views.results, name="results"),
    path("near/", views.near, name="near"),
    path("suggest/", views.suggestions, name="suggest"),
]
