"""What a diagnostic study goes by: kinds of problems, design principles, strategies, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activity.judging import Criterion
from clusters.models import PlanLine, Problem, Study, SwotLine
from countries.references import Reference

Words = str | Promise

SECTIONS = ("production_system", "linkages", "institutions", "framework")
STRATEGIES = ("initiation", "formation", "innovation")
TEXTS = (*SECTIONS, "vision", *STRATEGIES, "donors")
# The parts of a study in the order in which page and paper tell them.
PARTS = ("cluster", *SECTIONS, "measured", "swot", "problems", "vision", "plan", "lessons",
         "judged", "support", "principles")  # fmt: skip


@dataclass(frozen=True)
class ProblemKind:
    """What firms have done about such problems together, its risk, and what it takes."""

    actions: Words
    risk: Words
    conditions: Words


PROBLEMS_SOURCE = Reference("adbi-2007", _("lecture 9, typology of problems"))
PROBLEMS = {
    "inputs": ProblemKind(
        _("Buy materials and equipment together; share an adviser on what to buy and where."),
        _("Not stated in the source."),
        _("Members want the same materials, and somebody they trust keeps the accounts."),
    ),
    "credit": ProblemKind(
        _("Borrow as a group that guarantees for its members; bargain with banks together."),
        _("Medium to high: one member who cheats can end the group and drive the bank away."),
        _("Formal lenders, a group founded by law, clear contracts, courts that work."),
    ),
    "markets": ProblemKind(
        _("Tender in bulk, share a marketing adviser, go to fairs together, open common outlets."),
        _("Medium to high: groups break where a member works against the others."),
        _("Clear shares of profit and loss, and more trust among the members."),
    ),
    "innovation": ProblemKind(
        _("Hire designers, bring in systems of quality, visit, train, share a facility."),
        _("Training low, hired designers medium, common facilities high."),
        _("No history of cheating, firms of similar ability, gains alike for all."),
    ),
    "infrastructure": ProblemKind(
        _("Build and run together: waste treatment, laboratories, design centres, roads."),
        _("High: the hardest of the five."),
        _("A threat that only this solves, simpler joint ventures before, public support, and "
          "people able to build and run it."),
    ),
}  # fmt: skip

PRINCIPLES_SOURCE = Reference("adb-2009", _("section 7.3, design principles of UNIDO"))
PRINCIPLES: dict[str, Words] = {
    "existing": _("Which firms that are there already does the plan work with?"),
    "groups": _("Which groups of firms, rather than single ones, does it help?"),
    "markets": _("How do institutions bring firms and markets closer: buyers, fashion, products?"),
    "institutions": _("Which institutions for training, technology and market information gain?"),
    "local_government": _("How do firms and local government come to work with each other?"),
    "large_firms": _("Which links with large firms does it encourage?"),
    "private": _("What keeps it from pushing private initiative aside?"),
}
CRITERIA_SOURCE = Reference("unctad-1998", _("paragraphs 17 and 69"))
STRATEGIES_SOURCE = Reference("adbi-2007", _("lecture 7, three strategies"))

HEADINGS: dict[str, Words] = {
    "cluster": _("The cluster"),
    "history": _("History"),
    "figures": _("Newest figures, each with its source"),
    "measured": _("What was measured"),
    "swot": _("Strengths, weaknesses, opportunities, threats"),
    "problems": _("Problems and joint actions"),
    "vision": _("Vision"),
    "plan": _("Action plan"),
    "lines": _("Lines of the plan"),
    "schedule": _("When the lines of the plan run"),
    "lessons": _("Lessons"),
    "judged": _("What study and plan came to"),
    "support": _("Support"),
    "donors": _("Asked of donors"),
    "principles": _("Held against design principles"),
}
LABELS: dict[str, Words] = {
    "kind": _("Kind"),
    "joint_action": _("Joint action"),
    "risk": _("Risk"),
    "conditions": _("What has to be given first"),
    "what": _("What is done"),
    "owner": _("Who answers for it"),
    "when": _("When"),
    "cost": _("Cost"),
    "payer": _("Who pays"),
    "payer_unknown": _("nobody yet"),
    "indicator": _("Indicator"),
}


def wording() -> dict[str, list[list[str]]]:
    """Our words around what a study says, in the language of now: by group pairs of code and words.

    Pairs, since the database keeps no order of names.
    """
    groups: dict[str, Mapping[str, Words]] = {
        "texts": {name: Study._meta.get_field(name).verbose_name for name in TEXTS},
        "headings": HEADINGS,
        "labels": LABELS,
        "swot": dict(SwotLine.Kind.choices),
        "problems": dict(Problem.Kind.choices),
        "risks": dict(Problem.Risk.choices),
        "lines": dict(PlanLine.Kind.choices),
        "principles": PRINCIPLES,
        "criteria": dict(Criterion.choices),
        "sources": {
            "principles": PRINCIPLES_SOURCE.whole,
            "criteria": CRITERIA_SOURCE.whole,
            "strategies": STRATEGIES_SOURCE.whole,
        },
    }
    return {
        group: [[code, str(words)] for code, words in named.items()]
        for group, named in groups.items()
    }
