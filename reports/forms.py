"""What a coordinator chooses for the paper of a country's reports."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from activity import comments
from reports.actions.sharing import MOST_DAYS
from reports.models import PaperChoices, Remark
from reports.parts import Part
from reports.rendering.document import Audience
from reports.rendering.sections import offered

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
            kinds = offered(audience)
            self.fields[audience] = forms.MultipleChoiceField(
                label=label,
                choices=[(kind.code, kind.switch) for kind in kinds],
                initial=[kind.code for kind in kinds if kind.code not in off],
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def chosen(self) -> dict[str, Any]:
        """The arguments of `actions.choose_paper`."""
        data = self.cleaned_data
        off = {
            str(audience): [
                kind.code for kind in offered(audience) if kind.code not in data[audience]
            ]
            for audience in AUDIENCES
        }
        return {
            "cover_text": data["cover_text"],
            "logo": data["logo"],
            "without_logo": data.get("without_logo", False),
            "off": {audience: codes for audience, codes in off.items() if codes},
        }


class RemarkForm(forms.Form):
    """A reviewer's comment on a part of the report."""

    anchor = forms.ChoiceField(label=_("About"))
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("For"))
    text = forms.CharField(
        label=_("Comment"),
        max_length=comments.LONGEST,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,
        parts: Iterable[Part],
        organisations: QuerySet[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for part in parts:
            groups.setdefault(part.group, []).append((part.anchor, part.title))
        self.fields["anchor"].choices = list(groups.items())
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].initial = organisations.first()


class VerdictForm(forms.Form):
    """The coordinator's answer to a comment; an item can be opened again."""

    verdict = forms.ChoiceField(
        label=_("Answer"),
        choices=[one for one in Remark.Verdict.choices if one[0] != Remark.Verdict.OPEN],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Reason, or what was changed"),
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )
    reopen = forms.BooleanField(
        label=_("Open the item again for settlement (accepted comments only)"), required=False
    )

    def __init__(self, *args: Any, remark: Remark, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"remark-{remark.pk}", **kwargs)
        if not remark.item:
            del self.fields["reopen"]


class ReplyForm(forms.Form):
    """What an assessed ministry replies."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("For"))
    text = forms.CharField(
        label=_("Reply"),
        help_text=_("Printed with the report as it stands. An empty field takes the reply back."),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["organisation"].initial = organisations.first()


class ShareForm(forms.Form):
    """Whom a share link is for, and for how long it is open."""

    reader = forms.CharField(label=_("Who it is for"), max_length=200)
    days = forms.IntegerField(
        label=_("Open for how many days"), min_value=1, max_value=MOST_DAYS, initial=14
    )


class PublishForm(forms.Form):
    on = forms.DateField(
        label=_("On this day"),
        help_text=_("In the country's time. Without a day it is published at once."),
        required=False,
        widget=forms.DateInput({"type": "date"}),
    )
