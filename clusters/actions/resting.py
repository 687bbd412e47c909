"""What a line of a study rests on is not taken away."""

from django.utils.translation import gettext as _

from accounts.refusals import Refused
from clusters import queries


def refuse_while_rested(key: str) -> None:
    """Raise Refused, naming the first line whose evidence begins with the key."""
    if line := queries.lines_resting_on(key).first():
        raise Refused(
            _("Study %(number)s of %(cluster)s rests on this: “%(text)s”. It stays.")
            % {"number": line.study.number, "cluster": line.study.cluster, "text": line.text}
        )
