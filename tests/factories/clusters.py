from itertools import count

import factory

from accounts.models import User
from activity import jobs
from activity.models import Job
from clusters.models import Cluster, ClusterMembership, Firm, FirmMembership
from diagnostics import actions
from diagnostics.firms.actions import enter_firm
from diagnostics.firms.profiles import profile_of
from tests.factories import rounds
from tests.factories.people import CountryFactory, OrganisationFactory, UserFactory

_numbers = count(1)


class ClusterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cluster

    country = factory.SubFactory(CountryFactory)
    name = factory.Sequence(lambda n: f"Cluster {n}")


def agent(cluster: Cluster):
    """A person who is the agent of a cluster and nothing else."""
    organisation = OrganisationFactory(country=cluster.country)
    return ClusterMembership.objects.create(
        user=UserFactory(), role="cluster_agent", organisation=organisation, cluster=cluster
    ).user


def firm(cluster: Cluster, *, name: str = "", answers: dict[str, list[str]] | None = None) -> Firm:
    """A firm of the cluster; with `answers` (by item) its profile is handed in and scored."""
    rounds.version(code="of-firms", subject="firm")
    name = name or f"Firm {next(_numbers)}"
    made = enter_firm(cluster=cluster, name=name, size="small", role="core", by=None)
    if answers is not None:
        hand_in(made, answers)
    return made


def hand_in(firm: Firm, answers: dict[str, list[str]]) -> None:
    """Answer what is named and hand the profile in; the work that follows is done."""
    sheet = profile_of(firm)
    rounds.fill(sheet, answers)
    actions.submit_sheet(sheet=sheet, by=None)
    for job in Job.objects.filter(state=Job.State.QUEUED, topic=sheet.round.topic):
        jobs.run(job.pk)


def owner(firm: Firm) -> User:
    """A person who answers for the firm and is nothing else."""
    user = UserFactory()
    FirmMembership.objects.create(user=user, firm=firm)
    return user
