"""Addresses of the public keys, the same on a tenant's host and on the platform's."""

from django.urls import path

from certificates import key_views

app_name = "seals"
urlpatterns = [
    path("certificates/keys/", key_views.keys, name="keys"),
    path("certificates/keys/verify-certificate.py", key_views.verifier, name="verifier"),
    path("certificates/keys/verify-credential.py", key_views.credential_verifier, name="credential_verifier"),
    path("certificates/schemas/certificate-1.json", key_views.schema, name="schema"),
    path("certificates/keys/<int:division>/", key_views.keys_of, name="keys_of"),
    path("certificates/keys/<int:division>/keys.json", key_views.keys_json, name="json"),
    path("certificates/keys/<int:division>/<slug:fingerprint>.pem", key_views.key_pem, name="pem"),
]
