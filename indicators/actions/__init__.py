"""Every change of state on this floor."""

from indicators.actions.commits import commit, undo

__all__ = ["commit", "undo"]
