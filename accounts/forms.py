"""What is filled in about people."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, Organisation, Token, User
from accounts.queries import countries_allowing, grantable_roles, roles_grantable_somewhere
from accounts.roles import COUNTRY_ROLES, Permission
from countries.models import Country, only_seen


class SignInForm(LoginForm):
    """The library's form in our words; labels stand above their fields, not in them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            del field.widget.attrs["placeholder"]


class OrganisationForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    country = forms.ModelChoiceField(
        Country.objects.none(), label=_("Country"), required=False, empty_label=_("none")
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = countries_allowing(by, Permission.PEOPLE_MANAGE)
        self.fields["country"].required = not grantable_roles(by, None)


class InvitationForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ["email", "role", "organisation", "country"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = countries_allowing(by, Permission.PEOPLE_MANAGE)
        everywhere = grantable_roles(by, None)
        grantable = roles_grantable_somewhere(by)
        self.fields["role"].choices = [
            (r.code, r.title) for r in COUNTRY_ROLES if r.code in grantable
        ]
        self.fields["country"].queryset = countries
        self.fields["country"].empty_label = _("all countries")
        self.fields["country"].required = not everywhere
        organisations = Organisation.objects.select_related("country")
        if not everywhere:
            organisations = organisations.filter(country__in=countries)
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].empty_label = _("choose one")


class NamingForm(forms.Form):
    may_be_named = forms.BooleanField(
        label=_("Name me in the members' edition of reports"), required=False
    )


class AcceptForm(forms.Form):
    """Who the invited person is."""

    name = forms.CharField(label=_("Your name"), max_length=150, validators=[only_seen])
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


class LeaverForm(forms.Form):
    """Who takes over, and the password of the one who says so."""

    successor = forms.ModelChoiceField(
        User.objects.none(), label=_("Who takes over"), required=False, empty_label=_("nobody")
    )
    password = forms.CharField(
        label=_("Your own password"),
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, by: User, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["successor"].queryset = people

    def clean_password(self) -> str:
        if not self.by.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your password."))
        return self.cleaned_data["password"]


class TokenForm(forms.ModelForm):
    class Meta:
        model = Token
        fields = ["name"]
