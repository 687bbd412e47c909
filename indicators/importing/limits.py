"""How large a file may be, so that a worker's memory stays bounded."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes of the file, of what it unpacks to, of one line; counts; pack ratio."""

    file: int = 600_000_000
    unpacked: int = 2_000_000_000
    workbook: int = 300_000_000
    ratio: int = 200
    members: int = 200
    line: int = 4_000_000
    columns: int = 16_384
    cells: int = 20_000_000
