"""Seeded random numbers that are the same on every machine (method.md section 6)."""

from zlib import crc32

from numpy.random import PCG64, Generator, SeedSequence


def generator(seed: int, code: str) -> Generator:
    """Return PCG64 on SeedSequence([seed, CRC32 of the code]).

    Draw from it with `random` and `integers` only: their streams do not change between versions
    of numpy. Raises ValueError for a negative seed.
    """
    if seed < 0:
        raise ValueError(f"The seed is a whole number from 0, not {seed}.")
    return Generator(PCG64(SeedSequence([seed, crc32(code.encode())])))


def place(count: int, percent: int) -> int:
    """Return where, in `count` sorted values, the inverse distribution has its `percent`.

    The smallest value that at least `percent` of the values do not exceed; counted from 0.
    """
    return max(-(-count * percent // 100) - 1, 0)
