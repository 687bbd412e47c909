from clusters.actions.documented import load_documented
from clusters.actions.employment import (
    add_employment_table,
    change_employment_table,
    discard_employment_table,
    enter_candidate,
    give_employment_file,
    keep_faults,
    keep_map,
)
from clusters.actions.firms import (
    add_firm,
    change_firm,
    firm_organisation,
    invite_to_firm,
    remove_firm,
)
from clusters.actions.following import add_lesson, add_reading, correct_reading, judge_study
from clusters.actions.linkages import (
    add_linkage_survey,
    change_linkage_survey,
    enter_actors,
    enter_ties,
    remove_linkage_survey,
    remove_surveyed,
    remove_tie,
    rename_actor,
)
from clusters.actions.members import invitation_accepted, invite
from clusters.actions.positions import (
    add_size_structure,
    answer_capability,
    remove_size_structure,
)
from clusters.actions.regions import add_region, change_region, remove_region, set_outlines
from clusters.actions.registry import add_cluster, add_figure, change_cluster, remove_figure
from clusters.actions.studies import (
    answer_comment,
    begin_study,
    comment_study,
    keep_row,
    remove_row,
    take_study_step,
    write_study,
)

__all__ = [
    "add_cluster",
    "add_employment_table",
    "add_figure",
    "add_firm",
    "add_lesson",
    "add_linkage_survey",
    "add_reading",
    "add_region",
    "add_size_structure",
    "answer_capability",
    "answer_comment",
    "begin_study",
    "change_cluster",
    "change_employment_table",
    "change_firm",
    "change_linkage_survey",
    "change_region",
    "comment_study",
    "correct_reading",
    "discard_employment_table",
    "enter_actors",
    "enter_candidate",
    "enter_ties",
    "firm_organisation",
    "give_employment_file",
    "invitation_accepted",
    "invite",
    "invite_to_firm",
    "judge_study",
    "keep_faults",
    "keep_map",
    "keep_row",
    "load_documented",
    "remove_figure",
    "remove_firm",
    "remove_linkage_survey",
    "remove_region",
    "remove_row",
    "remove_size_structure",
    "remove_surveyed",
    "remove_tie",
    "rename_actor",
    "set_outlines",
    "take_study_step",
    "write_study",
]
