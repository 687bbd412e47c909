"""The parts of a comparison: a finding, its table and, where it helps, its chart."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from activity.charts import Chart, Column
from activity.tables import as_csv
from countries.wording import colon
from reports.comparing.choosing import Subject


@dataclass(frozen=True)
class Table:
    """A finding that is best read as a table; the same names as a chart's."""

    id: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    note: str = ""


Part = Chart | Table


def csv(part: Part, subjects: Sequence[Subject]) -> str:
    """The part's rows as CSV, each saying what the answers are where they are no assessment."""
    said = (one.name + colon() + _(one.label) for one in subjects if one.label)
    labels = "; ".join(dict.fromkeys(said))
    columns = [column.label for column in part.columns] + (["label"] if labels else [])
    return as_csv(columns, [[*row, labels] if labels else row for row in part.rows])
