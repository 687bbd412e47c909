from diagnostics.models.assignments import Assignment, Reminder
from diagnostics.models.filled import FilledFile
from diagnostics.models.firms import Drawing
from diagnostics.models.instruments import InstrumentTranslation, InstrumentVersion, Item
from diagnostics.models.library import Experience, ExperienceTranslation
from diagnostics.models.objections import Objection
from diagnostics.models.plans import Funding, Interest, Judgement, Measure, Plan, ProgressNote
from diagnostics.models.responses import Evidence, Response, ResponseChange
from diagnostics.models.results import Scoring
from diagnostics.models.rounds import Round, Sheet
from diagnostics.models.settlements import Dissent, Settlement

__all__ = [
    "Assignment",
    "Dissent",
    "Drawing",
    "Evidence",
    "Experience",
    "ExperienceTranslation",
    "FilledFile",
    "Funding",
    "InstrumentTranslation",
    "InstrumentVersion",
    "Interest",
    "Item",
    "Judgement",
    "Measure",
    "Objection",
    "Plan",
    "ProgressNote",
    "Reminder",
    "Response",
    "ResponseChange",
    "Round",
    "Scoring",
    "Settlement",
    "Sheet",
]
