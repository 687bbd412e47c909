"""What a person chooses about notifications."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity import notices
from activity.models import NotificationChoice


class ChoicesForm(forms.Form):
    """One field a kind, and the language of mails."""

    language = forms.ChoiceField(label=_("Language of mails"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.kinds = {code.replace(".", "_"): code for code in notices.kinds()}
        self.fields["language"].initial = user.language or settings.LANGUAGE_CODE
        chosen = dict(user.notification_choices.values_list("kind", "how"))
        for name, code in self.kinds.items():
            self.fields[name] = forms.ChoiceField(
                label=notices.kinds()[code],
                choices=NotificationChoice.How.choices,
                initial=chosen.get(code, NotificationChoice.How.BOTH),
            )

    def save(self) -> None:
        """Keep what was chosen, of a valid form."""
        how = {code: self.cleaned_data[name] for name, code in self.kinds.items()}
        notices.choose(how=how, language=self.cleaned_data["language"], by=self.user)
