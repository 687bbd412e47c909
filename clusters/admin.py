from django.contrib import admin

from clusters.models import (
    Actor,
    CapabilityAnswers,
    Cluster,
    ClusterFigure,
    ClusterMembership,
    EmploymentTable,
    LinkageSurvey,
    SizeStructure,
    SurveyedActor,
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
        LinkageSurvey,
        SizeStructure,
        SurveyedActor,
        Tie,
    ]
)
