"""The layout of a file as a form: how numbers are written, and for each table what is where."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.importing import Layout, SheetLayout, column_labels
from indicators.importing import layout as roles
from indicators.importing.sources import CSV
from indicators.importing.tables import letter
from indicators.loading.words import HEADINGS, ROLES

FIXED = (
    *(roles.COUNTRY_NAME, roles.INDICATOR_CODE, roles.INDICATOR_NAME, roles.PERIOD, roles.UNIT),
)
MOST_ROWS = 30  # of which the first rows are kept
MOST_HEADER_ROWS = 5
SHEETS = 20  # tables that stand in the form; the others stay as they are


class FileForm(forms.Form):
    """What holds for the whole file."""

    decimal = forms.ChoiceField(
        label=_("Decimal sign"), choices=[(".", _("point, 1.5")), (",", _("comma, 1,5"))]
    )
    thousands = forms.ChoiceField(
        label=_("Sign between thousands"),
        choices=[
            ("", _("none, 1000")), (" ", _("space, 1 000")), (",", _("comma, 1,000")),
            (".", _("point, 1.000")), ("'", _("apostrophe, 1'000")),
        ],
        required=False,
    )  # fmt: skip
    missing = forms.CharField(
        label=_("Further marks for “no value”"),
        help_text=_("Separated by spaces. Blank, “..”, “n/a”, “-” and the like are known."),
        max_length=200,
        required=False,
    )
    delimiter = forms.ChoiceField(
        label=_("Sign between columns"),
        choices=[(",", _("comma")), (";", _("semicolon")), ("\t", _("tab")), ("|", "|")],
        required=False,
    )

    def __init__(self, *args: Any, layout: Layout, **kwargs: Any) -> None:
        initial = {
            "decimal": layout.decimal,
            "thousands": layout.thousands,
            "missing": " ".join(layout.missing),
            "delimiter": layout.delimiter,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.layout = layout
        for name in ("thousands", "delimiter"):
            known = [value for value, _label in self.fields[name].choices]
            if initial[name] not in known:
                self.fields[name].choices += [(initial[name], f"“{initial[name]}”")]
        if layout.kind != CSV:
            del self.fields["delimiter"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("decimal") and data.get("decimal") == data.get("thousands"):
            self.add_error("thousands", _("One sign cannot be both."))
        return data

    def changed(self) -> Layout:
        """The layout with what was said, of a valid form."""
        data = self.cleaned_data
        return replace(
            self.layout,
            decimal=data["decimal"],
            thousands=data["thousands"],
            missing=tuple(data["missing"].split()),
            delimiter=data.get("delimiter", self.layout.delimiter),
        )


class SheetForm(forms.Form):
    """One table. The columns offered are those of the header rows `sheet` names."""

    used = forms.BooleanField(label=_("Read this table"), required=False)
    header_row = forms.IntegerField(
        label=_("First row of the header"), min_value=1, max_value=MOST_ROWS
    )
    header_rows = forms.IntegerField(
        label=_("Rows of the header"), min_value=0, max_value=MOST_HEADER_ROWS
    )

    def __init__(
        self, *args: Any, sheet: SheetLayout, head: list[list[str]], **kwargs: Any
    ) -> None:
        self.sheet = sheet
        self.labels = _labels(head, sheet)
        columns = {f"column_{role}": label for role, label in sheet.columns.items()}
        headings = {f"heading_{n}": what for n, what in enumerate(sheet.headings)}
        fixed = {f"fixed_{role}": text for role, text in sheet.fixed.items()}
        initial = {
            "used": sheet.used, "header_row": sheet.header_row, "header_rows": sheet.header_rows,
            "breakdown": sheet.breakdown, "ignored": sheet.ignored,
        }  # fmt: skip
        super().__init__(*args, initial={**initial, **columns, **headings, **fixed}, **kwargs)
        offered = [("", _("no column")), *((label, label) for label in self.labels)]
        for role, title in ROLES.items():
            self.fields[f"column_{role}"] = forms.ChoiceField(
                label=title, choices=offered, required=False
            )
        for n in range(sheet.header_rows):
            label = _("Row %(n)s of the header says") % {"n": sheet.header_row + n}
            self.fields[f"heading_{n}"] = forms.ChoiceField(
                label=label, choices=list(HEADINGS.items()), required=False
            )
        for role in FIXED:
            self.fields[f"fixed_{role}"] = forms.CharField(
                label=ROLES[role], max_length=200, required=False
            )
        for name, label in (("breakdown", _("Breakdown")), ("ignored", _("Not read"))):
            self.fields[name] = forms.MultipleChoiceField(
                label=label,
                choices=[(one, one) for one in self.labels],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    @property
    def rows(self) -> str:
        """Which header rows the columns offered belong to; sent along with the form."""
        return _rows(self.sheet)

    def columns(self) -> list[forms.BoundField]:
        return [self[f"column_{role}"] for role in ROLES]

    def headings(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("heading_")]

    def fixed(self) -> list[forms.BoundField]:
        return [self[f"fixed_{role}"] for role in FIXED]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("used"):
            return data
        chosen: dict[str, str] = {}
        for role in ROLES:
            label = data.get(f"column_{role}")
            if label and label in chosen:
                text = _("The column “%(column)s” is chosen twice.") % {"column": label}
                self.add_error(f"column_{role}", text)
            chosen[label or ""] = role
        if not data.get(f"column_{roles.VALUE}") and not any(self._said(data)):
            text = _("Say which column holds the values, or what stands above them in the header.")
            self.add_error(f"column_{roles.VALUE}", text)
        return data

    def changed(self) -> SheetLayout:
        """The table's layout with what was said, of a valid form."""
        data = self.cleaned_data
        chosen = {role: data[f"column_{role}"] for role in ROLES}
        columns = {role: label for role, label in chosen.items() if label}
        said = () if roles.VALUE in columns else self._said(data)
        return replace(
            self.sheet,
            used=data["used"],
            columns=columns,
            headings=said if any(said) else (),
            breakdown=tuple(one for one in data["breakdown"] if one not in columns.values()),
            ignored=tuple(one for one in data["ignored"] if one not in columns.values()),
            fixed={role: text for role in FIXED if (text := data[f"fixed_{role}"])},
        )

    def _said(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(data.get(f"heading_{n}", "") for n in range(self.sheet.header_rows))


class LayoutForms:
    """The forms of one page together.

    `rows_changed` is whether other header rows were given than the columns offered belong to: then
    the page shows the columns of the new ones before anything is read again.
    """

    def __init__(
        self, layout: Layout, head: Mapping[str, list[list[str]]], data: Any | None = None
    ) -> None:
        self.layout = layout
        self.rows_changed = False
        self.file = FileForm(data, layout=layout)
        self.sheets: list[SheetForm] = []
        shown = [sheet for sheet in layout.sheets if sheet.sheet in head]
        self.more = len(shown[SHEETS:])
        for n, sheet in enumerate(shown[:SHEETS]):
            given = _with_rows(sheet, data, f"s{n}")
            asked = data is not None and data.get(f"s{n}-shown") != _rows(given)
            self.rows_changed |= asked
            self.sheets.append(
                SheetForm(
                    None if asked else data, prefix=f"s{n}", sheet=given, head=head[sheet.sheet]
                )
            )

    @property
    def are_valid(self) -> bool:
        faulty = [form for form in (self.file, *self.sheets) if not form.is_valid()]
        return not self.rows_changed and not faulty

    def changed(self) -> Layout:
        """The layout that valid forms describe."""
        given = {form.sheet.sheet: form.changed() for form in self.sheets}
        sheets = tuple(given.get(sheet.sheet, sheet) for sheet in self.layout.sheets)
        return replace(self.file.changed(), sheets=sheets)


def _rows(sheet: SheetLayout) -> str:
    return f"{sheet.header_row}-{sheet.header_rows}"


def _with_rows(sheet: SheetLayout, data: Any | None, prefix: str) -> SheetLayout:
    """The layout with the header rows of the data where these can be; else as it was."""
    if data is None:
        return sheet
    row, rows = data.get(f"{prefix}-header_row", ""), data.get(f"{prefix}-header_rows", "")
    if not (row.isascii() and row.isdigit() and rows.isascii() and rows.isdigit()):
        return sheet
    if len(row) > 2 or not 1 <= int(row) <= MOST_ROWS or int(rows[:2]) > MOST_HEADER_ROWS:
        return sheet
    used = f"{prefix}-used" in data
    return replace(sheet, header_row=int(row), header_rows=int(rows), used=used)


def _labels(head: list[list[str]], sheet: SheetLayout) -> list[str]:
    """The columns that have a name or, in the first rows, something in them; and those chosen."""
    labels = column_labels(head, sheet.header_row, sheet.header_rows)
    filled = {n for row in head for n, text in enumerate(row) if text.strip()}
    named = [label for n, label in enumerate(labels) if label != letter(n) or n in filled]
    chosen = [*sheet.columns.values(), *sheet.breakdown, *sheet.ignored]
    return list(dict.fromkeys([*named, *chosen]))
