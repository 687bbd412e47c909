"""What is filled in about clusters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import countries_allowing, organisations_managed_by
from accounts.roles import Permission
from clusters.models import Cluster, ClusterMembership


class _ClusterChoice(forms.ModelChoiceField):
    def label_from_instance(self, cluster: Cluster) -> str:
        return f"{cluster}, {cluster.country}"


class ClusterRoleForm(forms.ModelForm):
    """A role in a cluster of a country whose people `by` looks after, for `user`."""

    cluster = _ClusterChoice(Cluster.objects.none(), label=_("Cluster"))

    class Meta:
        model = ClusterMembership
        fields = ["role", "cluster", "organisation"]

    def __init__(self, *args: Any, user: User, by: User, **kwargs: Any) -> None:
        super().__init__(*args, instance=ClusterMembership(user=user), **kwargs)
        countries = countries_allowing(by, Permission.PEOPLE_MANAGE)
        clusters = Cluster.objects.filter(country__in=countries).select_related("country")
        self.fields["cluster"].queryset = clusters
        self.fields["organisation"].queryset = organisations_managed_by(by)
        self.fields["role"].choices = ClusterMembership._meta.get_field("role").choices
