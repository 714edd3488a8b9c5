"""The desk of those who run an organisation."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.roles import Role, has_role
from portal.core import feedback
from portal.core.errors import DomainError
from portal.core.posting import posted_from
from portal.organisations.domain import add_member, change_role, remove_member
from portal.organisations.enums import MemberRole, OrganisationKind
from portal.organisations.forms import AddMemberForm, RoleForm
from portal.organisations.models import Membership, Organisation
from portal.organisations.queries import members_of, memberships_of
from portal.organisations.rules import may_manage, runs


@never_cache
@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The organisations to which a person belongs."""
    return render(request, "organisations/mine.html", {"memberships": memberships_of(request.user)})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation's facts and members; POST adds one."""
    organisation = _managed(request, pk)
    form = AddMemberForm(request.POST or None)
    if form.is_valid():
        person, role = form.cleaned_data["person"], form.cleaned_data["role"]
        try:
            add_member(organisation, person, role=role, by=request.user)
        except DomainError as error:
            form.add_error(error.field or None, error)
        else:
            feedback.done(request, _("%(person)s已加入。") % {"person": person})
            return redirect("organisations:desk", pk=pk)
    runs_it = runs(request.user, organisation)
    context = {
        "organisation": organisation,
        "runs_it": runs_it and organisation.is_active,
        "members": members_of(organisation),
        "form": form,
        "roles": MemberRole,
        "reads_orders": has_role(request.user, Role.OFFICER),
        "takes_certificates": organisation.kind == OrganisationKind.SCHOOL and runs_it,
    }
    return render(request, "organisations/desk.html", context)


@login_required
@posted_from("organisations:desk", "pk")
def member_role(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Give a member another role."""
    membership = _member(request, pk, member)
    form = RoleForm(request.POST)
    if not form.is_valid():
        feedback.refused(request, _("没有这种身份，请重新选。"))
        return redirect("organisations:desk", pk=pk)
    role = MemberRole(form.cleaned_data["role"])
    told = _("%(person)s现在是%(role)s。") % {"person": membership.user, "role": role.label}
    return _answer(request, membership, told, change_role, role=role)


@login_required
@posted_from("organisations:desk", "pk")
def member_remove(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Take a member off the list."""
    membership = _member(request, pk, member)
    told = _("%(person)s已移出，服务记录仍然保留。") % {"person": membership.user}
    return _answer(request, membership, told, remove_member)


def _answer(request: HttpRequest, membership: Membership, told: str, verb: Any, **arguments: Any) -> HttpResponse:
    organisation = membership.organisation
    try:
        verb(membership, by=request.user, **arguments)
    except DomainError as error:
        feedback.refused(request, " ".join(error.messages))
    else:
        feedback.done(request, told)
    # Whoever has just given up the management may not see the page any more.
    if not may_manage(request.user, organisation):
        return redirect("organisations:mine")
    return redirect("organisations:desk", pk=organisation.pk)


def _managed(request: HttpRequest, pk: int) -> Organisation:
    organisation = get_object_or_404(Organisation.objects.select_related("division"), pk=pk)
    if not may_manage(request.user, organisation):
        raise PermissionDenied
    return organisation


def _member(request: HttpRequest, pk: int, member: int) -> Membership:
    organisation = _managed(request, pk)
    found = Membership.objects.select_related("organisation", "user")
    return get_object_or_404(found, pk=member, organisation=organisation)
