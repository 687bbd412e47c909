"""Why a file cannot be read at all."""

from countries.content.sentences import Fact, Sentence, Text


class Refused(ValueError):
    """A file that cannot be read; its `sentence` is for the person who sent it."""

    def __init__(self, text: Text, /, **facts: Fact) -> None:
        self.sentence = Sentence(text, **facts)
        super().__init__(self.sentence)
