"""What each role of a tenant may do; the only place that says so."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OFFICER = "officer", _("主管")
    PUBLICIST = "publicist", _("宣传")
    REVIEWER = "reviewer", _("审核")
    COMMUNITY_WORKER = "community_worker", _("社区工作者")
    ORGANISATION_MANAGER = "organisation_manager", _("组织管理员")
    SCHOOL_MANAGER = "school_manager", _("学校管理员")
    VOLUNTEER = "volunteer", _("志愿者")


STAFF_ROLES = frozenset({Role.OFFICER, Role.PUBLICIST, Role.REVIEWER, Role.COMMUNITY_WORKER})


def _rights(model: str, *actions: str) -> tuple[str, ...]:
    """`_rights("core.brand", "view", "add")` → core.view_brand, core.add_brand."""
    app, name = model.split(".")
    return tuple(f"{app}.{action}_{name}" for action in actions)


_EDIT = ("view", "add", "change")
_ALL = (*_EDIT, "delete")
_RELEASE = ("publish", "lock", "unlock")
_ADMIN = ("wagtailadmin.access_admin",)

#: Django permissions of each role, as app.codename. Roles that work at the desk alone have none:
#: what they may do with their own things is said by the rules.py of each app.
PERMISSIONS: dict[Any, tuple[str, ...]] = {
    Role.OFFICER: (
        *_ADMIN,
        *_rights("accounts.user", *_EDIT),
        "accounts.view_disclosure",
        "accounts.disclose_user",
        *_rights("notices.notice", "view", "resend"),
        *_rights("organisations.organisation", *_ALL),
        *_rights("core.division", *_ALL),
        *_rights("core.brand", *_ALL),
        "core.change_siteidentity",
        "core.change_legalfooter",
        "core.change_rulesettings",
        *_rights("projects.project", *_ALL, *_RELEASE),
        *_rights("volunteers.volunteer", "view", "change"),
        *_rights("volunteers.signup", "view"),
        *_rights("volunteers.servicerecord", "view", "change"),
        *_rights("certificates.certificate", "view"),
        *_rights("volunteers.certificaterequest", "view"),
        *_rights("volunteers.correctionrequest", "view"),
        *_rights("volunteers.order", "view"),
        *_rights("certificates.logentry", "view"),
        *_rights("certificates.designversion", "view", "change", "publish"),
        *_rights("honours.starapplication", "view"),
        *_rights("honours.round", "view"),
        *_rights("ventures.call", *_ALL, *_RELEASE),
        *_rights("directory.directoryentry", *_ALL, *_RELEASE),
        *_rights("stories.consent", *_ALL),
        *_rights("finding.synonym", *_ALL),
        "finding.change_searchsettings",
        "finding.view_missedword",
        *_rights("wagtailredirects.redirect", *_ALL),
    ),
    Role.PUBLICIST: (
        *_ADMIN,
        *_rights("projects.project", "view"),
        *_rights("organisations.organisation", "view"),
        *_rights("stories.consent", *_EDIT),
        *_rights("finding.synonym", *_ALL),
        "finding.view_missedword",
    ),
    Role.REVIEWER: (
        *_ADMIN,
        *_rights("projects.project", "view"),
        *_rights("organisations.organisation", "view"),
        *_rights("stories.consent", "view"),
    ),
    Role.COMMUNITY_WORKER: (
        *_ADMIN,
        "accounts.disclose_user",
        *_rights("organisations.organisation", "view"),
        *_rights("projects.project", *_EDIT),
        *_rights("volunteers.volunteer", "view"),
        *_rights("volunteers.signup", "view"),
        *_rights("volunteers.servicerecord", "view", "change"),
        *_rights("directory.directoryentry", *_EDIT),
    ),
    Role.ORGANISATION_MANAGER: (),
    Role.SCHOOL_MANAGER: (),
    Role.VOLUNTEER: (),
}

#: Rights on every page of the site. Writers write, reviewers publish: never the same hand by its role alone.
PAGE_ACTIONS: dict[Any, tuple[str, ...]] = {
    Role.OFFICER: ("add", "change", "publish", "bulk_delete", "lock", "unlock"),
    Role.PUBLICIST: ("add", "change"),
    Role.REVIEWER: ("change", "publish", "lock", "unlock"),
}

_PICTURES = (*_rights("wagtailimages.image", "add", "choose"), *_rights("wagtaildocs.document", "add", "choose"))

#: Rights on the pictures and documents of every collection.
COLLECTION_PERMISSIONS: dict[Any, tuple[str, ...]] = {
    Role.OFFICER: (*_PICTURES, "wagtailimages.change_image", "wagtaildocs.change_document"),
    Role.PUBLICIST: (*_PICTURES, "wagtailimages.change_image", "wagtaildocs.change_document"),
    Role.REVIEWER: (*_rights("wagtailimages.image", "choose"), *_rights("wagtaildocs.document", "choose")),
    Role.COMMUNITY_WORKER: _PICTURES,
}


def has_role(user: Any, *roles: Any) -> bool:
    """Whether an active user is in one of the roles' groups; one query per user object."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    if not hasattr(user, "_role_names"):
        user._role_names = set(user.groups.values_list("name", flat=True))
    return bool(user._role_names & {str(role) for role in roles})


def is_staff_role(user: Any) -> bool:
    """Whether the user works for the site: idle exit and second factor concern them."""
    return bool(user.is_superuser or user.is_staff) or has_role(user, *STAFF_ROLES)


def permissions_named(names: tuple[str, ...]) -> list[Permission]:
    """The permission rows of app.codename texts that exist in the current schema."""
    wanted = models.Q(pk__in=[])
    for name in names:
        app, codename = name.split(".")
        wanted |= models.Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.filter(wanted))


def make_groups(**_: Any) -> None:
    """One group for each role, with exactly the rights of the tables above; repeatable."""
    for role, names in PERMISSIONS.items():
        group, _made = Group.objects.get_or_create(name=role)
        group.permissions.set(permissions_named(names))
        _grant_pages(group, PAGE_ACTIONS.get(role, ()))
        _grant_collections(group, COLLECTION_PERMISSIONS.get(role, ()))
    _replace_stock_groups()


def _grant_pages(group: Group, actions: tuple[str, ...]) -> None:
    from wagtail.models import GroupPagePermission, Page

    root = Page.get_first_root_node()
    granted = permissions_named(_rights("wagtailcore.page", *actions))
    group.page_permissions.exclude(page=root, permission__in=granted).delete()
    for permission in granted:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _grant_collections(group: Group, names: tuple[str, ...]) -> None:
    from wagtail.models import Collection, GroupCollectionPermission

    root = Collection.get_first_root_node()
    granted = permissions_named(names)
    group.collection_permissions.exclude(collection=root, permission__in=granted).delete()
    for permission in granted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _replace_stock_groups() -> None:
    """Wagtail's own Moderators and Editors go; its approval falls to reviewers."""
    from wagtail.models import GroupApprovalTask

    reviewers = Group.objects.filter(name__in=[Role.REVIEWER, Role.OFFICER])
    for approval in GroupApprovalTask.objects.filter(groups__name="Moderators").distinct():
        approval.groups.set(reviewers)
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
