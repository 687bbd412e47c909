"""Answers, addressees, numbers and cells as a report writes them."""

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from activity.templatetags.numbers import cell_in
from countries.references import named
from reports.rendering.document import Cell, Point, Points, Table


def answer_words(answer: str) -> str:
    words = {
        "yes": _("yes"),
        "partly": _("partly"),
        "no": _("no"),
        "unknown": _("unknown"),
        "not_applicable": _("not applicable"),
        "": _("unanswered"),
    }
    return words[answer]


def addressee_words(addressee: str) -> str:
    words = {
        "government": _("For government"),
        "business_associations": _("For business associations"),
        "donors": _("For donors"),
    }
    return words.get(addressee, _("For service providers"))


def titles(items: list[dict]) -> list[str]:
    return [item["title"] for item in items]


def cited(source: dict[str, str]) -> str:
    """Document and place of a source."""
    return f"{named(source['document'])}, {source['place']}"


def rounded(number: float, digits: int) -> str:
    """The number in the language's way, rounded half up."""
    return str(floatformat(number, digits))


def whole(number: float) -> int | float:
    """Without a decimal place where there is nothing behind the point."""
    return int(number) if number == int(number) else number


def cell_text(cell: Cell, *, numeric: bool = False) -> str:
    """A cell as it is read: numbers in the language's way, points line by line, nothing a dash.

    `numeric` is whether its column is one of numbers.
    """
    if isinstance(cell, Points):
        return "\n".join(
            " ".join(filter(None, (point.lead, said(point), point.note))) for point in cell.points
        )
    if cell is None or cell == "":
        return "–"
    return str(cell_in(cell, numeric=numeric))


def texts(table: Table) -> list[list[str]]:
    """The cells of a table as they are read."""
    numeric = [column.numeric for column in table.columns]
    return [
        [cell_text(cell, numeric=n) for cell, n in zip(row, numeric, strict=True)]
        for row in table.rows
    ]


def said(point: Point) -> str:
    """A point's text with its answers in words, for forms that have no marks for them."""
    answers = ", ".join(answer_words(answer) for answer in point.answers)
    return f"{point.text} ({answers})" if point.text and answers else point.text or answers
