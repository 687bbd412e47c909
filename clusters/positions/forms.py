"""What is filled in about the position of a cluster and the size structure of a country."""

from typing import Any

from django import forms

from clusters.identity import ANSWERS
from clusters.models import CapabilityAnswers, SizeStructure
from clusters.positions import words
from indicators.typed_numbers import NumberField


class CapabilityForm(forms.ModelForm):
    """The statements on products and processes, with the year and who looked."""

    class Meta:
        model = CapabilityAnswers
        fields = ["year", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.answers
        self.marks = [*words.PRODUCT, *words.PROCESS]
        for code, text in (words.PRODUCT | words.PROCESS).items():
            self.fields[code] = forms.ChoiceField(
                label=text, choices=ANSWERS, widget=forms.RadioSelect,
                initial=kept.get(code, "unknown"),
            )  # fmt: skip
        self.order_fields([*self.marks, "year", "source"])

    def values(self) -> dict[str, Any]:
        """What the action takes, of a valid form."""
        said = self.cleaned_data
        answers = {code: said[code] for code in self.marks}
        return {"answers": answers, "year": said["year"], "source": said["source"]}


class SizeStructureForm(forms.ModelForm):
    """Shares of employment with year and source."""

    class Meta:
        model = SizeStructure
        fields = ["year", "coverage", "small", "medium", "large", "source"]
        field_classes = dict.fromkeys(["small", "medium", "large"], NumberField)
