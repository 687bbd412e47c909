"""Every change of state on this floor."""

from indicators.actions.asking import ask_commit, ask_undo
from indicators.actions.commits import commit, undo
from indicators.actions.datasets import save_dataset
from indicators.actions.uploads import (
    correct,
    keep_recipe,
    note_findings,
    note_refusal,
    same_file,
    upload,
)

__all__ = [
    "ask_commit",
    "ask_undo",
    "commit",
    "correct",
    "keep_recipe",
    "note_findings",
    "note_refusal",
    "same_file",
    "save_dataset",
    "undo",
    "upload",
]
