from django.apps import AppConfig


class ClustersConfig(AppConfig):
    name = "clusters"

    def ready(self) -> None:
        from accounts import memberships
        from accounts.signals import invitation_accepted
        from clusters import actions
        from clusters.models import ClusterMembership

        kind = memberships.Kind(ClusterMembership, "cluster", "cluster__country")
        memberships.register("cluster", kind)
        invitation_accepted.connect(
            actions.invitation_accepted, dispatch_uid="clusters.invitation_accepted"
        )
