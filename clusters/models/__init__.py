from clusters.models.employment import EmploymentTable
from clusters.models.firms import Firm, FirmInvitation, FirmMembership
from clusters.models.following import Lesson, Reading, StudyJudgement
from clusters.models.linkages import Actor, LinkageSurvey, SurveyedActor, Tie
from clusters.models.members import ClusterInvitation, ClusterMembership
from clusters.models.positions import CapabilityAnswers, SizeStructure
from clusters.models.registry import Cluster, ClusterFigure
from clusters.models.studies import PlanLine, Problem, Study, SwotLine

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
    "Lesson",
    "LinkageSurvey",
    "PlanLine",
    "Problem",
    "Reading",
    "SizeStructure",
    "Study",
    "StudyJudgement",
    "SurveyedActor",
    "SwotLine",
    "Tie",
]
