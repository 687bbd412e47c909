"""The tables of a report over all its themes, tidy: what a spreadsheet holds, one sheet each."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from diagnostics.wording import code_words
from reports.reading import Reading
from reports.rendering import annex_themes as by_theme
from reports.rendering import back_matter, front_matter
from reports.rendering.annex_themes import Row, tidy, yes
from reports.rendering.document import Table, flat
from reports.rendering.wording import answer_words


def annex(reading: Reading) -> list[tuple[str, Table]]:
    """The tables that have rows, each with the short name of its sheet."""
    shares, rescored = _("Share of weight at or above each level"), _("Re-scorings by stage")
    found = [
        (_("Themes"), by_theme.themes(reading)),
        (_("Coverage"), by_theme.charted(reading, "coverage", shares)),
        (_("Re-scorings"), by_theme.charted(reading, "rescoring", rescored)),
        (_("Doubt"), by_theme.drivers(reading)),
        (_("Swing items"), by_theme.swing(reading)),
        (_("Mix rules"), _mix(reading)),
        (_("Items"), by_theme.items(reading)),
        (_("Statements"), by_theme.statements(reading)),
        (_("Find out first"), by_theme.find_out(reading)),
        (_("Way"), by_theme.way(reading)),
        (_("Road map"), by_theme.plans(reading)),
        (_("Assistance"), by_theme.assistance(reading)),
        (_("Agreement"), by_theme.agreement(reading)),
        (_("Contested"), by_theme.contested(reading)),
        (_("Panels"), by_theme.panels(reading)),
        (_("Knowledge gaps"), by_theme.knowledge(reading)),
        (_("Settlement"), _settlement(reading)),
        (_("Sheets"), _answers(reading)),
        (_("Replies"), _replies(reading)),
        (_("Changes"), _changes(reading)),
        (_("Last plan"), _last_plan(reading)),
        (_("Plan judged"), _judged(reading)),
        (_("Indicators"), by_theme.witnesses(reading)),
    ]
    for name, blocks in (
        (_("National edition"), front_matter.common(reading)),
        (_("Country"), front_matter.country(reading)),
        (_("Sources"), back_matter.sources(reading)),
    ):
        drawn = [block for block in flat(blocks) if isinstance(block, Table)]
        found += [(f"{name} {n}" if n > 1 else name, t) for n, t in enumerate(drawn, start=1)]
    return [(name, table) for name, table in found if table.rows]


def _mix(reading: Reading) -> Table:
    labels = [_("Advice"), _("Because"), _("Applies")]

    def rows() -> Iterator[Row]:
        for rule in reading.result["mix"]:
            yield rule["advice"], rule["because"], yes(True)
        for advice in reading.unjudged:
            yield advice, "", _("cannot be judged: a stage it rests on is missing")

    return tidy(_("How the themes stand together"), labels, rows())


def _changes(reading: Reading) -> Table:
    """Each theme's positions then and now as numbers; blank where a round has none."""
    labels = [
        _("Theme"), _("Stage then"), _("Position then"), _("Stage now"), _("Position now"),
        _("Comparable position then"), _("Comparable position now"), _("Items known in both"),
        _("Difference"),
        # xgettext:no-python-format
        _("90 % interval, from"),
        # xgettext:no-python-format
        _("90 % interval, to"),
        _("Real"),
        _("Why not compared"),
    ]  # fmt: skip

    def rows() -> Iterator[Row]:
        for one in reading.changes:
            then, now = (place or {} for place in one["published"])
            comparable = [place["position"] for place in one["comparable"] or ()]
            yield (
                one["title"], then.get("stage"), then.get("position"), now.get("stage"),
                now.get("position"), *(comparable or (None, None)), len(one["items"]),
                one["difference"], *(one["interval_90"] or (None, None)), yes(one["real"]),
                one["reason"],
            )  # fmt: skip

    since = (reading.result["change"] or {}).get("since", "")
    return tidy(_("Each theme now and in “%(since)s”") % {"since": since}, labels, rows())


def _last_plan(reading: Reading) -> Table:
    labels = [
        _("Measure"), _("Theme"), _("Owner"), _("Target"), _("How it stands"),
        _("As last reported"), _("Where the indicator stands"),
    ]  # fmt: skip
    plan = reading.last_plan
    rows = (
        (
            one["title"], one["theme"], one["owner"], one["target"], one["status_name"],
            one["text"], one["value"],
        )
        for one in (plan.measures if plan else ())
    )  # fmt: skip
    return tidy(plan.told if plan else "", labels, rows)


def _judged(reading: Reading) -> Table:
    plan = reading.last_plan
    judgements = plan.judgements if plan else []
    return tidy(_("How the last plan was judged"), [_("By"), _("Words")], iter(judgements))


def _replies(reading: Reading) -> Table:
    rows = ((one.organisation.name, one.text) for one in reading.replies)
    return tidy(_("Replies of the assessed ministries"), [_("Organisation"), _("Reply")], rows)


def _settlement(reading: Reading) -> Table:
    labels = [
        _("Theme"), _("Item"), _("What"), _("Organisation"), _("Words"), _("Evidence"),
        _("Outcome"), _("Answer"),
    ]  # fmt: skip

    def rows() -> Iterator[Row]:
        for theme in reading.themes:
            for item in theme.items_on_page:
                about = (theme.title, item["title"])
                if decision := item["decision"]:
                    kept = _("settled") if decision["kind"] == "settled" else _("left as it was")
                    cited = _cited(decision["evidence"])
                    yield *about, kept, "", decision["reason"], cited, "", ""
                for one in item["objections"]:
                    said = _("accepted") if one["state"] == "accepted" else _("refused")
                    cited = _cited([one["evidence"]])
                    yield (
                        *about, _("objection"), one["organisation"], one["text"], cited, said,
                        one["answer"],
                    )  # fmt: skip
                for one in item["dissents"]:
                    yield *about, _("dissent"), one["organisation"], one["text"], "", "", ""

    return tidy(_("What was settled, objections and dissent"), labels, rows())


def _answers(reading: Reading) -> Table:
    levels = range(1 if reading.classifies else 2, reading.levels + 1)
    labels = [
        _("Sheet"), _("Panel"), _("Theme"), _("Item"), _("Code"), _("Status"),
        *(_("Level %s") % n for n in levels), _("Reason or comment"), _("Evidence"),
    ]  # fmt: skip
    items = {
        item["code"]: (theme["title"], item["title"])
        for theme in reading.content["themes"]
        for item in theme["items"]
    }
    rows = (
        (
            sheet["organisation"], code_words(sheet["panel"]), *items[code], code,
            code_words(response["status"]),
            *(answer_words(answer) for answer in response["answers"]),
            response["reason"] or response["comment"], _cited(response["evidence"]),
        )
        for sheet in reading.snapshot["sheets"]
        for code, response in sheet["responses"].items()
    )  # fmt: skip
    return tidy(_("What each sheet says"), labels, rows)


def _cited(evidence: list[dict[str, str]]) -> str:
    """Every place that is cited: its link, page and quotation."""
    places = (
        ", ".join(filter(None, (row["link"], row["page"], row["quote"] and f"“{row['quote']}”")))
        for row in evidence
    )
    return "; ".join(filter(None, places))
