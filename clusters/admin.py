from django.contrib import admin

from clusters.models import (
    Actor,
    Cluster,
    ClusterFigure,
    ClusterMembership,
    EmploymentTable,
    LinkageSurvey,
    SurveyedActor,
    Tie,
)

admin.site.register(
    [
        Actor,
        Cluster,
        ClusterFigure,
        ClusterMembership,
        EmploymentTable,
        LinkageSurvey,
        SurveyedActor,
        Tie,
    ]
)
