"""What a coordinator fills in to plan a round."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from clusters.models import Cluster
from countries.models import Country
from diagnostics import history
from diagnostics.instrument_queries import newest_published
from diagnostics.models import InstrumentVersion, Objection, Round, Sheet
from diagnostics.models.rounds import Panel
from diagnostics.pages import ANSWERS
from diagnostics.queries import people_filling, people_in_record


class ChooseForm(forms.Form):
    """First step: about which country, with which instrument, of each the newest version."""

    country = forms.ModelChoiceField(Country.objects.none(), label=_("Country"))
    instrument = forms.ModelChoiceField(
        InstrumentVersion.objects.none(),
        label=_("Instrument"),
    )

    def __init__(self, *args: Any, countries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = countries
        rated = newest_published().exclude(subject=InstrumentVersion.Subject.FIRM)
        self.fields["instrument"].queryset = rated.filter(
            Q(country=None) | Q(country__in=countries)
        )

    def clean(self) -> dict[str, Any]:
        """A country's edition is for that country's rounds alone."""
        version, country = (self.cleaned_data.get(name) for name in ("instrument", "country"))
        if version and country and version.country_id not in (None, country.pk):
            self.add_error("instrument", _("This is the edition of another country."))
        return self.cleaned_data


class PlanForm(forms.Form):
    """Second step: the period, and which organisation answers what in which panel."""

    title = forms.CharField(label=_("Title"), max_length=200)
    cluster = forms.ModelChoiceField(Cluster.objects.none(), label=_("Cluster"))
    period_start = forms.DateField(label=_("Period from"), widget=forms.DateInput({"type": "date"}))
    period_end = forms.DateField(label=_("Period to"), widget=forms.DateInput({"type": "date"}))
    due_on = forms.DateField(
        label=_("Answers due on"), widget=forms.DateInput({"type": "date"}), required=False
    )

    def __init__(
        self, *args: Any, country: Country, version: InstrumentVersion, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.country, self.version = country, version
        if version.subject == InstrumentVersion.Subject.CLUSTER:
            self.fields["cluster"].queryset = country.clusters.all()
        else:
            del self.fields["cluster"]
        panels = [("", _("not asked"))]
        panels += [choice for choice in Panel.choices if choice[0] != Panel.AGREED]
        themes = [(theme.code, theme.title) for theme in version.told.themes]
        self.organisations = list(Organisation.objects.filter(country=country))
        for organisation in self.organisations:
            self.fields[f"panel_{organisation.pk}"] = forms.ChoiceField(
                label=_("Panel of %(name)s") % {"name": organisation},
                choices=panels,
                required=False,
            )
            self.fields[f"themes_{organisation.pk}"] = forms.MultipleChoiceField(
                label=_("Themes of %(name)s") % {"name": organisation},
                choices=themes,
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=[code for code, _title in themes],
            )

    def rows(self) -> list[tuple[Organisation, forms.BoundField, forms.BoundField]]:
        """Each organisation with its two fields, for the page."""
        return [(o, self[f"panel_{o.pk}"], self[f"themes_{o.pk}"]) for o in self.organisations]

    def sheets(self) -> list[tuple[Organisation, str, list[str]]]:
        """What plan_round takes, of a valid form."""
        chosen = [
            (o, self.cleaned_data[f"panel_{o.pk}"], self.cleaned_data[f"themes_{o.pk}"])
            for o in self.organisations
        ]
        return [row for row in chosen if row[1]]


class AssignForm(forms.Form):
    """A part of a sheet for one person, and by when."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Person"))
    themes = forms.MultipleChoiceField(
        label=_("Themes"), widget=forms.CheckboxSelectMultiple, required=False
    )
    items = forms.MultipleChoiceField(
        label=_("Items"), widget=forms.CheckboxSelectMultiple, required=False
    )
    due_on = forms.DateField(
        label=_("Due on"), widget=forms.DateInput({"type": "date"}), required=False
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_filling([sheet])
        themes = [
            theme
            for theme in sheet.round.instrument_version.told.themes
            if theme.code in sheet.themes
        ]
        self.fields["themes"].choices = [(theme.code, theme.title) for theme in themes]
        self.fields["items"].choices = [
            (theme.title, [(item.code, item.title) for item in theme.items]) for theme in themes
        ]
        self.fields["due_on"].initial = sheet.round.due_on


class ObjectionForm(forms.ModelForm):
    """What an organisation objects to, with the evidence."""

    class Meta:
        model = Objection
        fields = ["organisation", "about", "text", "link", "page", "quote"]
        widgets = {
            "text": forms.Textarea({"rows": 3}),
            "quote": forms.Textarea({"rows": 2}),
        }

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].empty_label = None
        self.fields["about"].choices = Objection.About.choices
        self.fields["about"].initial = Objection.About.ANSWER


class AnswerForm(forms.Form):
    """Whether an objection is accepted, and why."""

    verdict = forms.ChoiceField(
        label=_("Answer"),
        choices=[("accepted", _("accepted")), ("refused", _("refused"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class HistoryForm(forms.Form):
    """What of a round's record to show."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    item = forms.ChoiceField(label=_("Item"), required=False)
    person = forms.ModelChoiceField(User.objects.none(), label=_("Person"), required=False)
    before = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("all")), *history.KINDS.items()]
        items = round.instrument_version.told.items()
        titles = [(code, item.title) for code, item in items.items()]
        self.fields["item"].choices = [("", _("all")), *titles]
        self.fields["person"].queryset = people_in_record(round)

    def asked(self) -> history.Asked:
        """Of a valid form."""
        given = self.cleaned_data
        person = given["person"]
        return history.Asked(
            given["kind"], given["item"], person.pk if person else None, given["before"]
        )


class ReasonForm(forms.Form):
    """Why something is undone."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 3}))


class EvidenceForm(forms.Form):
    """One piece of evidence; a row left empty is none."""

    link = forms.CharField(label=_("Document or address"), max_length=500, required=False)
    page = forms.CharField(label=_("Page or place"), max_length=200, required=False)
    quote = forms.CharField(
        label=_("Words quoted"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )
    file = forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)


EvidenceFormSet = forms.formset_factory(EvidenceForm, extra=1, max_num=20, absolute_max=20)


class DecisionForm(forms.Form):
    """What is decided about one item: its answers (for settling), why, as seen at `revision`."""

    SETTLE, WAIVE, TAKE_BACK, REOPEN = "settle", "waive", "take_back", "reopen"
    decision = forms.ChoiceField(choices=[(one, one) for one in (SETTLE, WAIVE, TAKE_BACK, REOPEN)])
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why, in a sentence the report can print"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
    applies_not = forms.BooleanField(label=_("This item has no meaning here"), required=False)

    def __init__(self, *args: Any, steps: range, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", ""), *((str(one), str(one)) for one in ANSWERS)]
        self.statements = [f"answer_{step}" for step in steps]
        for name in self.statements:
            self.fields[name] = forms.ChoiceField(choices=choices, required=False)

    def answers(self) -> list[str]:
        """One answer per statement, of a valid form; all blank where the item does not apply."""
        away = self.cleaned_data["applies_not"]
        return ["" if away else self.cleaned_data[name] for name in self.statements]


class DissentForm(forms.Form):
    """An organisation holds otherwise. Only who speaks for it can consent to being named."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    text = forms.CharField(
        label=_("What it holds, and why"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    named = forms.BooleanField(
        label=_("My name may stand beside it in the members' edition of the report"),
        required=False,
    )

    def __init__(self, *args: Any, organisations: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        if not own:
            del self.fields["named"]
