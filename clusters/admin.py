from django.contrib import admin

from clusters.models import (
    Actor,
    CapabilityAnswers,
    Cluster,
    ClusterFigure,
    ClusterMembership,
    EmploymentTable,
    Firm,
    FirmMembership,
    Lesson,
    LinkageSurvey,
    PlanLine,
    Problem,
    Reading,
    SizeStructure,
    Study,
    StudyJudgement,
    SurveyedActor,
    SwotLine,
    Tie,
)

admin.site.register(
    [
        Actor,
        CapabilityAnswers,
        Cluster,
        ClusterFigure,
        ClusterMembership,
        EmploymentTable,
        Firm,
        FirmMembership,
        Lesson,
        LinkageSurvey,
        PlanLine,
        Problem,
        Reading,
        SizeStructure,
        Study,
        StudyJudgement,
        SurveyedActor,
        SwotLine,
        Tie,
    ]
)
