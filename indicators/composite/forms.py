from django import forms
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 2_000_000


class IndexForm(forms.Form):
    """A specification as a file."""

    file = forms.FileField(
        label=_("Specification"),
        help_text=_("A YAML file as docs/index-format.md describes; it names a loaded dataset."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
    )

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is longer than 2 MB."))
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is not UTF-8 text.")) from None
