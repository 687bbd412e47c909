from django.apps import AppConfig


class ClustersConfig(AppConfig):
    name = "clusters"

    def ready(self) -> None:
        from accounts import memberships
        from clusters.models import ClusterMembership

        kind = memberships.Kind(ClusterMembership, "cluster", "cluster__country")
        memberships.register("cluster", kind)
