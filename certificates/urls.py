"""Addresses of the check pages, the same on a tenant's host and on the platform's."""

from django.urls import path

from certificates import views

app_name = "certificates"
urlpatterns = [
    path("certificates/check/", views.check, name="check"),
    path("certificates/check/<str:number>/", views.result, name="result"),
    # QR codes hold capitals alone, which makes them smaller; people may type either.
    path("C/<str:number>", views.scanned, name="scanned"),
    path("c/<str:number>", views.scanned),
]
