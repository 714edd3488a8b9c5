"""Addresses under /desk/projects/."""

from django.urls import path

from portal.projects import desk_views

app_name = "projects_desk"
urlpatterns = [
    path("", desk_views.mine, name="mine"),
    path("new/<int:pk>/", desk_views.propose, name="propose"),
]
