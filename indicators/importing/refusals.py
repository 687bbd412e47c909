"""Why a file cannot be read at all."""

from countries.content.sentences import Fact, Template, filled


class Refused(ValueError):
    """A file that cannot be read; its `sentence` is for the person who sent it."""

    def __init__(self, template: Template, /, **facts: Fact) -> None:
        self.sentence = filled(template, **facts)
        super().__init__(self.sentence)
