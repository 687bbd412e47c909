"""What stands in the members' edition only: names of people who agreed to it, raters' remarks.

The public edition (page, JSON, CSV, files) is drawn from the snapshot, which names organisations
and never a person. Names are taken when a version is made, so that a consent given or taken back
later holds for later versions; so are the remarks that raters left beside their answers.
"""

from typing import Any

from countries.wording import colon
from diagnostics.models import Round, Sheet
from diagnostics.models.rounds import Panel
from diagnostics.queries import responses_of
from diagnostics.settlement import dissents_by_item, newest
from reports.models import ReportVersion
from reports.reading import Reading


def kept_for_members(round: Round) -> dict[str, Any]:
    """What the snapshot has not, by item code.

    Keys: decisions (the name of the person, if that person agreed), dissents (organisation and
    the person's name, likewise), remarks (organisation and text; of submitted sheets).
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
        "remarks": _remarks(round),
    }


def _remarks(round: Round) -> dict[str, list[dict[str, str]]]:
    sheets = round.sheets.filter(state=Sheet.State.SUBMITTED).exclude(panel=Panel.AGREED)
    found: dict[str, list[dict[str, str]]] = {}
    for sheet in sheets.select_related("organisation").order_by("pk"):
        for response in responses_of(sheet):
            if response.comment:
                said = {"organisation": str(sheet.organisation), "text": response.comment}
                found.setdefault(response.item.code, []).append(said)
    return found


def decided(report: ReportVersion) -> list[dict[str, Any]]:
    """The items with a decision, dissent or remark for members, in the order of the report.

    Each with anchor, title, decision, decided_by ("" without consent) and dissents (organisation,
    text, person, "" likewise) and remarks (organisation, text).
    """
    kept = {"decisions": {}, "dissents": {}, "remarks": {}} | report.members
    found = []
    for theme in Reading(report).themes:
        for item in theme.items_on_page:
            remarks = kept["remarks"].get(item["code"], [])
            if not (item["decision"] or item["dissents"] or remarks):
                continue
            persons = {
                one["organisation"]: one["person"] for one in kept["dissents"].get(item["code"], [])
            }
            found.append(
                {
                    "anchor": item["code"].replace(".", ""),
                    "title": f"{theme.title}{colon()}{item['title']}",
                    "decision": item["decision"],
                    "decided_by": kept["decisions"].get(item["code"], ""),
                    "dissents": [
                        one | {"person": persons.get(one["organisation"], "")}
                        for one in item["dissents"]
                    ],
                    "remarks": remarks,
                }
            )
    return found
