"""Addresses of what checkers of credentials read, the same on a tenant's host and on the platform's."""

from django.urls import path

from certificates import credential_views

app_name = "credentials"
urlpatterns = [
    path("certificates/credentials/<int:division>/did.json", credential_views.did, name="did"),
    path("certificates/credentials/<int:division>/status/<int:number>/", credential_views.status, name="status"),
    path(
        "certificates/credentials/<int:division>/status/<int:number>/replaced/",
        credential_views.replaced,
        name="replaced",
    ),
]
