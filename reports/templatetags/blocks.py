"""Blocks of a report (`reports.rendering.document`) on its page."""

from collections.abc import Iterable

from django import template

from reports.rendering.document import Block, Cell, Heading, Points, Table
from reports.rendering.wording import cell_text

register = template.Library()


@register.filter
def rows(table: Table) -> list[tuple[str, list[tuple[Points | str, bool]]]]:
    """Each row's anchor and its cells, each with whether its column is one of numbers."""
    numeric = [column.numeric for column in table.columns]
    anchors = table.anchors or [""] * len(table.rows)
    return [
        (anchor, [(_shown(cell, numeric=n), n) for cell, n in zip(row, numeric, strict=True)])
        for anchor, row in zip(anchors, table.rows, strict=True)
    ]


def _shown(cell: Cell, *, numeric: bool) -> Points | str:
    return cell if isinstance(cell, Points) else cell_text(cell, numeric=numeric)


@register.filter
def headings(blocks: Iterable[Block]) -> list[Heading]:
    """Those that the contents of the page lead to."""
    return [block for block in blocks if isinstance(block, Heading) and block.anchor]
