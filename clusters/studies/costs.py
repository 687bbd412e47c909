"""What a study's plan costs by year, by who answers for it, by who pays; each currency apart."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _

from activity.charts import Chart, Column, Kind, Series, rounded, scale_around

Line = Mapping[str, Any]  # of `studies.content`
Sums = dict[str, float]


def charts(lines: Sequence[Line]) -> Iterator[Chart]:
    """The drawings of each currency; none of what has one part alone."""
    for currency in sorted({line["currency"] for line in lines}):
        own = [line for line in lines if line["currency"] == currency and float(line["cost"])]
        years, owners, payers = _by_year(own), _by(own, _owner), _by(own, _payer)
        if len(years) > 1:
            note = _("The cost of a line is spread evenly over its days.")
            title = _("%(name)s costs most: %(most)s of %(total)s %(currency)s")
            yield _chart("year", Kind.COLUMNS, title, _("Year"), years, currency, note)
        if len(owners) > 1:
            title = _("%(name)s answers for most: %(most)s of %(total)s %(currency)s")
            yield _chart("owner", Kind.BARS, title, _("Who answers for it"), owners, currency)
        if len(payers) > 1:
            title = _("%(name)s: %(most)s of %(total)s %(currency)s")
            yield _chart("payer", Kind.BARS, title, _("Who pays"), payers, currency)


def total(lines: Sequence[Line]) -> str:
    """What the plan costs in all, in a sentence; empty where nothing costs."""
    sums = _by(lines, lambda line: str(line["currency"]))
    told = [f"{intcomma(round(cost))} {currency}" for currency, cost in sums.items() if cost]
    return _("In all the plan costs %(sums)s.") % {"sums": "; ".join(told)} if told else ""


def _by_year(lines: Sequence[Line]) -> Sums:
    """Sums by calendar year, from the first to the last; both days of a line count."""
    sums: dict[int, float] = {}
    for line in lines:
        start, end = date.fromisoformat(line["start"]), date.fromisoformat(line["end"])
        days = (end - start).days + 1
        for year in range(start.year, end.year + 1):
            first, last = max(start, date(year, 1, 1)), min(end, date(year, 12, 31))
            part = ((last - first) + timedelta(days=1)).days / days
            sums[year] = sums.get(year, 0.0) + part * float(line["cost"])
    if not sums:
        return {}
    return {str(year): sums.get(year, 0.0) for year in range(min(sums), max(sums) + 1)}


def _by(lines: Sequence[Line], of: Callable[[Line], str]) -> Sums:
    """Sums by whatever a line has, the largest first."""
    sums: Sums = {}
    for line in lines:
        sums[of(line)] = sums.get(of(line), 0.0) + float(line["cost"])
    return dict(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))


def _owner(line: Line) -> str:
    return str(line["owner"])


def _payer(line: Line) -> str:
    return line["payer"] or _("nobody yet")


def _chart(
    by: str, kind: Kind, title: str, column: str, sums: Sums, currency: str, note: str = ""
) -> Chart:
    total, most = sum(sums.values()), max(sums, key=lambda name: sums[name])
    words = {name: intcomma(round(value)) for name, value in sums.items()}
    facts = {"name": most, "most": words[most], "total": intcomma(round(total)),
             "currency": currency}  # fmt: skip
    return Chart(
        id=f"cost-{by}-{currency}",
        kind=kind,
        title=title % facts,
        description="; ".join(f"{name}: {value} {currency}" for name, value in words.items()),
        columns=[Column(column), Column(_("Cost, %s") % currency, numeric=True),
                 Column(_("Share, %"), numeric=True)],
        rows=[[name, round(value), rounded(100 * value / total, 1)]
              for name, value in sums.items()],
        categories=list(sums),
        series=[Series(_("Cost"), list(sums.values()), labels=list(words.values()))],
        scale=scale_around([0.0, 1.1 * max(sums.values())], title=currency),
        note=note,
    )  # fmt: skip
