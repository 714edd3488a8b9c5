"""The app `projects`; its label is `projects`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "portal.projects"
    label = "projects"
    verbose_name = _("志愿服务项目")
