"""The parts of a comparison: a finding, its table and, where it helps, its chart."""

from collections.abc import Sequence
from dataclasses import dataclass

from activity.charts import Chart, Column
from activity.tables import as_csv
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
    labels = "; ".join(dict.fromkeys(f"{one.name}: {one.label}" for one in subjects if one.label))
    columns = [column.label for column in part.columns] + (["label"] if labels else [])
    return as_csv(columns, [[*row, labels] if labels else row for row in part.rows])
