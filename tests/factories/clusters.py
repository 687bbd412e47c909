import factory

from clusters.models import Cluster, ClusterMembership
from tests.factories.people import CountryFactory, OrganisationFactory, UserFactory


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
