"""Every change of state on this floor."""

from indicators.actions.asking import ask_commit, ask_undo
from indicators.actions.commits import commit, undo
from indicators.actions.datasets import save_dataset
from indicators.actions.findings import note_findings, note_refusal
from indicators.actions.uploads import (
    check_again,
    correct,
    describe,
    discard,
    keep_recipe,
    same_file,
    upload,
)

__all__ = [
    "ask_commit",
    "ask_undo",
    "check_again",
    "commit",
    "correct",
    "describe",
    "discard",
    "keep_recipe",
    "note_findings",
    "note_refusal",
    "same_file",
    "save_dataset",
    "undo",
    "upload",
]
