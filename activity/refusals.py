"""What an action refuses is told on the page that the person is on; what was typed stays."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest

from accounts.refusals import Stale
from activity.revised_form import RevisedForm


@contextmanager
def on_form(form: BaseForm, again: Callable[..., RevisedForm] | None = None) -> Iterator[None]:
    """Keep a refusal as faults of the form, beside the fields that they are about.

    What others have saved meanwhile stands beside what was typed: `again` makes a form of it.
    """
    try:
        yield
    except Stale as stale:
        if again:
            form.against(again(instance=stale.stored))
        form.add_error(None, stale.messages)
    except ValidationError as error:
        shown = {*form.fields, NON_FIELD_ERRORS}
        named = getattr(error, "error_dict", {}).keys() <= shown
        form.add_error(None, error if named else error.messages)


@contextmanager
def on_page(request: HttpRequest) -> Iterator[None]:
    """Tell a refusal on the next page."""
    try:
        yield
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
