"""The checks, one rule a file.

Each takes the cells of a part and returns them with what it found out in new columns, together
with the faults (`FAULT_SCHEMA`). A cell that fails is marked `wrong`; the later checks leave its
faults to those before where they follow from them.
"""
