"""Addresses of calls for proposals."""

from django.urls import path

from portal.ventures import views

app_name = "ventures"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.detail, name="detail"),
]
