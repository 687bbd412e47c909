from clusters.models.employment import EmploymentTable
from clusters.models.members import ClusterInvitation, ClusterMembership
from clusters.models.registry import Cluster, ClusterFigure

__all__ = ["Cluster", "ClusterFigure", "ClusterInvitation", "ClusterMembership", "EmploymentTable"]
