"""What a coordinator chooses for the paper of a country's reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import PaperChoices
from reports.rendering.document import Audience
from reports.rendering.sections import OFFERED, TITLES

AUDIENCES = {
    Audience.MINISTER: _("Sections of the minister's two pages"),
    Audience.FULL: _("Sections of the full report"),
    Audience.DONOR: _("Sections of the donor annex"),
}


class PaperForm(forms.Form):
    """Words and logo of the cover; the sections of each audience, all but those switched off."""

    cover_text = forms.CharField(
        label=_("Words on the cover"),
        help_text=_("For example the ministry's name and address, or one sentence of welcome."),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    logo = forms.FileField(
        label=_("Logo"), help_text=_("PNG, JPEG or SVG, at most 1 MB."), required=False
    )
    without_logo = forms.BooleanField(label=_("Take the logo off"), required=False)

    def __init__(self, *args: Any, choices: PaperChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cover_text"].initial = choices.cover_text
        if choices.logo is None:
            del self.fields["without_logo"]
        for audience, label in AUDIENCES.items():
            off = choices.off.get(audience, [])
            self.fields[audience] = forms.MultipleChoiceField(
                label=label,
                choices=[(code, TITLES[code]) for code in OFFERED[audience]],
                initial=[code for code in OFFERED[audience] if code not in off],
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def chosen(self) -> dict[str, Any]:
        """The arguments of `actions.choose_paper`."""
        data = self.cleaned_data
        off = {
            str(audience): [code for code in OFFERED[audience] if code not in data[audience]]
            for audience in AUDIENCES
        }
        return {
            "cover_text": data["cover_text"],
            "logo": data["logo"],
            "without_logo": data.get("without_logo", False),
            "off": {audience: codes for audience, codes in off.items() if codes},
        }
