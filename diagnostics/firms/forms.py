"""What a cluster's agent fills in about firms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activity.revised_form import RevisedForm
from clusters.models import Firm
from countries.forms import IndustryField


class FirmForm(RevisedForm, forms.ModelForm):
    """A member firm; its name becomes that of its organisation."""

    name = forms.CharField(label=_("Name"), max_length=200)

    class Meta:
        model = Firm
        fields = ["size", "role", "industry"]
        field_classes = {"industry": IndustryField}

    field_order = ["name", "size", "role", "industry"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["name"].initial = str(self.instance)


class FirmInvitationForm(forms.Form):
    """Who is to answer for the firm."""

    email = forms.EmailField(label=_("E-mail address"))
