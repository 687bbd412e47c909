"""What is filled in about datasets and imports."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from countries.matching import Gazetteer
from indicators.importing import LEAVE_OUT
from indicators.loading.queries import Decision
from indicators.models import Dataset, Import

OTHER, OUT = "other", "out"


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


class DecisionsForm(forms.Form):
    """For each name that is not surely known: what is meant by it, leave out, or `first`.

    `names` are (what was found, codes offered, code decided on or None); `titles` name the codes.
    """

    first: tuple[str, Promise]  # the choice that decides nothing
    other: Promise
    known = "areas"  # the list on the page that the field for another one completes from

    def __init__(self, *args: Any, names: list[Decision], titles: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.names, self.titles = names, titles
        for n, (found, offered, decided) in enumerate(names):
            codes = dict.fromkeys([*([decided] if decided else []), *offered])
            self.fields[f"choice_{n}"] = forms.ChoiceField(
                label=found,
                choices=[
                    self.first,
                    *((code, f"{titles.get(code, code)} ({code})") for code in codes),
                    (OUT, _("leave its values out")),
                    (OTHER, _("another, named beside")),
                ],
                initial=self.first[0] if decided is None else decided or OUT,
                required=False,
            )
            self.fields[f"other_{n}"] = forms.CharField(
                label=self.other % {"name": found},
                max_length=200,
                required=False,
                widget=forms.TextInput({"list": self.known, "autocomplete": "off"}),
            )

    def meant(self, written: str) -> str:
        """The code of what was written. Raises ValidationError where that is not sure."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for n in range(len(self.names)):
            written = data.get(f"other_{n}")
            if data.get(f"choice_{n}") != OTHER and not written:
                continue
            try:
                data[f"choice_{n}"] = self.meant(written or "")
            except forms.ValidationError as fault:
                self.add_error(f"other_{n}", fault)
        return data

    def decisions(self) -> dict[str, str]:
        """By what was found: the code of what is meant, or LEAVE_OUT; of a valid form."""
        chosen = {
            found: self.cleaned_data[f"choice_{n}"] for n, (found, *_rest) in enumerate(self.names)
        }
        return {
            found: LEAVE_OUT if choice == OUT else choice
            for found, choice in chosen.items()
            if choice not in ("", self.first[0])
        }

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"choice_{n}"], self[f"other_{n}"]) for n in range(len(self.names))]


class CountriesForm(DecisionsForm):
    """Which country a name means; `places` finds what is written for another one."""

    first = ("later", _("decide later"))
    other = _("Another country for %(name)s")

    def __init__(self, *args: Any, places: Gazetteer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places

    def meant(self, written: str) -> str:
        area = self.places.find_text(written).area
        if area is None:
            text = _("No country is surely meant by “%(name)s”.") % {"name": written}
            raise forms.ValidationError(text)
        return area.code


class IndicatorsForm(DecisionsForm):
    """Whether a name is a new indicator or one that the dataset has."""

    first = ("new", _("a new indicator"))
    other = _("Another indicator for %(name)s")
    known = "indicators"

    def meant(self, written: str) -> str:
        if written in self.titles:
            return written
        found = [code for code, title in self.titles.items() if title == written]
        if len(found) != 1:
            text = _("No indicator of the dataset is surely meant by “%(name)s”.")
            raise forms.ValidationError(text % {"name": written})
        return found[0]
