"""Addresses of the platform's host; the probes answer on every host."""

from django.urls import path

from tenants import health, views

urlpatterns = [
    path("", views.platform_home, name="platform_home"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
