"""Addresses that the platform and every tenant share."""

from django.conf import settings
from django.urls import path

from portal.core import views

urlpatterns = [
    path("theme.css", views.theme_css, name="theme"),
    path("icon.svg", views.icon, name="icon"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("elder/", views.elder, name="elder"),
    path("language/", views.language, name="language"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]

if settings.STYLEGUIDE:
    from portal.core import styleguide

    urlpatterns.append(path("styleguide/", styleguide.show, name="styleguide"))
