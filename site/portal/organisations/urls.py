"""Addresses under /desk/organisations/."""

from django.urls import path

from portal.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:pk>/", views.desk, name="desk"),
    path("<int:pk>/members/<int:member>/role/", views.member_role, name="member_role"),
    path("<int:pk>/members/<int:member>/remove/", views.member_remove, name="member_remove"),
]
