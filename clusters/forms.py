"""What is filled in about clusters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, User
from accounts.queries import countries_allowing, organisations_managed_by
from accounts.roles import CLUSTER_ROLES, Permission
from clusters import identity
from clusters.models import Cluster, ClusterFigure
from countries.models import Country

ANSWERS = [("yes", _("yes")), ("no", _("no")), ("unknown", _("not known"))]


class ClusterForm(forms.ModelForm):
    """The entry itself."""

    class Meta:
        model = Cluster
        fields = [
            "name",
            "place",
            "regions",
            "latitude",
            "longitude",
            "industry",
            "national_code",
            "products",
            "formation",
            "history",
        ]
        widgets = {"history": forms.Textarea({"rows": 5}), "regions": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, country: Country, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.country = country
        self.fields["regions"].queryset = country.regions.all()
        if not country.regions.exists():
            del self.fields["regions"]

    def values(self) -> dict[str, Any]:
        """What the actions take, of a valid form."""
        values = dict(self.cleaned_data)
        values["regions"] = list(values.get("regions", []))
        return values


class FigureForm(forms.ModelForm):
    """One figure with its year and source."""

    class Meta:
        model = ClusterFigure
        fields = ["measure", "value", "unit", "year", "source"]


class EmploymentForm(forms.Form):
    """A table of employment and where it is from."""

    title = forms.CharField(label=_("Title"), max_length=200)
    source = forms.CharField(label=_("Source"), max_length=300)
    upload = forms.FileField(
        label=_("File (CSV)"),
        help_text=_(
            "Columns region, industry, year, employment, and where known establishments, area, "
            "population. A blank employment is suppressed."
        ),
    )


class IdentityForm(forms.Form):
    """The guided test: is this a cluster?"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, question in identity.QUESTIONS.items():
            self.fields[code] = forms.ChoiceField(
                label=question, choices=ANSWERS, widget=forms.RadioSelect, initial="unknown"
            )


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
