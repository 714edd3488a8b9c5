"""What finds the way through a site: for people and for machines."""

from django.urls import path

from portal.home import views

app_name = "home"
urlpatterns = [
    path("", views.front_page),
    path("site-map/", views.site_map, name="site_map"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", views.sitemap),
    path("robots.txt", views.robots, name="robots"),
]
