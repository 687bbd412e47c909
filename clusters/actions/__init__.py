from clusters.actions.documented import load_documented
from clusters.actions.employment import add_employment_table, enter_candidate
from clusters.actions.members import invitation_accepted, invite
from clusters.actions.registry import add_cluster, add_figure, change_cluster, remove_figure

__all__ = [
    "add_cluster",
    "add_employment_table",
    "add_figure",
    "change_cluster",
    "enter_candidate",
    "invitation_accepted",
    "invite",
    "load_documented",
    "remove_figure",
]
