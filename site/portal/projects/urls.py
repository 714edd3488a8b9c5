"""Public addresses of projects, under /projects/."""

from django.urls import path

from portal.projects import views

app_name = "projects"
urlpatterns = [
    path("", views.project_list, name="list"),
    path("<slug:number>/", views.project_detail, name="detail"),
]
