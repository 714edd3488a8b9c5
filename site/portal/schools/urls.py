"""Addresses under /desk/schools/."""

from django.urls import path

from portal.schools import consent_views, views

app_name = "schools"
urlpatterns = [
    path("<int:pk>/", views.pupils, name="pupils"),
    path("<int:pk>/list/", views.pupil_list, name="pupil_list"),
    path("<int:pk>/class/", views.assign_class, name="assign_class"),
    path("<int:pk>/missing/", views.missing, name="missing"),
    path("<int:pk>/hours.<str:form>", views.hours, name="hours"),
    path("<int:pk>/bundles/", views.bundles, name="bundles"),
    path("<int:pk>/bundles/<str:key>/file/", views.bundle_file, name="bundle_file"),
    path("<int:pk>/bundles/<str:key>/again/", views.bundle_again, name="bundle_again"),
    path("<int:pk>/bundles/<str:key>/end/", views.bundle_end, name="bundle_end"),
    path("consent/<int:pk>/", consent_views.consent, name="consent"),
]
