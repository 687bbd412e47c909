from diagnostics.actions.assigning import assign, end_assignment
from diagnostics.actions.instruments import draft_calibrated, load_instrument
from diagnostics.actions.library import load_library
from diagnostics.actions.objecting import answer_objection, file_objection
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
    "Conflict",
    "StillOpen",
    "answer_objection",
    "archive_round",
    "assign",
    "close_round",
    "collect_again",
    "dissent",
    "draft_calibrated",
    "end_assignment",
    "end_collecting",
    "file_objection",
    "load_instrument",
    "load_library",
    "open_round",
    "plan_round",
    "reopen_item",
    "reopen_sheet",
    "save_response",
    "settle_item",
    "submit_sheet",
    "take_back_item",
    "unarchive_round",
    "waive_item",
    "withdraw_dissent",
]
