"""Where the sources disagree: on the sheet that judges it, in the handbook and in every study."""

import pytest
from django.test import Client
from django.utils import translation

from clusters import actions
from diagnostics import debates
from diagnostics.models import InstrumentVersion
from reports import examples_loading as loading
from reports import study_paper
from reports.rendering.document import Paragraph
from tests.clusters.test_studies import published, written
from tests.factories.clusters import ClusterFactory
from tests.factories.rounds import RoundFactory

PLACES = "lecture 8: “The Role of Social Capital” for the one position"
POSITIONS = ("the key difference between performing and under-performing clusters",
             "less significant in clusters that grew successfully")  # fmt: skip


@pytest.fixture
def instrument(db):
    loading.load_instruments()
    return InstrumentVersion.objects.get(code="cluster-diagnostic", version="1.0")


@pytest.fixture
def study(team, signed_in):
    made = actions.begin_study(cluster=ClusterFactory(country=team.country), by=None)
    written(made, signed_in(team.coordinator))
    published(made)
    return made


def test_a_study_shows_both_positions_and_their_source_in_every_language(instrument, study):
    page = Client().get(study.get_absolute_url()).content.decode()
    assert "Social capital: the sources disagree." in page
    assert all(said in " ".join(page.split()) for said in (*POSITIONS, PLACES))
    assert f'href="{instrument.get_absolute_url()}#social_capital"' in page
    for language in ("fr", "ru", "vi"):
        client = Client()
        client.cookies["django_language"] = language
        page = client.get(study.get_absolute_url()).content.decode()
        with translation.override(language):
            _version, theme = debates.social_capital()
            assert theme.intro != instrument.instrument.themes[1].intro
            assert theme.intro in page
            assert debates.source(theme.code) in page


def test_the_handbook_shows_them_too_and_calls_documents_by_name(instrument):
    page = " ".join(Client().get(instrument.get_absolute_url()).content.decode().split())
    assert all(said in page for said in ("the sources disagree.", *POSITIONS, PLACES))
    assert "Yang et al. 2006, section 2.5, sees research ties come last." in page


def test_so_does_its_paper(instrument, study):
    (linkages,) = (one for one in study_paper.compose(study).sections if one.code == "linkages")
    said = " ".join(one.text for one in linkages.blocks if isinstance(one, Paragraph))
    assert all(words in said for words in (*POSITIONS, PLACES))


def test_without_the_instrument_a_study_says_nothing_of_it(study):
    assert "the sources disagree" not in Client().get(study.get_absolute_url()).content.decode()


def test_the_sheet_shows_it_open_where_social_capital_is_judged(instrument, team, signed_in):
    themes = ["social_capital", "linkages"]
    made = RoundFactory(
        country=team.country, cluster=ClusterFactory(country=team.country),
        instrument_version=instrument, sheets=[(team.organisation, "government", themes)],
    )  # fmt: skip
    sheet = made.sheets.get()
    client = signed_in(team.officer)
    judged, other = (
        client.get(f"{sheet.get_absolute_url()}{code}/").content.decode() for code in themes
    )
    notice = judged.partition("Social capital: the sources disagree.")[2].partition("</div>")[0]
    assert all(said in " ".join(notice.split()) for said in (*POSITIONS, PLACES))
    assert "the sources disagree." not in other
    assert "The four classes of linkage to be built" in other
