"""A form of something that several people change."""

from datetime import date
from typing import Any, Self

from django import forms
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _


class RevisedForm(forms.Form):
    """Its `revision` is that of the instance as it was read; a new one has none.

    What comes without a revision began from the first.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["revision"].initial = self.instance.revision
        else:
            del self.fields["revision"]

    def clean_revision(self) -> int:
        return self.cleaned_data["revision"] or 0

    def against(self, stored: Self) -> None:
        """Take up a refused save: what was typed stays, beside what others have saved meanwhile.

        `stored` is a fresh form of it. The next save replaces theirs.
        """
        self.data = self.data.copy()
        self.data["revision"] = stored["revision"].initial
        for field in self.visible_fields():
            there = stored[field.name]
            if field.field.has_changed(there.initial, field.data):
                field.help_text = format_html("{} {}", _("Saved meanwhile:"), _words(there))


def _words(field: forms.BoundField) -> str:
    """What stands in a field, in the words of its choices where it has any."""
    widget, value = field.field.widget, field.value()
    if isinstance(widget, forms.widgets.ChoiceWidget):
        groups = widget.optgroups(field.name, widget.format_value(value))
        chosen = [one["label"] for _name, options, _at in groups for one in options
                  if one["selected"]]  # fmt: skip
        return ", ".join(map(str, chosen)) or "—"
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return widget.format_value(value) or "—"
