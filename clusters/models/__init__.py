from clusters.models.employment import EmploymentTable
from clusters.models.firms import Firm, FirmInvitation, FirmMembership
from clusters.models.linkages import Actor, LinkageSurvey, SurveyedActor, Tie
from clusters.models.members import ClusterInvitation, ClusterMembership
from clusters.models.positions import CapabilityAnswers, SizeStructure
from clusters.models.registry import Cluster, ClusterFigure
from clusters.models.studies import PlanLine, Problem, Reading, Study, SwotLine

__all__ = [
    "Actor",
    "CapabilityAnswers",
    "Cluster",
    "ClusterFigure",
    "ClusterInvitation",
    "ClusterMembership",
    "EmploymentTable",
    "Firm",
    "FirmInvitation",
    "FirmMembership",
    "LinkageSurvey",
    "PlanLine",
    "Problem",
    "Reading",
    "SizeStructure",
    "Study",
    "SurveyedActor",
    "SwotLine",
    "Tie",
]
