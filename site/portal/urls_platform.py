"""Addresses of the platform host: all tenants together, and the operators' admin."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("operators/", admin.site.urls),
]
