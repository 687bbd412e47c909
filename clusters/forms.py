"""What is filled in about clusters."""

import csv
import io
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, User
from accounts.queries import countries_allowing, organisations_managed_by
from accounts.roles import CLUSTER_ROLES, Permission
from activity.revised_form import RevisedForm
from clusters import identity
from clusters.models import Actor, Cluster, ClusterFigure, EmploymentTable, LinkageSurvey, Tie
from clusters.reading.linkages import LIMITS
from countries.forms import IndustryField
from countries.models import Country, Region
from countries.wording import worded
from indicators.typed_numbers import DegreesField, NumberField


class ClusterForm(RevisedForm, forms.ModelForm):
    """The entry itself."""

    class Meta:
        model = Cluster
        fields = [
            "name",
            "place",
            "regions",
            "latitude",
            "longitude",
            "point_of",
            "industry",
            "national_code",
            "products",
            "formation",
            "history",
        ]
        widgets = {"history": forms.Textarea({"rows": 5}), "regions": forms.CheckboxSelectMultiple}
        field_classes = {
            "latitude": DegreesField,
            "longitude": DegreesField,
            "industry": IndustryField,
        }

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
        field_classes = {"value": NumberField}


class EmploymentFileForm(forms.Form):
    """A file of employment, and what comes with it."""

    upload = forms.FileField(
        label=_("File (CSV, XLSX, XLS or ODS)"),
        help_text=_(
            "Columns region, industry, year, employment, and where known establishments, area, "
            "population; or years, industries or regions side by side, as statistics offices have "
            "them. A blank cell, “<5”, “c” and the like are suppressed."
        ),
    )
    plants = forms.FileField(
        label=_("Sizes of plants, where they are known"),
        help_text=_(
            "A file with the columns industry, year, employment and a row for each plant, or for "
            "all of one size with their number as establishments: Ellison and Glaeser's index "
            "needs them. No names."
        ),
        required=False,
    )
    absent_is_zero = forms.TypedChoiceField(
        label=_("A row that is not in the file means"),
        choices=[
            ("", _("not known: no index of a region or an industry that lacks rows")),
            ("zero", _("nobody is employed there: the office leaves out zeros")),
        ],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )


class EmploymentTitleForm(RevisedForm, forms.ModelForm):
    """What a table of employment is called and where it is from."""

    class Meta:
        model = EmploymentTable
        fields = ["title", "source"]


class EmploymentForm(EmploymentFileForm, EmploymentTitleForm):
    """A table of employment with its file."""


class DiscardForm(forms.Form):
    """Why something goes; a table that was never mapped goes without a reason."""

    because = forms.CharField(
        label=_("Why it is discarded"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Say why it is discarded.")},
    )

    def __init__(self, *args: Any, reason_needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not reason_needed:
            del self.fields["because"]


class RegionForm(RevisedForm, forms.ModelForm):
    """A region of a country, without its outline."""

    class Meta:
        model = Region
        fields = ["name", "code"]
        help_texts = {"name": _("As tables of employment write it: maps find the region by it.")}

    def __init__(self, *args: Any, country: Country, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.country = country


class OutlinesForm(forms.Form):
    """Outlines of regions and where they are from."""

    source = forms.CharField(label=_("Source"), max_length=200)
    name_property = forms.CharField(
        label=_("Property with the region's name"), max_length=60, initial="name"
    )
    upload = forms.FileField(
        label=_("File (GeoJSON)"),
        help_text=_("Polygons in longitude and latitude, at most 3 MB."),
    )


class LinkageSurveyForm(RevisedForm, forms.ModelForm):
    """A survey of who deals with whom."""

    class Meta:
        model = LinkageSurvey
        fields = ["title", "date", "source"]
        widgets = {"date": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}
        help_texts = {"source": _("Who asked whom, and how.")}


class TableForm(forms.Form):
    """A table, pasted or as a file; the two together would leave open which counts."""

    pasted = forms.CharField(
        label=_("Paste the table"),
        required=False,
        strip=False,
        max_length=5_000_000,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
    )
    upload = forms.FileField(label=_("Or a file (CSV, XLSX, XLS or ODS)"), required=False)

    def clean_upload(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data["upload"]
        if upload and upload.size > LIMITS.file:
            most = LIMITS.file // 10**6
            raise forms.ValidationError(_("The file is larger than %(most)s MB.") % {"most": most})
        return upload

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        given = bool(values.get("pasted", "").strip()) + bool(values.get("upload"))
        if not self.errors and given != 1:
            raise forms.ValidationError(_("Paste a table or choose a file, one of the two."))
        return values

    def table(self) -> bytes:
        """The table of a valid form, as it was given."""
        upload = self.cleaned_data["upload"]
        return upload.read() if upload else self.cleaned_data["pasted"].encode(errors="replace")

    def refuse(self, error: forms.ValidationError) -> None:
        """Tell what is wrong with the table, place by place."""
        self.add_error(None, error)


class _RowForm(forms.Form):
    """One row of a table, its fields the columns."""

    def table(self) -> bytes:
        """The table of a valid form: its columns and the one row."""
        values = self.cleaned_data.values()
        cells = [("yes" if v else "no") if isinstance(v, bool) else str(v) for v in values]
        out = io.StringIO()
        csv.writer(out).writerows([self.cleaned_data, cells])
        return out.getvalue().encode(errors="replace")

    def refuse(self, error: forms.ValidationError) -> None:
        """Tell at its field what is wrong with a cell; a form has no rows."""
        for fault in getattr(error, "faults", []):
            named = fault.column if fault.column in self.fields else None
            self.add_error(named, worded(fault.message))
        if not self.errors:
            self.add_error(None, error)


class ActorForm(_RowForm):
    """One actor; one that is in the survey already is changed."""

    name = forms.CharField(label=_("Name"), max_length=150)
    kind = forms.ChoiceField(label=_("Kind"), choices=Actor.Kind.choices)
    inside = forms.BooleanField(label=_("Inside the cluster"), required=False, initial=True)
    answered = forms.BooleanField(label=_("It answered"), required=False, initial=True)


class SurveyedForm(ActorForm):
    """What an actor of the survey is; its name tells which."""

    name = forms.CharField(label=_("Name"), disabled=True)


class ActorNameForm(RevisedForm, forms.ModelForm):
    """What an actor is called."""

    class Meta:
        model = Actor
        fields = ["name"]


class TieForm(_RowForm):
    """One tie; who did not answer told of none."""

    source = forms.ModelChoiceField(Actor.objects.none(), label=_("Who told of it"))
    target = forms.ModelChoiceField(Actor.objects.none(), label=_("Of whom"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Tie.Kind.choices)
    strength = forms.ChoiceField(
        label=_("Strength"), choices=Tie.Strength.choices, initial=Tie.Strength.REGULAR
    )
    direction = forms.ChoiceField(
        label=_("Goods, services, credit or knowledge: who told of it"),
        choices=Tie.Direction.choices,
        required=False,
    )
    since = forms.CharField(
        label=_("Since"), required=False, max_length=10, help_text=_("2019, 2019-05 or 2019-05-31")
    )
    note = forms.CharField(label=_("Source, where another than the survey's"), required=False,
                           max_length=300)  # fmt: skip

    def __init__(self, *args: Any, survey: LinkageSurvey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = survey.actors.filter(
            surveyed__survey=survey, surveyed__answered=True
        )
        self.fields["target"].queryset = survey.actors.all()


class IdentityForm(RevisedForm):
    """The guided test: is this a cluster?"""

    def __init__(self, *args: Any, instance: Cluster, **kwargs: Any) -> None:
        self.instance = instance
        super().__init__(*args, initial=instance.test, **kwargs)
        for code, question in identity.QUESTIONS.items():
            self.fields[code] = forms.ChoiceField(
                label=question,
                choices=identity.ANSWERS,
                widget=forms.RadioSelect,
                initial="unknown",
            )

    def values(self) -> dict[str, Any]:
        """What the action takes, of a valid form."""
        said = self.cleaned_data
        answers = {code: said[code] for code in identity.QUESTIONS}
        return {"revision": said["revision"], "test": answers}


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
