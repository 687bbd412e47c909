"""A layout and faults in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from countries.content.sentences import sentence_of
from countries.wording import worded
from indicators.importing import Layout, SheetLayout
from indicators.importing import layout as roles

ROLES = {
    roles.COUNTRY_NAME: gettext_lazy("Country's name"),
    roles.COUNTRY_CODE: gettext_lazy("Country's code"),
    roles.INDICATOR_NAME: gettext_lazy("Indicator's name"),
    roles.INDICATOR_CODE: gettext_lazy("Indicator's code"),
    roles.PERIOD: gettext_lazy("Year or period"),
    roles.VALUE: gettext_lazy("Value"),
    roles.UNIT: gettext_lazy("Unit"),
    roles.FLAG: gettext_lazy("Flag"),
    roles.NOTE: gettext_lazy("Note"),
    roles.FREQUENCY: gettext_lazy("Frequency"),
    roles.MULTIPLIER: gettext_lazy("Power of ten"),
    roles.STANDARD_ERROR: gettext_lazy("Standard error"),
    roles.SAMPLE_SIZE: gettext_lazy("Sample size"),
    roles.ACTION: gettext_lazy("Action (SDMX)"),
}
HEADINGS = {
    "": gettext_lazy("nothing about the values below"),
    roles.PERIOD: gettext_lazy("the year or period"),
    roles.COUNTRY_NAME: gettext_lazy("the country"),
    roles.INDICATOR_CODE: gettext_lazy("the indicator's code"),
    roles.INDICATOR_NAME: gettext_lazy("the indicator's name"),
    roles.UNIT: gettext_lazy("the unit"),
}
SIGNS = {
    "": gettext_lazy("none"),
    " ": gettext_lazy("space"),
    "\t": gettext_lazy("tab"),
    ".": gettext_lazy("point"),
    ",": gettext_lazy("comma"),
    ";": gettext_lazy("semicolon"),
}


def of_file(layout: Layout) -> list[tuple[str, str]]:
    """How the whole file is written, as pairs of a word and what holds."""
    found = [(_("Kind of file"), layout.kind.upper())]
    if layout.encoding:
        found.append((_("Encoding"), layout.encoding))
    if layout.delimiter:
        found.append((_("Sign between columns"), _sign(layout.delimiter)))
    found.append((_("Decimal sign"), _sign(layout.decimal)))
    found.append((_("Sign between thousands"), _sign(layout.thousands)))
    if layout.missing:
        found.append((_("Further marks for “no value”"), ", ".join(layout.missing)))
    return found


def of_sheet(sheet: SheetLayout) -> list[tuple[str, str]]:
    """What is where in one table, likewise."""
    return list(_of_sheet(sheet))


def _of_sheet(sheet: SheetLayout) -> Iterator[tuple[str, str]]:
    first, last = sheet.header_row, sheet.header_row + sheet.header_rows - 1
    if last > first:
        yield _("Header"), _("rows %(first)s to %(last)s") % {"first": first, "last": last}
    elif last == first:
        yield _("Header"), _("row %(row)s") % {"row": first}
    else:
        yield _("Header"), _("none")
    for role, title in ROLES.items():
        if role in sheet.columns:
            yield str(title), _("column “%(column)s”") % {"column": sheet.columns[role]}
    said = [str(HEADINGS[what]) for what in sheet.headings if what]
    if said:
        above = _("in the other columns; above them stands %(what)s")
        yield _("Values"), above % {"what": ", ".join(said)}
    if sheet.breakdown:
        yield _("Breakdown"), ", ".join(sheet.breakdown)
    for role, text in sheet.fixed.items():
        title = _("%(what)s, for the whole table") % {"what": ROLES[role]}
        yield title, text
    if sheet.ignored:
        yield _("Not read"), ", ".join(sheet.ignored)


def of_fault(kept: Mapping[str, Any]) -> dict[str, Any]:
    """A fault as it is kept with an import, its sentences in the reader's language."""
    said = {name: worded(sentence_of(kept[name])) for name in ("message", "expected")}
    return {**kept, **said}


def _sign(sign: str) -> str:
    return str(SIGNS.get(sign, f"“{sign}”"))
