"""A report in the reader's language: the words its snapshot names, and who reviewed them."""

import pytest
from django.utils import translation as languages

from diagnostics import actions
from diagnostics.authoring.translating import Translation, texts_of
from diagnostics.models import InstrumentVersion
from reports import snapshots
from reports.reading import Reading
from reports.rendering.composing import Choices, compose
from reports.rendering.document import Audience
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db


def load(version: InstrumentVersion, mark: str, reviewed_by: str | None = None):
    """A translation that puts a mark before every text of the themes and items."""
    texts = texts_of(version.instrument)
    content = {
        "instrument": version.code, "version": version.version, "language": "fr",
        "reviewed_by": reviewed_by,
        "title": f"{mark} {texts['title']}",
        "themes": {c: {"title": f"{mark} {t['title']}"} for c, t in texts["themes"].items()},
        "items": {c: {"title": f"{mark} {t['title']}"} for c, t in texts["items"].items()},
    }  # fmt: skip
    return actions.load_translation(version=version, translation=Translation(content), by=None)


@pytest.fixture(autouse=True)
def _two_languages(settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]


def titles(report) -> list[str]:
    with languages.override("fr"):
        return [theme.title for theme in Reading(report).themes]


def test_a_report_keeps_the_words_its_snapshot_names(report_on):
    report = report_on(MIXED)
    version = report.round.instrument_version
    assert report.snapshot["instrument"]["translations"] == {"fr": []}
    first = load(version, "un")
    assert titles(report)[0] == "un Money"  # it names none, so the newest is taken
    taken = snapshots.build(report.scoring)
    assert taken["instrument"]["translations"] == {"fr": [first.sha256]}
    load(version, "deux")
    report.snapshot = taken
    assert titles(report)[0] == "un Money"
    assert Reading(report).themes[0].title == "Money"


def test_the_numbers_behind_a_chart_are_named_as_on_the_page(report_on, signed_in, team):
    label = "fictional country; invented answers"
    report = report_on(MIXED, provenance="fictional", label=label)
    load(report.round.instrument_version, "un")
    address = f"/reports/{report.pk}/charts/profile.csv"
    table = signed_in(team.officer).get(address, headers={"Accept-Language": "fr"})
    lines = table.content.decode().splitlines()
    assert lines[1].startswith("un Money,")
    assert "pays fictif" in lines[1]


def test_a_report_older_than_translations_is_read_too(report_on):
    report = report_on(MIXED)
    load(report.round.instrument_version, "un")
    del report.snapshot["instrument"]["translations"]
    assert titles(report)[0] == "un Money"


def test_the_document_is_in_its_language_and_says_who_reviewed_it(report_on, monkeypatch):
    report = report_on(MIXED)
    found = load(report.round.instrument_version, "un")
    cover = compose(report, Audience.FULL, "fr", Choices()).cover
    assert cover.subtitle == "un A small instrument"
    said = [text for _term, text in cover.facts]
    assert "pas encore relue par un locuteur nommé" in said
    assert found.sha256 in said

    load(report.round.instrument_version, "un", reviewed_by="A speaker")
    monkeypatch.setattr("reports.reading.reviewer", lambda _code: "A reader")
    said = [t for _, t in compose(report, Audience.FULL, "fr", Choices()).cover.facts]
    assert "relue par A reader, A speaker" in said


def test_the_original_says_nothing_of_a_review(report_on):
    report = report_on(MIXED)
    terms = [term for term, _ in compose(report, Audience.FULL, "en", Choices()).cover.facts]
    assert "Translation" not in terms
