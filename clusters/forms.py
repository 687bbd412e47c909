"""What is filled in about clusters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, User
from accounts.queries import countries_allowing, organisations_managed_by
from accounts.roles import CLUSTER_ROLES, Permission
from clusters.models import Cluster


class _ClusterChoice(forms.ModelChoiceField):
    def label_from_instance(self, cluster: Cluster) -> str:
        return f"{cluster}, {cluster.country}"


class ClusterInvitationForm(forms.ModelForm):
    """A role in a cluster of a country whose people `by` looks after."""

    cluster = _ClusterChoice(
        Cluster.objects.none(), label=_("Cluster"), empty_label=_("choose one")
    )

    class Meta:
        model = Invitation
        fields = ["email", "role", "organisation"]

    field_order = ["email", "role", "cluster", "organisation"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = countries_allowing(by, Permission.PEOPLE_MANAGE)
        clusters = Cluster.objects.filter(country__in=countries).select_related("country")
        self.fields["cluster"].queryset = clusters
        self.fields["role"].choices = [(role.code, role.title) for role in CLUSTER_ROLES]
        self.fields["organisation"].queryset = organisations_managed_by(by)
        self.fields["organisation"].empty_label = _("choose one")
