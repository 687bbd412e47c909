"""Lives as tables of steps: what the actions take, the pages offer and docs/lives.md prints.

Each floor has the tables of its own things: clusters.studies.lives, diagnostics.lives,
reports.lives.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

COORDINATOR = gettext_lazy("a coordinator of the country")
NOTHING = gettext_lazy("nothing more")
NOBODY = gettext_lazy("nobody")


@dataclass(frozen=True)
class Step:
    """One step of a life: from any of the states `start` to `end`.

    `who` may take it (whoever has `permission` there), `checks` is refused where it does not hold,
    `told` are the people who get a notification, `undone` says how.
    """

    code: str
    title: str
    start: tuple[str, ...]
    end: str
    permission: str
    who: str
    checks: str
    told: str
    undone: str
    asks_reason: bool = False
    asks_proof: bool = False  # of who is there: the password, where the sign-in is long ago


def life(*steps: Step) -> dict[str, Step]:
    """The steps by their codes."""
    return {step.code: step for step in steps}


def possible(thing: Any, steps: dict[str, Step]) -> list[Step]:
    """The steps that its state allows."""
    return [step for step in steps.values() if thing.state in step.start]


def where(thing: Any, step: Step) -> dict[str, str]:
    """For a refusal, in words: the step, the state the thing is in and those the step starts in."""
    labels = dict(type(thing).State.choices)
    return {
        "step": step.title,
        "state": thing.get_state_display(),
        "start": _(" or ").join(str(labels[state]) for state in step.start),
    }


def table(steps: dict[str, Step], labels: dict[str, str]) -> str:
    """The steps as a table in Markdown."""
    head = "| step | from | to | who may | what it checks | who is told | how it is undone |"
    rows = [
        [step.title, ", ".join(str(labels[s]) for s in step.start), labels[step.end], step.who,
         step.checks, step.told, step.undone]
        for step in steps.values()
    ]  # fmt: skip
    lines = [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join([head, "|---" * 7 + "|", *lines])
