"""Why a file cannot be read at all."""


class Refused(ValueError):
    """A file that cannot be read; its text is one sentence for the person who sent it."""
