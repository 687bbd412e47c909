"""The action plans of the fictional country, from the files of its rounds."""

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Organisation
from diagnostics import actions
from diagnostics.models import Measure, Plan, Round

DATES, PLAIN = ("start", "end"), (
    "title", "text", "theme", "horizon", "addressee", "pathway", "currency", "price_year",
    "cost_source", "indicator", "baseline", "target", "risk", "condition",
)  # fmt: skip


def load_plan(round: Round, data: dict[str, Any]) -> Plan:
    """Begin, agree and report the plan of a closed example round; close it if the file says so."""
    plan = actions.begin_plan(round=round, by=None)
    made: list[Measure] = []
    for row in data["measures"]:
        made.append(actions.add_measure(plan=plan, values=_values(row, round, made), by=None))
    for measure, row in zip(made, data["measures"], strict=True):
        for line in row.get("funding", []):
            amount = Decimal(line["amount"])
            actions.add_funding(measure=measure, by=None, **{**line, "amount": amount})
    actions.agree_plan(plan=plan, by=None)
    for measure, row in zip(made, data["measures"], strict=True):
        for note in row.get("progress", []):
            actions.report_progress(measure=measure, by=None, **note)
        for name, text in row.get("interest", {}).items():
            donor = Organisation.objects.get_or_create(name=name, country=None)[0]
            actions.mark_interest(measure=measure, organisation=donor, text=text, by=None)
    if data.get("closed"):
        actions.judge_plan(plan=plan, texts=data["judgements"], by=None)
        actions.close_plan(plan=plan, by=None)
    return plan


def _values(row: dict[str, Any], round: Round, made: list[Measure]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in PLAIN if name in row},
        **{name: date.fromisoformat(row[name]) for name in DATES},
        "cost": Decimal(row["cost"]),
        "owner": Organisation.objects.get(name=row["owner"], country=round.country),
        "requires": [made[at] for at in row.get("after", [])],
    }
