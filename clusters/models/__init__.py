from clusters.models.employment import EmploymentTable
from clusters.models.linkages import Actor, LinkageSurvey, SurveyedActor, Tie
from clusters.models.members import ClusterInvitation, ClusterMembership
from clusters.models.registry import Cluster, ClusterFigure

__all__ = [
    "Actor",
    "Cluster",
    "ClusterFigure",
    "ClusterInvitation",
    "ClusterMembership",
    "EmploymentTable",
    "LinkageSurvey",
    "SurveyedActor",
    "Tie",
]
