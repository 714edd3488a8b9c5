"""Public addresses of the bodies that offer projects, under /organisations/."""

from django.urls import path

from portal.projects import views

app_name = "organisers"
urlpatterns = [path("<int:pk>/", views.organiser, name="page")]
