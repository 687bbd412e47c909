"""Events in words: each kind has one sentence, and an app adds its own in `ready()`."""

from collections.abc import Mapping
from string import Formatter

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activity.models import Event
from activity.translated import kept, of_now
from countries.models import Country

_sentences: dict[str, str] = {}
DAYS = ("date", "due")


def register(sentences: Mapping[str, str]) -> None:
    """Add sentences by event kind; `{by}` is the person, other names are the event's facts."""
    _sentences.update(sentences)


def record(
    kind: str, *, by: User | None, topic: str = "", country: Country | None = None, **facts: object
) -> Event:
    """Write one event row in the caller's transaction.

    Raises LookupError on an unknown kind, and where its sentence needs a fact that is not given:
    what is kept for good must be told for good.
    """
    if kind not in _sentences:
        raise LookupError(f"No sentence for events of kind {kind!r}.")
    named = {name for _text, name, *_rest in Formatter().parse(str(_sentences[kind])) if name}
    if missing := named - {"by"} - facts.keys():
        raise LookupError(f"Events of kind {kind!r} need {', '.join(sorted(missing))}.")
    return Event.objects.create(kind=kind, by=by, topic=topic, country=country, facts=kept(facts))


def people_changed(
    *,
    kind: str,
    by: User | None,
    country: Country | None,
    facts: dict[str, object],
    **kwargs: object,
) -> None:
    """Receives what the floor of people cannot record itself."""
    record(kind, by=by, topic="people", country=country, **facts)


def in_words(event: Event) -> str:
    facts = facts_in_words(of_now(event.facts))
    return str(_sentences[event.kind]).format(by=event.by or _("The system"), **facts)


def facts_in_words(facts: Mapping[str, object]) -> dict[str, object]:
    """The facts; days among them (ISO 8601, under the names of DAYS) as readers write them."""
    days = {name: parse_date(str(facts[name])) for name in DAYS if name in facts}
    return {**facts, **{name: date_format(day) for name, day in days.items() if day}}
