from collections.abc import Mapping, Sequence
from datetime import date

import factory

from accounts.models import Organisation
from countries.models import Country
from diagnostics import actions, settlement
from diagnostics.actions.responses import Content, EvidenceRow
from diagnostics.models import InstrumentVersion, Response, Round, Sheet
from diagnostics.scoring.instrument import Approach, Group, Instrument, Item, Source, Theme
from tests.factories.people import CountryFactory, OrganisationFactory

SOURCE = Source("added", "test", "here", "it is a test")


def small_instrument(
    *, code: str = "small", items: int = 4, levels: int = 5, subject: str = "country"
) -> Instrument:
    """Two themes, `money` and `advice`, of `items` items each."""

    def theme(name: str) -> Theme:
        return Theme(
            code=name,
            title=name.capitalize(),
            groups=(Group("all", "All"),),
            items=tuple(
                Item(
                    code=f"{name}.item_{n}",
                    title=f"{name.capitalize()} item {n}",
                    question=f"Does {name} {n} happen?",
                    group="all",
                    statements=tuple(
                        f"Fact {level} of {name} {n} is on record."
                        for level in range(2, levels + 1)
                    ),
                    evidence="A dated record.",
                    source=SOURCE,
                )
                for n in range(1, items + 1)
            ),
        )

    return Instrument(
        code=code,
        version="1.0",
        title="A small instrument",
        subject=subject,
        levels=levels,
        level_names=tuple(f"Stage {n}" for n in range(1, levels + 1)),
        themes=(theme("money"), theme("advice")),
        approaches=(Approach("m-1", "money", 1, "government", "Begin.", source=SOURCE),),
    )


def version(**options: object) -> InstrumentVersion:
    """The small instrument, loaded; the same call again gives the same version."""
    return actions.load_instrument(instrument=small_instrument(**options), by=None)


class RoundFactory(factory.Factory):
    """A round of the small instrument, collecting, with one sheet for `organisation`."""

    class Meta:
        model = Round

    country = factory.SubFactory(CountryFactory)
    title = factory.Sequence(lambda n: f"Round {n}")
    sheets = None
    instrument_version = factory.LazyFunction(version)
    opened = True

    @classmethod
    def _create(cls, model_class, *, opened, sheets, country, **fields):
        if sheets is None:
            sheets = [(OrganisationFactory(country=country), "government", ["money", "advice"])]
        made = actions.plan_round(
            country=country,
            period=(date(2025, 1, 1), date(2025, 12, 31)),
            sheets=sheets,
            by=None,
            **fields,
        )
        if opened:
            actions.open_round(round=made, by=None)
        made.refresh_from_db()
        return made


def sheet_of(organisation: Organisation, **fields: object) -> Sheet:
    """The one sheet of a new collecting round, in the government panel."""
    made = RoundFactory(
        country=organisation.country,
        sheets=[(organisation, "government", ["money", "advice"])],
        **fields,
    )
    return made.sheets.get(panel="government")


def content(*answers: str, statements: int = 4, **rest: object) -> Content:
    """A person's answers, each made singly; blanks fill up to the number of statements."""
    rest["evidence"] = [EvidenceRow(*row) for row in rest.get("evidence", [])]
    filled = [*answers, *[""] * (statements - len(answers))]
    made = ["single" if answer else "" for answer in filled]
    return Content(answers=filled, made=made, **rest)


def answer(sheet: Sheet, item: str, *answers: str, by=None, **rest: object) -> Response:
    """Save answers to one item on top of whatever is stored."""
    stored = sheet.responses.get(item__code=item)
    said = content(*answers, statements=len(stored.answers), **rest)
    return actions.save_response(
        sheet=sheet, item=item, content=said, revision=stored.revision, by=by
    )


def fill(sheet: Sheet, answers: Sequence[str] | Mapping[str, Sequence[str]], by=None) -> None:
    """Answer every item of the sheet alike, or those named."""
    codes = sheet.responses.values_list("item__code", flat=True)
    named = answers if isinstance(answers, Mapping) else dict.fromkeys(codes, answers)
    for item, given in named.items():
        answer(sheet, item, *given, by=by)


def close(made: Round, by=None) -> None:
    """End collecting, leave every contested item as the majority has it, and close."""
    actions.end_collecting(round=made, by=by)
    made.refresh_from_db()
    for one in settlement.board(made, made.sheets.get(panel="agreed")).pending:
        revision = one.response.revision
        waived = {"item": one.item.code, "reason": "The majority stands.", "revision": revision}
        actions.waive_item(round=made, by=by, **waived)
    actions.close_round(round=made, by=by)
    made.refresh_from_db()


def closed_round(country: Country | None = None, answers: Sequence[str] = ("yes", "no")) -> Round:
    """A closed round with one submitted sheet; its jobs are queued, not run."""
    country = country or CountryFactory()
    made = RoundFactory(country=country)
    (sheet,) = made.sheets.all()
    fill(sheet, answers)
    actions.submit_sheet(sheet=sheet, by=None)
    close(made)
    return made
