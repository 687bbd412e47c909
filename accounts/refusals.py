"""One exception for "this cannot be done, and here is why"."""

from django.core.exceptions import ValidationError


class Refused(ValidationError):
    """An action's check failed; the message is a sentence for the person who tried."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)

    def __str__(self) -> str:
        return self.sentence
