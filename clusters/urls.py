from django.urls import path

from clusters.views import (
    employment,
    employment_map,
    following,
    linkages,
    members,
    positions,
    regions,
    registry,
    studies,
)

app_name = "clusters"

urlpatterns = [
    path("account/people/invite/cluster/", members.invite, name="invite"),
    path("countries/<str:code>/clusters/", registry.of_country, name="country"),
    path("countries/<str:code>/clusters.csv", registry.country_csv, name="country_csv"),
    path("countries/<str:code>/clusters/new/", registry.add, name="new"),
    path("countries/<str:code>/employment/", employment.of_country, name="employment_tables"),
    path("countries/<str:code>/regions/", regions.of_country, name="regions"),
    path("employment/<int:pk>/", employment_map.table, name="employment"),
    path("employment/<int:pk>/quotients/", employment_map.quotients, name="employment_quotients"),
    path(
        "employment/<int:pk>/industries/", employment_map.industries, name="employment_industries"
    ),
    path("employment/<int:pk>/regions/", employment_map.regions, name="employment_regions"),
    path("employment/<int:pk>/<slug:part>.csv", employment_map.part_csv, name="employment_csv"),
    path("employment/<int:pk>/candidates/", employment.candidate, name="candidate"),
    path("clusters/<int:pk>/", registry.cluster, name="cluster"),
    path("clusters/<int:pk>/change/", registry.change, name="change"),
    path("clusters/<int:pk>/test/", registry.test, name="test"),
    path("clusters/<int:pk>/figures/", registry.figure_add, name="figure_add"),
    path(
        "clusters/<int:pk>/figures/<int:figure>/remove/",
        registry.figure_remove,
        name="figure_remove",
    ),
    path("clusters/<int:pk>/position/", positions.of_cluster, name="position"),
    path("countries/<str:code>/size-structure/", positions.of_country, name="size_structure"),
    path("countries/<str:code>/size-structure.csv", positions.size_csv, name="size_csv"),
    path(
        "countries/<str:code>/size-structure/<int:pk>/remove/",
        positions.size_remove,
        name="size_remove",
    ),
    path("clusters/<int:pk>/linkages/", linkages.of_cluster, name="linkages"),
    path("linkages/<int:pk>/", linkages.network, name="network"),
    path("linkages/<int:pk>/<slug:table>.csv", linkages.table_csv, name="network_csv"),
    path("linkages/<int:pk>/enter/", linkages.enter, name="enter_linkages"),
    path(
        "linkages/<int:pk>/actors/<int:surveyed>/remove/",
        linkages.remove_actor,
        name="remove_actor",
    ),
    path("linkages/<int:pk>/ties/<int:tie>/remove/", linkages.remove_tie, name="remove_tie"),
    path("clusters/<int:pk>/studies/", studies.begin, name="study_begin"),
    path("studies/<int:pk>/", studies.study, name="study"),
    path("studies/<int:pk>/write/", studies.write, name="study_write"),
    path("studies/<int:pk>/steps/<slug:step>/", studies.step, name="study_step"),
    path("studies/<int:pk>/comments/", studies.comment, name="study_comment"),
    path("studies/<int:pk>/comments/<int:comment>/", studies.answer, name="study_answer"),
    path("studies/<int:pk>/readings/", following.reading, name="study_reading"),
    path("studies/<int:pk>/corrections/", following.correction, name="study_correction"),
    path("studies/<int:pk>/readings.csv", following.values_csv, name="study_values"),
    path("studies/<int:pk>/lessons/", following.lesson, name="study_lesson"),
    path("studies/<int:pk>/judgement/", following.judgement, name="study_judgement"),
    path("studies/<int:pk>/<slug:part>/add/", studies.row, name="study_row_add"),
    path("studies/<int:pk>/<slug:part>/<int:row>/", studies.row, name="study_row"),
    path("studies/<int:pk>/<slug:part>/<int:row>/remove/", studies.row_remove, name="study_remove"),
]
