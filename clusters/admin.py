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
    LinkageSurvey,
    PlanLine,
    Problem,
    Reading,
    SizeStructure,
    Study,
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
        LinkageSurvey,
        PlanLine,
        Problem,
        Reading,
        SizeStructure,
        Study,
        SurveyedActor,
        SwotLine,
        Tie,
    ]
)
