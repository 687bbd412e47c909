"""What is filled in about an action plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from diagnostics.actions.planning import Candidate
from diagnostics.models import Funding, Interest, Measure, Plan, ProgressNote

DAY = {"type": "date"}


class MeasureForm(forms.ModelForm):
    """One measure with all that belongs to it; whether it fits is for the action to say."""

    class Meta:
        model = Measure
        fields = [
            "title", "text", "theme", "horizon", "owner", "addressee", "pathway", "start", "end",
            "cost", "currency", "price_year", "cost_source", "indicator", "baseline", "target",
            "risk", "condition", "requires",
        ]  # fmt: skip
        widgets = {
            "title": forms.Textarea({"rows": 2}),
            "text": forms.Textarea({"rows": 4}),
            "risk": forms.Textarea({"rows": 2}),
            "condition": forms.Textarea({"rows": 2}),
            "start": forms.DateInput(DAY, format="%Y-%m-%d"),
            "end": forms.DateInput(DAY, format="%Y-%m-%d"),
            "requires": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.plan = plan
        instrument = plan.round.instrument_version.told
        self.fields["theme"] = forms.ChoiceField(
            label=_("Theme"), choices=[(theme.code, theme.title) for theme in instrument.themes]
        )
        owners = Organisation.objects.filter(country__in=[plan.round.country_id])
        self.fields["owner"].queryset = owners
        others = plan.measures.exclude(pk=self.instance.pk)
        self.fields["requires"].queryset = others
        if not others.exists():
            del self.fields["requires"]

    def clean_currency(self) -> str:
        return self.cleaned_data["currency"].upper()

    def _post_clean(self) -> None:
        """The action checks the values as a whole; here they are only read."""

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        parts = [
            (_("What"), ["title", "text", "theme", "horizon", "addressee", "pathway"]),
            (_("Who and when"), ["owner", "start", "end", "requires"]),
            (_("What it costs"), ["cost", "currency", "price_year", "cost_source"]),
            (_("How it is known to work"), ["indicator", "baseline", "target"]),
            (_("What it depends on"), ["risk", "condition"]),
        ]
        return [
            (str(label), [self[name] for name in names if name in self.fields])
            for label, names in parts
        ]


class PickForm(forms.Form):
    """What to take over from the road map."""

    picked = forms.MultipleChoiceField(label=_("Measures"))

    def __init__(self, *args: Any, offered: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {one.picked: one for one in offered}
        self.fields["picked"].choices = [(code, code) for code in self.offered]

    def chosen(self) -> list[Candidate]:
        return [self.offered[code] for code in self.cleaned_data["picked"]]


class NoteForm(forms.ModelForm):
    class Meta:
        model = ProgressNote
        fields = ["status", "text", "value"]
        widgets = {"text": forms.Textarea({"rows": 3})}


class FundingForm(forms.ModelForm):
    class Meta:
        model = Funding
        fields = ["source", "funder", "amount"]


class InterestForm(forms.ModelForm):
    class Meta:
        model = Interest
        fields = ["organisation", "text"]
        widgets = {"text": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        if len(organisations) == 1:
            self.fields["organisation"].initial = organisations[0]
