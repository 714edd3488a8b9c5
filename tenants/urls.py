"""Addresses of a tenant's host: its uploaded files."""

from django.urls import path

from tenants import media

urlpatterns = [path("media/<path:path>", media.serve, name="media")]
