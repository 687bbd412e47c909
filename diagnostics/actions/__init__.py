from diagnostics.actions.assigning import assign, end_assignment
from diagnostics.actions.instruments import draft_calibrated, load_instrument
from diagnostics.actions.library import load_library
from diagnostics.actions.measures import (
    add_funding,
    mark_interest,
    remove_funding,
    report_progress,
    withdraw_interest,
)
from diagnostics.actions.objecting import answer_objection, file_objection
from diagnostics.actions.planning import (
    Candidate,
    add_measure,
    agree_plan,
    begin_plan,
    change_measure,
    close_plan,
    judge_plan,
    pick_measures,
    remove_measure,
    reopen_plan,
    revise_plan,
)
from diagnostics.actions.responses import Conflict, save_response
from diagnostics.actions.rounds import (
    archive_round,
    close_round,
    collect_again,
    end_collecting,
    open_round,
    plan_round,
    reopen_item,
    unarchive_round,
)
from diagnostics.actions.settling import (
    StillOpen,
    dissent,
    settle_item,
    take_back_item,
    waive_item,
    withdraw_dissent,
)
from diagnostics.actions.sheets import reopen_sheet, submit_sheet

__all__ = [
    "Candidate",
    "Conflict",
    "StillOpen",
    "add_funding",
    "add_measure",
    "agree_plan",
    "answer_objection",
    "archive_round",
    "assign",
    "begin_plan",
    "change_measure",
    "close_plan",
    "close_round",
    "collect_again",
    "dissent",
    "draft_calibrated",
    "end_assignment",
    "end_collecting",
    "file_objection",
    "judge_plan",
    "load_instrument",
    "load_library",
    "mark_interest",
    "open_round",
    "pick_measures",
    "plan_round",
    "remove_funding",
    "remove_measure",
    "reopen_item",
    "reopen_plan",
    "reopen_sheet",
    "report_progress",
    "revise_plan",
    "save_response",
    "settle_item",
    "submit_sheet",
    "take_back_item",
    "unarchive_round",
    "waive_item",
    "withdraw_dissent",
    "withdraw_interest",
]
