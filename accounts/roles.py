"""Roles and what each allows. A membership gives a role in one country, or in all of them."""

from django.utils.translation import gettext_lazy as _


class Permission:
    """The things a role may allow; a view or action asks for one of these, never for a role."""

    SHEET_FILL = "sheet.fill"
    ROUND_READ = "round.read"
    ROUND_RUN = "round.run"
    REPORT_READ_DRAFT = "report.read_draft"
    REPORT_REVIEW = "report.review"
    REPORT_APPROVE = "report.approve"
    CLUSTER_KEEP = "cluster.keep"
    FIRMS_ATTEND = "firms.attend"
    PLAN_FUND = "plan.fund"
    INSTRUMENT_EDIT = "instrument.edit"
    EDITION_EDIT = "edition.edit"
    DATASET_LOAD = "dataset.load"
    PEOPLE_MANAGE = "people.manage"
    SECOND_FACTOR_REMOVE = "second_factor.remove"
    SYSTEM_SEE = "system.see"


class Role:
    code: str
    title: str
    permissions: frozenset[str]
    grants: frozenset[str] = frozenset()  # codes of the roles it may give, where it holds
    second_factor: bool = False  # whether who holds it must sign in with a second factor


_REVIEWS = frozenset(
    {Permission.ROUND_READ, Permission.REPORT_READ_DRAFT, Permission.REPORT_REVIEW}
)
_ANSWERS = _REVIEWS | {Permission.SHEET_FILL}


class Officer(Role):
    """Answers for an organisation of one country."""

    code = "officer"
    title = _("Officer")
    permissions = _ANSWERS


class Assessor(Role):
    """Answers for an independent or private organisation."""

    code = "assessor"
    title = _("Assessor")
    permissions = _ANSWERS


class Coordinator(Role):
    """Runs a country's rounds."""

    code = "coordinator"
    title = _("Coordinator")
    permissions = frozenset(
        {
            Permission.ROUND_READ,
            Permission.ROUND_RUN,
            Permission.REPORT_READ_DRAFT,
            Permission.REPORT_APPROVE,
            Permission.CLUSTER_KEEP,
            Permission.EDITION_EDIT,
            Permission.PEOPLE_MANAGE,
        }
    )
    grants = frozenset({"officer", "assessor", "donor", "cluster_agent"})
    second_factor = True


class Donor(Role):
    """Reviews drafts shared with them; says what of a plan they would look at funding."""

    code = "donor"
    title = _("Donor")
    permissions = _REVIEWS | {Permission.PLAN_FUND}


class Approver(Role):
    """Approves a country's reports before they are published; administrators give this role."""

    code = "approver"
    title = _("Approver")
    permissions = _REVIEWS | {Permission.REPORT_APPROVE}
    second_factor = True


class ClusterAgent(Role):
    """Answers for one cluster, keeps its entry and attends its firms."""

    code = "cluster_agent"
    title = _("Cluster agent")
    permissions = _ANSWERS | {Permission.CLUSTER_KEEP, Permission.FIRMS_ATTEND}


class FirmOwner(Role):
    """Answers for one firm; the cluster's agent gives this role, nobody else."""

    code = "firm_owner"
    title = _("Firm owner")
    permissions = frozenset()  # being of the firm is all it takes


class Administrator(Role):
    """Looks after instruments, datasets and people; answers no sheet and settles nothing."""

    code = "administrator"
    title = _("Administrator")
    permissions = frozenset(
        {
            Permission.INSTRUMENT_EDIT,
            Permission.DATASET_LOAD,
            Permission.PEOPLE_MANAGE,
            Permission.SECOND_FACTOR_REMOVE,
            Permission.SYSTEM_SEE,
        }
    )
    grants = frozenset(
        {
            "officer",
            "assessor",
            "coordinator",
            "donor",
            "approver",
            "administrator",
            "cluster_agent",
        }
    )
    second_factor = True


COUNTRY_ROLES: tuple[type[Role], ...] = (
    Officer,
    Assessor,
    Coordinator,
    Donor,
    Approver,
    Administrator,
)
CLUSTER_ROLES: tuple[type[Role], ...] = (ClusterAgent,)
FIRM_ROLES: tuple[type[Role], ...] = (FirmOwner,)
SECOND_FACTOR_CODES = [role.code for role in COUNTRY_ROLES if role.second_factor]


def codes_with(permission: str) -> list[str]:
    """Codes of the roles that allow `permission`."""
    return [r.code for r in COUNTRY_ROLES + CLUSTER_ROLES if permission in r.permissions]
