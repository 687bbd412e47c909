from django.urls import path

from diagnostics import assignment_views as assigning
from diagnostics import calibration_views, discussing, views
from diagnostics import draft_part_views as writing
from diagnostics import draft_views as drafts
from diagnostics import fieldwork_views as fieldwork
from diagnostics import history_views as recorded
from diagnostics import library_views as library
from diagnostics import measure_views as measures
from diagnostics import objection_views as objecting
from diagnostics import plan_views as planning
from diagnostics import settlement_views as settling
from diagnostics.firms import views as firms

app_name = "diagnostics"

urlpatterns = [
    path("instruments/", views.instruments, name="instruments"),
    path("instruments/<slug:code>/<str:version>/", views.handbook, name="handbook"),
    path("instruments/<slug:code>/<str:version>/sources/", views.provenance, name="provenance"),
    path(
        "instruments/<slug:code>/<str:version>/soundness/",
        views.rubric_soundness,
        name="soundness",
    ),
    path("library/", library.library, name="library"),
    path("library/<slug:code>/", library.experience, name="experience"),
    path(
        "instruments/<slug:code>/<str:version>/file/",
        drafts.instrument_file,
        name="instrument_file",
    ),
    path("drafts/new/", drafts.draft_new, name="draft_new"),
    path("drafts/import/", drafts.draft_import, name="draft_import"),
    path("drafts/<int:pk>/", drafts.draft, name="draft"),
    path("drafts/<int:pk>/difference/", drafts.draft_difference, name="draft_difference"),
    path("drafts/<int:pk>/calibrate/", calibration_views.calibrate, name="draft_calibrate"),
    path("drafts/<int:pk>/trial/", drafts.draft_trial, name="draft_trial"),
    path("drafts/<int:pk>/file/", drafts.draft_file, name="draft_file"),
    path("drafts/<int:pk>/publish/", drafts.draft_publish, name="draft_publish"),
    path("drafts/<int:pk>/discard/", drafts.draft_discard, name="draft_discard"),
    path("drafts/<int:pk>/preview/<slug:theme>/", drafts.draft_preview, name="draft_preview"),
    path("drafts/<int:pk>/rules/new/", writing.rule_new, name="draft_rule_new"),
    path("drafts/<int:pk>/<slug:kind>/<str:code>/", writing.part, name="draft_part"),
    path(
        "drafts/<int:pk>/<slug:kind>/<str:code>/remove/",
        writing.part_remove,
        name="draft_part_remove",
    ),
    path(
        "drafts/<int:pk>/theme/<slug:theme>/items/new/",
        writing.item_new,
        name="draft_item_new",
    ),
    path(
        "drafts/<int:pk>/theme/<slug:theme>/approaches/<int:stage>/new/",
        writing.approach_new,
        name="draft_approach_new",
    ),
    path("drafts/<int:pk>/item/<str:code>/move/<slug:to>/", writing.item_move, name="draft_move"),
    path("rounds/new/", views.round_new, name="round_new"),
    path("countries/<str:code>/practice/", views.practice_start, name="practice_start"),
    path("rounds/<int:pk>/steps/<slug:step>/", views.round_step, name="round_step"),
    path("rounds/<int:pk>/settlement/", settling.board, name="settlement"),
    path("rounds/<int:pk>/settlement/<str:code>/", settling.item, name="settlement_item"),
    path("rounds/<int:pk>/settlement/<str:code>/dissent/", settling.dissent, name="dissent"),
    path("rounds/<int:pk>/plan/", planning.plan, name="plan"),
    path("rounds/<int:pk>/plan/choose/", planning.choose, name="plan_choose"),
    path("rounds/<int:pk>/plan/new/", planning.measure_new, name="measure_new"),
    path("rounds/<int:pk>/plan/steps/<slug:step>/", planning.step, name="plan_step"),
    path("rounds/<int:pk>/plan/judgement/", planning.judgement, name="plan_judgement"),
    path("rounds/<int:pk>/plan/schedule.csv", planning.schedule_csv, name="plan_schedule"),
    path("rounds/<int:pk>/plan/costing.xlsx", planning.costing, name="plan_costing"),
    path("measures/<int:pk>/", measures.measure, name="measure"),
    path("measures/<int:pk>/change/", measures.change, name="measure_change"),
    path("measures/<int:pk>/remove/", measures.remove, name="measure_remove"),
    path("measures/<int:pk>/progress/", measures.progress, name="measure_progress"),
    path("measures/<int:pk>/funding/", measures.fund, name="measure_fund"),
    path("measures/<int:pk>/funding/<int:line>/remove/", measures.unfund, name="measure_unfund"),
    path("measures/<int:pk>/interest/", measures.interest, name="measure_interest"),
    path(
        "measures/<int:pk>/interest/<int:line>/withdraw/",
        measures.withdraw,
        name="measure_withdraw",
    ),
    path("rounds/<int:pk>/history/", recorded.page, name="history"),
    path("rounds/<int:pk>/history.csv", recorded.table, name="history_csv"),
    path("rounds/<int:pk>/answers/", views.round_answers, name="round_answers"),
    path("clusters/<int:pk>/firms/", firms.of_cluster, name="firms"),
    path("clusters/<int:pk>/firms.csv", firms.cluster_csv, name="firms_csv"),
    path("firms/<int:pk>/", firms.firm, name="firm"),
    path("firms/<int:pk>/comparison.csv", firms.firm_csv, name="firm_csv"),
    path("firms/<int:pk>/change/", firms.change, name="firm_change"),
    path("firms/<int:pk>/profiles/", firms.begin, name="firm_begin"),
    path("firms/<int:pk>/invite/", firms.invite, name="firm_invite"),
    path("firms/<int:pk>/people/<int:membership>/end/", firms.person_end, name="firm_person_end"),
    path("firms/<int:pk>/leave/", firms.leave, name="firm_leave"),
    path("sheets/<int:pk>/", views.sheet_detail, name="sheet"),
    path("files/<uuid:pk>/", views.file, name="file"),
    path(
        "rounds/<int:pk>/settlement/<str:code>/objections/", objecting.object_to, name="object_to"
    ),
    path(
        "rounds/<int:pk>/settlement/<str:code>/discussion/",
        discussing.on_settlement,
        name="settlement_discussion",
    ),
    path("objections/<int:pk>/answer/", objecting.answer, name="objection_answer"),
    path("sheets/<int:pk>/discussion/<str:code>/", discussing.on_sheet, name="sheet_discussion"),
    path("sheets/<int:pk>/assignments/", assigning.assignments, name="assignments"),
    path("assignments/<int:pk>/end/", assigning.assignment_end, name="assignment_end"),
    path("sheets/<int:pk>/submit/", views.sheet_submit, name="sheet_submit"),
    path("sheets/<int:pk>/reopen/", views.sheet_reopen, name="sheet_reopen"),
    path("sheets/<int:pk>/offline/", fieldwork.offline, name="offline"),
    path("sheets/<int:pk>/offline/sheet.xlsx", fieldwork.take_workbook, name="sheet_workbook"),
    path("sheets/<int:pk>/offline/form.xlsx", fieldwork.take_form, name="sheet_form"),
    path("filled/<int:pk>/", fieldwork.filled, name="filled"),
    path("sheets/<int:pk>/<slug:theme>/", views.sheet_theme, name="sheet_theme"),
]
