"""What is filled in about datasets and imports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from countries.matching import Gazetteer
from indicators.importing import LEAVE_OUT
from indicators.models import Dataset, Import

OTHER, LATER, OUT = "other", "later", "out"


class DatasetForm(forms.ModelForm):
    """What is said of a dataset; its code and whether it is invented are said once, at first."""

    class Meta:
        model = Dataset
        fields = ["title", "publisher", "licence", "address", "note"]
        widgets = {"note": forms.Textarea({"rows": 3})}
        help_texts = {"address": _("The publisher's page about it.")}


class NewDatasetForm(DatasetForm):
    class Meta(DatasetForm.Meta):
        fields = ["code", *DatasetForm.Meta.fields, "is_fictional"]
        help_texts = {
            **DatasetForm.Meta.help_texts,
            "code": _("Letters, digits, dots, dashes and underscores; it stands in addresses."),
            "is_fictional": _("Only fictional countries are in it then. This cannot be changed."),
        }


class UploadForm(forms.Form):
    """A file for a dataset."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, XLSX, XLS, ODS or SDMX, or a ZIP file of these."),
        max_length=200,
    )
    vintage = forms.CharField(
        label=_("Vintage"),
        help_text=_("As the publisher names it, such as “2021-09-15”."),
        max_length=60,
        required=False,
    )
    recipe = forms.ModelChoiceField(
        None,
        label=_("Layout"),
        help_text=_("Kept from an earlier file of the same kind."),
        empty_label=_("recognise it"),
        required=False,
    )
    is_complete = forms.BooleanField(
        label=_("The file is the whole dataset"),
        help_text=_("What it does not contain any more is then taken out."),
        required=False,
    )

    def __init__(self, *args: Any, dataset: Dataset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipe"].queryset = dataset.recipes.all()
        if not dataset.recipes.exists():
            del self.fields["recipe"]


class DescribeForm(forms.ModelForm):
    """Vintage and completeness of a file that is not loaded yet."""

    class Meta:
        model = Import
        fields = ["vintage", "is_complete"]


class CommitForm(forms.Form):
    leave_out = forms.BooleanField(
        label=_("Leave the values with errors out and load the others"), required=False
    )


class UndoForm(forms.Form):
    because = forms.CharField(
        label=_("Why it is undone"), max_length=500, widget=forms.Textarea({"rows": 2})
    )


class RecipeForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the layout"),
        help_text=_("An older one of this name is replaced."),
        max_length=100,
    )


class CountriesForm(forms.Form):
    """For each name that is not surely a country: which one is meant, leave out, or later.

    `names` are (what was found, codes offered, code decided on or None); `places` finds what is
    written into the field for another country.
    """

    def __init__(
        self,
        *args: Any,
        names: list[tuple[str, list[str], str | None]],
        titles: dict[str, str],
        places: Gazetteer,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names, self.places = names, places
        for n, (found, offered, decided) in enumerate(names):
            codes = dict.fromkeys([*([decided] if decided else []), *offered])
            self.fields[f"choice_{n}"] = forms.ChoiceField(
                label=found,
                choices=[
                    (LATER, _("decide later")),
                    *((code, f"{titles.get(code, code)} ({code})") for code in codes),
                    (OUT, _("leave its values out")),
                    (OTHER, _("another, named beside")),
                ],
                initial=LATER if decided is None else decided or OUT,
                required=False,
            )
            self.fields[f"other_{n}"] = forms.CharField(
                label=_("Another country for %(name)s") % {"name": found},
                max_length=200,
                required=False,
                widget=forms.TextInput({"list": "areas", "autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for n in range(len(self.names)):
            written = data.get(f"other_{n}")
            if data.get(f"choice_{n}") != OTHER and not written:
                continue
            area = self.places.find_text(written or "").area
            if area is None:
                text = _("No country is surely meant by “%(name)s”.") % {"name": written or ""}
                self.add_error(f"other_{n}", text)
            else:
                data[f"choice_{n}"] = area.code
        return data

    def decisions(self) -> dict[str, str]:
        """By what was found: the code of the country, or LEAVE_OUT; of a valid form."""
        chosen = {
            found: self.cleaned_data[f"choice_{n}"] for n, (found, *_rest) in enumerate(self.names)
        }
        return {
            found: LEAVE_OUT if choice == OUT else choice
            for found, choice in chosen.items()
            if choice not in ("", LATER)
        }

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"choice_{n}"], self[f"other_{n}"]) for n in range(len(self.names))]
