from diagnostics.actions.instruments import load_instrument
from diagnostics.actions.responses import Conflict, save_response
from diagnostics.actions.rounds import close_round, open_round, plan_round
from diagnostics.actions.sheets import reopen_sheet, submit_sheet

__all__ = [
    "Conflict",
    "close_round",
    "load_instrument",
    "open_round",
    "plan_round",
    "reopen_sheet",
    "save_response",
    "submit_sheet",
]
