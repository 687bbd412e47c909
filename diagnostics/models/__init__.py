from diagnostics.models.instruments import InstrumentVersion, Item
from diagnostics.models.responses import Evidence, Response, ResponseChange
from diagnostics.models.results import Scoring
from diagnostics.models.rounds import Round, Sheet

__all__ = [
    "Evidence",
    "InstrumentVersion",
    "Item",
    "Response",
    "ResponseChange",
    "Round",
    "Scoring",
    "Sheet",
]
