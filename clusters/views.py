"""Who belongs to a cluster."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.doors import require, visible
from accounts.queries import memberships_allowing, people_managed_by
from accounts.roles import Permission
from clusters.forms import ClusterRoleForm


@require_http_methods(["GET", "HEAD", "POST"])
def role_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a role in a cluster."""
    manages = memberships_allowing(request.user, Permission.PEOPLE_MANAGE).exists()
    require(manages, _("Only administrators and coordinators look after people."))
    person = visible(people_managed_by(request.user).filter(is_active=True), pk=pk)
    form = ClusterRoleForm(request.POST or None, user=person, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_role(membership=form.instance, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The role is given."))
            return redirect("accounts:person", pk)
    return render(request, "clusters/role_new.html", {"person": person, "form": form})
