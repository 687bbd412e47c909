"""What stands in the members' edition only: names of people who agreed to it.

The public edition (page, JSON, CSV, files) is drawn from the snapshot, which names organisations
and never a person. Names are taken when a version is made, so that a consent given or taken back
later holds for later versions.
"""

from typing import Any

from diagnostics.models import Round
from diagnostics.models.rounds import Panel
from diagnostics.settlement import dissents_by_item, newest
from reports.models import ReportVersion
from reports.reading import Reading


def names(round: Round) -> dict[str, Any]:
    """Who decided and who dissented, by item code: those who agreed to be named.

    Keys: decisions (the person's name) and dissents (organisation and the person's name).
    """
    agreed = round.sheets.get(panel=Panel.AGREED)
    return {
        "decisions": {
            one.response.item.code: str(one.by)
            for one in newest(agreed)
            if one.by is not None and one.by.may_be_named
        },
        "dissents": {
            code: [
                {"organisation": one.organisation.name, "person": str(one.by)}
                for one in standing
                if one.named and one.by is not None
            ]
            for code, standing in dissents_by_item(agreed).items()
        },
    }


def decided(report: ReportVersion) -> list[dict[str, Any]]:
    """The items of the members' edition with a decision or dissent, in the order of the report.

    Each with anchor, title, decision, decided_by ("" without consent) and dissents (organisation,
    text, person, "" likewise).
    """
    names = {"decisions": {}, "dissents": {}} | report.members
    found = []
    for theme in Reading(report).themes:
        for item in theme.items_on_page:
            if not (item["decision"] or item["dissents"]):
                continue
            persons = {
                one["organisation"]: one["person"]
                for one in names["dissents"].get(item["code"], [])
            }
            found.append(
                {
                    "anchor": item["code"].replace(".", ""),
                    "title": f"{theme.title}: {item['title']}",
                    "decision": item["decision"],
                    "decided_by": names["decisions"].get(item["code"], ""),
                    "dissents": [
                        one | {"person": persons.get(one["organisation"], "")}
                        for one in item["dissents"]
                    ],
                }
            )
    return found
