"""What a person may change of clusters, for pages and API alike.

Each gives the object; who may not see it gets 404, who may only read it 403 and the reason.
"""

from django.utils.translation import gettext_lazy as _

from accounts.doors import require, visible
from accounts.models import User
from accounts.queries import countries_allowing
from accounts.roles import Permission
from activity.steps import Step
from clusters import queries
from clusters.models import Cluster, EmploymentTable, Firm, LinkageSurvey, Study
from countries.models import Country, Region

KEEPERS = _("Only the country's coordinators and the cluster's agents change its entry.")
COORDINATORS = _("Only the country's coordinators enter and discard clusters.")
OF_REGIONS = _("Only the country's coordinators keep its regions.")
OF_TABLES = _("Only the country's coordinators add tables and candidates.")
OF_SIZES = _("Only the country's coordinators enter employment by size of firm.")
MANAGERS = _("Only administrators and coordinators look after people.")
APPROVERS = _("Only the country's coordinators and approvers approve and publish its studies.")
AGENTS = _("Only the cluster's agents invite a firm's people.")
INSIDERS = _("Only people of the country and of the cluster comment.")


def kept_cluster(user: User, pk: int) -> Cluster:
    """An entry of the registry, which everybody sees."""
    return _kept(user, visible(queries.registry(), pk=pk))


def discardable_cluster(user: User, pk: int) -> Cluster:
    """An entry that the person may take out: its agents do not."""
    cluster = visible(queries.registry(), pk=pk)
    require(queries.keeps_country(user, cluster.country), COORDINATORS)
    return cluster


def kept_inside(user: User, pk: int) -> Cluster:
    """A cluster whose linkages are written down: others do not find them."""
    return _kept(user, visible(queries.clusters_inside(user), pk=pk))


def staffed_cluster(user: User, pk: int) -> Cluster:
    """An entry to whose people the person may add."""
    cluster = visible(queries.registry(), pk=pk)
    manages = countries_allowing(user, Permission.PEOPLE_MANAGE).filter(pk=cluster.country_id)
    require(manages.exists(), MANAGERS)
    return cluster


def kept_survey(user: User, pk: int) -> LinkageSurvey:
    survey = visible(queries.linkage_surveys_visible_to(user), pk=pk)
    _kept(user, survey.cluster)
    return survey


def kept_study(user: User, pk: int) -> Study:
    study = visible(queries.studies_visible_to(user), pk=pk)
    _kept(user, study.cluster)
    return study


def study_for_step(user: User, pk: int, step: Step) -> Study:
    """A study of which the person takes the step."""
    study = visible(queries.studies_visible_to(user), pk=pk)
    approval = step.permission == Permission.REPORT_APPROVE
    require(queries.may_take(user, study, step), APPROVERS if approval else KEEPERS)
    return study


def discussed_study(user: User, pk: int) -> Study:
    """A study whose comments the person reads and writes."""
    study = visible(queries.studies_visible_to(user), pk=pk)
    inside = queries.clusters_inside(user).filter(pk=study.cluster_id)
    require(inside.exists(), INSIDERS)
    return study


def attended_firm(user: User, pk: int) -> Firm:
    """A firm whose people its cluster's agent invites."""
    firm = visible(queries.firms_visible_to(user), pk=pk)
    require(queries.clusters_attended_by(user).filter(pk=firm.cluster_id).exists(), AGENTS)
    return firm


def kept_country(user: User, code: str, reason: str = COORDINATORS) -> Country:
    country = visible(Country.objects.all(), code=code)
    require(queries.keeps_country(user, country), reason)
    return country


def kept_region(user: User, pk: int) -> Region:
    region = visible(Region.objects.select_related("country"), pk=pk)
    require(queries.keeps_country(user, region.country), OF_REGIONS)
    return region


def mapped_table(user: User, pk: int) -> EmploymentTable:
    """A table whose map the person reads; one without a map is not found."""
    tables = queries.employment_tables_visible_to(user)
    return visible(tables, pk=pk, state=EmploymentTable.State.MAPPED)


def kept_map(user: User, pk: int) -> EmploymentTable:
    """A table from whose map the person enters candidates."""
    return _kept_table(user, mapped_table(user, pk))


def kept_table(user: User, pk: int) -> EmploymentTable:
    return _kept_table(user, visible(queries.employment_tables_visible_to(user), pk=pk))


def _kept_table(user: User, table: EmploymentTable) -> EmploymentTable:
    require(queries.keeps_country(user, table.country), OF_TABLES)
    return table


def _kept(user: User, cluster: Cluster) -> Cluster:
    require(queries.keeps(user, cluster), KEEPERS)
    return cluster
