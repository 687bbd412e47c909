from reports.actions.publishing import (
    approve,
    ask_for_review,
    publish,
    publish_due,
    take_back,
    void_approvals,
    withdraw,
)
from reports.actions.reviewing import answer_remark, remark, reply
from reports.actions.sharing import open_link, revoke_link, share
from reports.actions.versions import add_version, choose_paper

__all__ = [
    "add_version",
    "answer_remark",
    "approve",
    "ask_for_review",
    "choose_paper",
    "open_link",
    "publish",
    "publish_due",
    "remark",
    "reply",
    "revoke_link",
    "share",
    "take_back",
    "void_approvals",
    "withdraw",
]
