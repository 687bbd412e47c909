"""What somebody new does first, by role; it stands on the home page until it is put away."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User


@dataclass(frozen=True)
class FirstStep:
    """One sentence, and the page it is about; empty where that is the home page itself."""

    text: str
    page: str = ""

    @property
    def url(self) -> str:
        return reverse(self.page) if self.page else ""


_RATES = (
    FirstStep(
        _("Read the instrument once: its themes, and what the words of a statement ask for."),
        "diagnostics:instruments",
    ),
    FirstStep(
        _(
            "Open your sheet from this page. Choose the statements that are true and say what "
            "shows it; what you do not know is “unknown”, never “no”. Everything saves by itself. "
            "To try it out first, ask your coordinator for a practice round."
        )
    ),
    FirstStep(
        _(
            "Submit the sheet when it is done. Until the round has ended nobody sees the answers "
            "of other organisations, and nobody sees yours."
        )
    ),
)
_REVIEWS = (
    FirstStep(_("Read a published report to see how one is made."), "reports:published"),
    FirstStep(
        _(
            "Drafts you may read stand on this page. Comment on the section or the figure you "
            "mean; the coordinator answers each comment."
        )
    ),
)
STEPS: dict[str, tuple[FirstStep, ...]] = {
    "officer": _RATES,
    "assessor": _RATES,
    "coordinator": (
        FirstStep(
            _("Invite people of the ministries and panels, each for an organisation."),
            "accounts:people",
        ),
        FirstStep(
            _(
                "Plan a round from the country's page, or start a practice round there in one "
                "click and let officers learn on it."
            )
        ),
        FirstStep(
            _(
                "When the sheets are in, end the collecting, settle what differs item by item "
                "with a reason, and close the round: the report is made by itself."
            )
        ),
    ),
    "donor": (
        *_REVIEWS,
        FirstStep(
            _("See what countries tried before, and what came of it."), "diagnostics:library"
        ),
    ),
    "approver": (
        *_REVIEWS,
        FirstStep(
            _(
                "Approve a report once every comment is answered; it takes two different people "
                "before it can be published."
            )
        ),
    ),
    "cluster_agent": (
        FirstStep(
            _(
                "Open the cluster from this page: take the test whether it is a cluster, and enter "
                "its figures, its actors and who deals with whom."
            )
        ),
        FirstStep(_("Fill the sheets about the cluster; they stand on this page.")),
        FirstStep(
            _(
                "Write the diagnostic study on the cluster's page: each line of it points to what "
                "shows it."
            )
        ),
    ),
    "firm_owner": (
        FirstStep(
            _("Fill your firm's profile from this page: only you and the cluster's agents read it.")
        ),
        FirstStep(_("Hand it in when it is done; you can open it again yourself.")),
        FirstStep(_("See your firm beside the others on its page; none of them is named.")),
    ),
    "administrator": (
        FirstStep(_("Invite coordinators, each for a country."), "accounts:people"),
        FirstStep(
            _("Load a dataset: nothing is written before you have seen what it changes."),
            "loading:datasets",
        ),
        FirstStep(_("See whether everything runs."), "system"),
    ),
}


def first_steps(user: User, roles: Iterable[str]) -> list[FirstStep]:
    """The steps for the roles a person holds, each once; none once the person put them away."""
    if user.guide_is_away:
        return []
    return list(dict.fromkeys(step for role in roles for step in STEPS.get(role, ())))
