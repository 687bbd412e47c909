from diagnostics.models.assignments import Assignment, Reminder
from diagnostics.models.instruments import InstrumentVersion, Item
from diagnostics.models.library import Experience
from diagnostics.models.objections import Objection
from diagnostics.models.responses import Evidence, Response, ResponseChange
from diagnostics.models.results import Scoring
from diagnostics.models.rounds import Round, Sheet
from diagnostics.models.settlements import Dissent, Settlement

__all__ = [
    "Assignment",
    "Dissent",
    "Evidence",
    "Experience",
    "InstrumentVersion",
    "Item",
    "Objection",
    "Reminder",
    "Response",
    "ResponseChange",
    "Round",
    "Scoring",
    "Settlement",
    "Sheet",
]
