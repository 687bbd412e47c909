"""Whether an instrument's statements form a ladder, from what sheets answered singly."""

from dataclasses import dataclass

from diagnostics.models import InstrumentVersion, Response, Sheet
from diagnostics.models.rounds import Panel
from diagnostics.scoring.instrument import Item, Status, Theme
from diagnostics.scoring.soundness import (
    Correlation,
    OutOfOrder,
    Row,
    Scalogram,
    item_total,
    out_of_order_rates,
    scalogram,
)


@dataclass(frozen=True)
class ItemSoundness:
    item: Item
    correlation: Correlation | None
    out_of_order: list[OutOfOrder]


@dataclass(frozen=True)
class ThemeSoundness:
    theme: Theme
    scale: Scalogram
    items: list[ItemSoundness]


def soundness(version: InstrumentVersion, *, provenance: str) -> list[ThemeSoundness]:
    """Each theme's scale (method.md section 9) over the submitted sheets of one provenance.

    Invented answers never count among real ones, so one provenance is taken at a time. Marks that
    classify are no ladder: of these there is nothing to tell. Answers of firms are the firms' own.
    """
    if version.instrument.classifies:
        return []
    responses = (
        Response.objects.filter(
            sheet__round__instrument_version=version,
            sheet__round__provenance=provenance,
            sheet__round__firm=None,
            sheet__state=Sheet.State.SUBMITTED,
            status=Status.ANSWERED,
        )
        .exclude(sheet__panel=Panel.AGREED)
        .select_related("item")
    )
    rows: dict[str, list[Row]] = {}
    for response in responses:
        row = Row(
            str(response.sheet_id),
            response.item.code,
            response.value.answers,
            tuple(response.made),
        )
        rows.setdefault(response.item.theme, []).append(row)
    return [_theme(theme, rows.get(theme.code, [])) for theme in version.told.themes]


def _theme(theme: Theme, rows: list[Row]) -> ThemeSoundness:
    correlations = item_total(rows)
    rates: dict[str, list[OutOfOrder]] = {}
    for rate in out_of_order_rates(rows):
        if rate.out_of_order:
            rates.setdefault(rate.item, []).append(rate)
    items = [
        ItemSoundness(item, correlations.get(item.code), rates.get(item.code, []))
        for item in theme.items
    ]
    return ThemeSoundness(theme, scalogram(rows), items)
