"""The discussion of an item: inside one sheet, and in the settlement of a round.

The first is read by those who fill the sheet and the coordinators, the second by the coordinators
and the raters whose sheet is submitted; neither leaves for a report.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.doors import require, visible
from accounts.models import User
from activity import comments
from activity.models import Comment
from diagnostics import queries
from diagnostics.models import Round, Sheet
from diagnostics.scoring.instrument import Item


class CommentForm(forms.Form):
    """A comment, and whom it is for."""

    text = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=comments.LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )
    mentioned = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=gettext_lazy("Tell these people"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentioned"].queryset = people


def sheet_topic(sheet: Sheet, code: str) -> str:
    return f"sheet {sheet.pk} {code}"


def settlement_topic(round: Round, code: str) -> str:
    return f"settlement {round.pk} {code}"


@dataclass(frozen=True)
class Discussion:
    """One item's discussion: whom it may mention, its page, and the page to go back to."""

    round: Round
    item: Item
    topic: str
    people: QuerySet[User]
    url: str
    back_url: str
    back_name: str

    def say(self, *, text: str, mentioned: Iterable[User], by: User) -> Comment:
        """Add a comment; raises Refused on one that is empty or too long."""
        return comments.say(
            topic=self.topic,
            text=text,
            mentioned=mentioned,
            by=by,
            url=self.url,
            about=self.item.title,
            country=self.round.country,
        )


def of_sheet(user: User, pk: int, code: str) -> Discussion:
    """The discussion of one item of one sheet; raises Http404 or PermissionDenied."""
    sheet = visible(queries.round_sheets_visible_to(user), pk=pk)
    require(
        queries.fills(user, sheet) or queries.runs(user, sheet.round_id),
        _("Only members of the organisation and the coordinator discuss its sheet."),
    )
    theme = reverse("diagnostics:sheet_theme", args=[pk, code.split(".")[0]])
    return Discussion(
        round=sheet.round,
        item=_item(sheet.round, code, sheet.themes),
        topic=sheet_topic(sheet, code),
        people=queries.people_filling([sheet]) | queries.coordinators_of(sheet.round.country),
        url=reverse("diagnostics:sheet_discussion", args=[pk, code]),
        back_url=f"{theme}#{code.replace('.', '-')}",
        back_name=str(sheet),
    )


def of_settlement(user: User, pk: int, code: str) -> Discussion:
    """The discussion of one item while differences are settled; raises as of_sheet does."""
    round = visible(queries.settling_visible_to(user), pk=pk)
    require(
        queries.discusses(user, round),
        _("Only the coordinator and those who submitted a sheet discuss the settlement."),
    )
    submitted = queries.raters(round).filter(state=Sheet.State.SUBMITTED)
    themes = {theme for sheet in submitted for theme in sheet.themes}
    return Discussion(
        round=round,
        item=_item(round, code, themes),
        topic=settlement_topic(round, code),
        people=queries.people_filling(submitted) | queries.coordinators_of(round.country),
        url=reverse("diagnostics:settlement_discussion", args=[pk, code]),
        back_url=reverse("diagnostics:settlement_item", args=[pk, code]),
        back_name=_("Settlement"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def on_sheet(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    return _page(request, of_sheet(request.user, pk, code))


@require_http_methods(["GET", "HEAD", "POST"])
def on_settlement(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    return _page(request, of_settlement(request.user, pk, code))


def _item(round: Round, code: str, themes: Any) -> Item:
    instrument = round.instrument_version.told
    for theme in instrument.themes:
        for item in theme.items:
            if item.code == code and theme.code in themes:
                return item
    raise Http404


def _page(request: HttpRequest, shown: Discussion) -> HttpResponse:
    if "resolve" in request.POST:
        number = request.POST["resolve"]
        key = int(number) if number.isdecimal() and len(number) < 10 else 0
        comment = visible(comments.on(shown.topic), pk=key)
        try:
            comments.resolve(comment=comment, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(shown.url)
    form = CommentForm(request.POST or None, people=shown.people)
    if request.method == "POST" and form.is_valid():
        try:
            shown.say(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error("text", error)
        else:
            return redirect(shown.url)
    context = {
        "round": shown.round,
        "item": shown.item,
        "form": form,
        "comments": comments.on(shown.topic),
        "back_url": shown.back_url,
        "back_name": shown.back_name,
    }
    return render(request, "diagnostics/discussion.html", context)
