"""Addresses of stars, their publicity, and the certificates of organisations."""

from django.urls import path

from portal.honours.views import group, publicity, star

app_name = "honours"
urlpatterns = [
    path("stars/", publicity.stars, name="publicity"),
    path("desk/star/", star.star, name="star"),
    path("desk/star/<int:pk>/withdraw/", star.withdraw, name="star_withdraw"),
    path("desk/organisations/<int:pk>/certificates/", group.sheets, name="group_sheets"),
    path("desk/organisations/<int:pk>/certificates/<str:number>/pdf/", group.download, name="group_pdf"),
    path(
        "desk/organisations/<int:pk>/certificates/<str:number>/credential/", group.credential, name="group_credential"
    ),
]
