"""Is this a cluster? What tells one from what looks like it (adbi-2007, lecture 8, Terminologies).

A cluster is a concentration, in one trade and one place, of small and medium firms with common
opportunities and threats. The answers are yes, no or unknown; one that is missing is unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    CLUSTER = "cluster"
    OPEN = "open"
    PARK = "park"
    SUBSECTOR = "subsector"
    CHAIN = "chain"
    NETWORK = "network"
    ASSOCIATION = "association"
    OTHER = "other"


NAMES: dict[Kind, str | Promise] = {
    Kind.CLUSTER: _("a cluster"),
    Kind.OPEN: _("not yet clear"),
    Kind.PARK: _("an industrial park or export zone"),
    Kind.SUBSECTOR: _("a sub-sector"),
    Kind.CHAIN: _("a value chain"),
    Kind.NETWORK: _("a network"),
    Kind.ASSOCIATION: _("an association"),
    Kind.OTHER: _("firms, but no cluster of small and medium ones"),
}

ANSWERS: dict[str, str | Promise] = {
    "yes": _("yes"),
    "no": _("no"),
    "unknown": _("not known"),
}

QUESTIONS: dict[str, str | Promise] = {
    "near": _("Are the firms close together, in one place or in neighbouring places?"),
    "same": _("Do they make the same or closely related products, or parts and steps of them?"),
    "small": _("Are most of them small or medium firms?"),
    "shared": _("Do they face the same opportunities and threats?"),
    "grown": _("Did firms come by themselves, rather than into an estate that an agency laid out?"),
    "there": _("Does a firm belong to it by being there, rather than by joining?"),
    "focused": _("Is what they do together about this one trade, rather than business at large?"),
    "local": _(
        "Is it about the firms of the place, rather than every step of a product up to its user?"
    ),
}
NEEDED = ("near", "same", "small", "shared")


@dataclass(frozen=True)
class Verdict:
    """What it is, and why, a sentence for each reason."""

    kind: Kind
    reasons: tuple[str | Promise, ...]

    @property
    def name(self) -> str | Promise:
        return NAMES[self.kind]


@dataclass(frozen=True)
class Answered:
    """A question that is answered yes or no, and on what the answer rests where that is known."""

    question: str | Promise
    answer: str | Promise
    ground: str


def answered(answers: Mapping[str, str], grounds: Mapping[str, str]) -> list[Answered]:
    """What the answers, by the codes of QUESTIONS, say; a question that is open is left out."""
    return [
        Answered(question, ANSWERS[answers[code]], grounds.get(code, ""))
        for code, question in QUESTIONS.items()
        if answers.get(code, "unknown") != "unknown"
    ]


def verdict(answers: Mapping[str, str]) -> Verdict:
    """Return what the answers, by the codes of QUESTIONS, make of a candidate."""

    def no(question: str) -> bool:
        return answers.get(question) == "no"

    if no("there") and no("focused"):
        return Verdict(
            Kind.ASSOCIATION,
            (_("Firms join it, and it speaks for business at large, not for one trade."),),
        )
    if no("local") and not no("same"):
        if no("near"):
            return Verdict(
                Kind.CHAIN,
                (_("Its firms are spread out and linked by the steps of a product to its user."),),
            )
        return Verdict(
            Kind.CHAIN,
            (_("It follows a product to its user; a cluster is the part of it in one place."),),
        )
    if no("near") and not no("same"):
        return Verdict(
            Kind.SUBSECTOR,
            (_("Its firms share a trade but no place; a cluster is close together."),),
        )
    if no("there"):
        return Verdict(
            Kind.NETWORK,
            (_("Firms choose to belong. In a cluster they belong by being there."),),
        )
    if no("same"):
        if no("near"):
            return Verdict(Kind.OTHER, (_("The firms share neither a place nor a trade."),))
        if no("grown"):
            return Verdict(
                Kind.PARK,
                (
                    _("An agency laid it out, and its firms have no trade in common."),
                    _("Firms near each other that share no trade find little to learn or share."),
                ),
            )
        if answers.get("near") != "yes":
            return Verdict(Kind.OTHER, (_("The firms share no trade."),))
        return Verdict(Kind.OTHER, (_("The firms are close together but share no trade."),))
    if no("small"):
        return Verdict(Kind.OTHER, (_("Most of the firms are large."),))
    if no("shared"):
        return Verdict(Kind.OTHER, (_("The firms have no opportunities and threats in common."),))
    unknown = [question for question in NEEDED if answers.get(question) != "yes"]
    if unknown:
        return Verdict(Kind.OPEN, tuple(QUESTIONS[question] for question in unknown))
    reasons = [
        _("The firms are close together, of one trade, most of them small or medium, and face the "
          "same opportunities and threats."),
    ]  # fmt: skip
    if no("grown"):
        reasons.append(
            _("An agency laid out the place; what makes it a cluster is what the firms share.")
        )
    if no("focused"):
        reasons.append(
            _("What they do together is about business at large, as in an association; a cluster "
              "needs a strategy for its one trade.")
        )  # fmt: skip
    return Verdict(Kind.CLUSTER, tuple(reasons))
