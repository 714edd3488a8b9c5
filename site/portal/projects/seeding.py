"""What every tenant has for projects: the review by officers."""

from typing import Any


def make_workflow(**_: Any) -> None:
    """项目审核: what a community worker submits, an officer approves; approval publishes."""
    from django.contrib.auth.models import Group
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

    from portal.accounts.roles import Role
    from portal.projects.models import Project

    content_type = ContentType.objects.get_for_model(Project)
    if WorkflowContentType.objects.filter(content_type=content_type).exists():
        return
    workflow = Workflow.objects.create(name="项目审核")
    task = GroupApprovalTask.objects.create(name="主管审核")
    task.groups.set(Group.objects.filter(name=str(Role.OFFICER)))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(workflow=workflow, content_type=content_type)
