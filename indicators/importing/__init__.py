"""Reading a file of indicator values and checking it; no database, no Django.

`read` gives the file's cells in one flat form together with the layout that was recognised;
`check` holds them against what is known and gives observations and faults.
"""

from .cells import column_labels
from .checking import OBSERVATIONS, Checked, check
from .faults import ERROR, WARNING, Fault, Told, tell
from .layout import Layout, SheetLayout
from .limits import Limits
from .marking import error_workbook
from .messages import READABLE
from .reading import Reading, Unrecognised, read
from .reference import LEAVE_OUT, PAST, Definition, Reference, Undecided
from .refusals import Refused

__all__ = [
    "ERROR",
    "LEAVE_OUT",
    "OBSERVATIONS",
    "PAST",
    "READABLE",
    "WARNING",
    "Checked",
    "Definition",
    "Fault",
    "Layout",
    "Limits",
    "Reading",
    "Reference",
    "Refused",
    "SheetLayout",
    "Told",
    "Undecided",
    "Unrecognised",
    "check",
    "column_labels",
    "error_workbook",
    "read",
    "tell",
]
