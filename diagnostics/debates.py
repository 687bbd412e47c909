"""Where the sources of an instrument disagree: said where it is judged and in studies of clusters.

Both positions stand in the introduction of the theme, in every language of the instrument.
"""

from django.utils.translation import gettext_lazy as _

from countries.references import Reference
from diagnostics.instrument_queries import newest_published
from diagnostics.models import InstrumentVersion
from diagnostics.scoring.instrument import Theme

SOCIAL_CAPITAL = "social_capital"
_SOURCES = {
    SOCIAL_CAPITAL: Reference(
        "adbi-2007",
        _(
            "lecture 8: “The Role of Social Capital” for the one position, the questions and "
            "discussion after it for the other"
        ),
    )
}


def source(theme: str) -> str:
    """The document and the places in it of a theme's two positions; empty where it has none."""
    return _SOURCES[theme].whole if theme in _SOURCES else ""


def social_capital() -> tuple[InstrumentVersion, Theme] | None:
    """The theme and the version it is of, in the language of now; None where none is published."""
    versions = newest_published().filter(subject=InstrumentVersion.Subject.CLUSTER, country=None)
    found = (
        (version, theme)
        for version in versions
        for theme in version.told.themes
        if theme.code == SOCIAL_CAPITAL
    )
    return next(found, None)
