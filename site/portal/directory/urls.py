"""Addresses of the contact directory."""

from django.urls import path

from portal.directory import views

app_name = "directory"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.entry, name="entry"),
    path("export.<slug:suffix>", views.export, name="export"),
]
