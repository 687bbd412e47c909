from diagnostics.models.instruments import InstrumentVersion, Item
from diagnostics.models.responses import Evidence, Response, ResponseChange
from diagnostics.models.results import Scoring
from diagnostics.models.rounds import Round, Sheet
from diagnostics.models.settlements import Dissent, Settlement

__all__ = [
    "Dissent",
    "Evidence",
    "InstrumentVersion",
    "Item",
    "Response",
    "ResponseChange",
    "Round",
    "Scoring",
    "Settlement",
    "Sheet",
]
