"""The app `projects`; its label is `projects`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "portal.projects"
    label = "projects"
    verbose_name = _("志愿服务项目")

    def ready(self) -> None:
        from wagtail.signals import task_submitted, workflow_approved, workflow_cancelled, workflow_rejected

        from portal.projects import (  # noqa: F401  (some register themselves)
            linked,
            review,
            searchable,
            searchable_organisers,
            seeding,
            tasks,
            waiting,
        )
        from tenants.signals import template_built

        template_built.connect(seeding.make_workflow, dispatch_uid="projects.make_workflow")
        task_submitted.connect(review.submitted, dispatch_uid="projects.submitted")
        workflow_cancelled.connect(review.returned, dispatch_uid="projects.workflow_cancelled")
        workflow_rejected.connect(review.returned, dispatch_uid="projects.workflow_rejected")
        workflow_approved.connect(review.tell_approved, dispatch_uid="projects.tell_approved")
        workflow_rejected.connect(review.tell_returned, dispatch_uid="projects.tell_returned")
