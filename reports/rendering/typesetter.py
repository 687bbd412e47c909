"""The typesetter in a process of its own, so that it can be stopped and gives back its memory.

Run as: typesetter.py TEMPLATE OUT FONTS PPI SECONDS_SINCE_1970. Reads only beside the template.
"""

import resource
import sys
from pathlib import Path

import typst

MOST_MEMORY = 2 * 2**30  # of addresses, not of what is used


def main(template: str, out: str, fonts: str, ppi: str, made_at: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    typst.compile(
        template,
        output=out,
        root=str(Path(template).parent),
        font_paths=[fonts],
        ignore_system_fonts=True,
        ppi=float(ppi),
        pdf_standards=["1.7", "ua-1"] if out.endswith(".pdf") else [],
        timestamp=int(made_at),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
