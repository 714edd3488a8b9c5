"""Addresses of saved searches, below `/search/saved/`, on sites alone."""

from django.urls import path

from portal.finding import saved_views as views

app_name = "saved_search"
urlpatterns = [
    path("", views.save, name="save"),
    path("asked/", views.asked_for, name="asked"),
    path("<str:token>/confirm/", views.confirm, name="confirm"),
    path("<str:token>/stop/", views.stop, name="stop"),
]
