"""The fictional clusters' firms with their profiles, from a file."""

from typing import Any

from clusters.models import Cluster, Firm
from countries.models import Industry
from diagnostics import actions
from diagnostics.actions.responses import Content
from diagnostics.firms.actions import enter_firm
from diagnostics.firms.profiles import profile_of


def load_firms(data: dict[str, Any]) -> None:
    """Enter the firms with what their profiles come to; one that is there is left alone."""
    cluster, _made = Cluster.objects.get_or_create(
        country_id="XZA", name=data["cluster"], defaults={"place": data["place"]}
    )
    for row in data["firms"]:
        if Firm.objects.filter(cluster=cluster, organisation__name=row["name"]).exists():
            continue
        firm = enter_firm(
            cluster=cluster,
            name=row["name"],
            size=row["size"],
            role=row["role"],
            industry=Industry.objects.get(code=row["industry"]),
            by=None,
        )
        _fill(firm, row)


def _fill(firm: Firm, row: dict[str, Any]) -> None:
    """Answer each item up to its level, and hand in what is not said to be open."""
    sheet = profile_of(firm)
    instrument = sheet.round.instrument_version.instrument
    for theme in instrument.themes:
        for item, level in zip(theme.items, row.get(theme.code, ()), strict=False):
            if not level:
                continue
            answers = ["yes"] * (level - 1) + ["no"] * (instrument.levels - level)
            content = Content(answers=answers, made=["rung"] * len(answers))
            actions.save_response(sheet=sheet, item=item.code, content=content, revision=0, by=None)
    if not row.get("open"):
        actions.submit_sheet(sheet=sheet, by=None)
