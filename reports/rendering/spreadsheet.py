"""A report's annex as an Excel file."""

from collections.abc import Sequence
from datetime import datetime

from activity.workbooks import About, Page
from activity.workbooks import workbook as written
from countries.wording import colon
from reports.rendering.document import Cover, Table


def workbook(
    cover: Cover,
    tables: Sequence[tuple[str, Table]],
    sha256: str,
    made_at: datetime | None = None,
) -> bytes:
    """The file; what the answers are and which version this is stand on every sheet."""
    said = (cover.title, cover.period, cover.version, cover.state, cover.label)
    about = About(
        title=f"{cover.title}{colon()}{cover.subtitle}",
        said=" · ".join(filter(None, said)),
        record=f"SHA-256 {sha256}",
        made_at=made_at,
    )
    pages = [
        Page(name, table.caption, [column.label for column in table.columns], table.rows)
        for name, table in tables
    ]
    return written(about, pages)
