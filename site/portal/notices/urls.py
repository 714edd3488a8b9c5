"""Addresses under /notices/."""

from django.urls import path

from portal.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.listing, name="listing"),
    path("read/", views.read_all, name="read_all"),
    path("<int:pk>/read/", views.read, name="read"),
]
