"""Thresholds from the quantiles of a loaded dataset, in a draft, never in a published version."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from activity.models import Event
from diagnostics import actions
from diagnostics.models import InstrumentVersion
from diagnostics.scoring.calibration import calibrate
from diagnostics.scoring.instrument import IndicatorBinding, Instrument
from tests.factories.people import CountryFactory
from tests.factories.rounds import small_instrument
from tests.factories.statistics import DatasetFactory, ImportFactory, IndicatorFactory, observe

RISING = IndicatorBinding("UP", "higher", "More is better.", (1.0, 2.0, 3.0, 4.0))
FALLING = IndicatorBinding("DOWN", "lower", "Less is better.", (4.0, 3.0, 2.0, 1.0))


def instrument(*bindings: IndicatorBinding) -> Instrument:
    small = small_instrument()
    money, advice = small.themes
    first = replace(money.items[0], indicators=bindings)
    return replace(small, themes=(replace(money, items=(first, *money.items[1:])), advice))


def test_thresholds_are_evenly_spaced_quantiles():
    values = {"UP": range(1, 21), "DOWN": range(1, 21)}
    drafted, told = calibrate(instrument(RISING, FALLING), values, version="1.1")
    up, down = drafted.themes[0].items[0].indicators
    assert up.thresholds == (4, 8, 12, 16)
    assert down.thresholds == (16, 12, 8, 4)
    assert drafted.version == "1.1"
    assert [(one.countries, one.before) for one in told] == [
        (20, RISING.thresholds), (20, FALLING.thresholds),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("binding", "values", "reason"),
    [
        (replace(RISING, better="within", thresholds=()), range(20), "ranges"),
        (replace(RISING, years=(2004, 2020)), range(20), "discontinued"),
        (RISING, [], "no value"),
        (RISING, range(9), "Fewer than 10 countries"),
        (RISING, [1] * 15 + [2] * 5, "tie"),
    ],
)
def test_what_quantiles_cannot_give_stays(binding, values, reason):
    start = instrument(binding)
    drafted, (told,) = calibrate(start, {"UP": list(values)}, version="1.1")
    assert drafted == replace(start, version="1.1")
    assert told.after == ()
    assert reason in told.reason


@pytest.fixture
def loaded(db):
    """Twenty countries with values 1 to 20 in 2015, an old one, one of a region's part."""
    actions.load_instrument(instrument=instrument(RISING), by=None)
    indicator = IndicatorFactory(code="UP", dataset=DatasetFactory(code="d"))
    origin = ImportFactory(dataset=indicator.dataset)
    for at in range(20):
        country = CountryFactory(code=f"A{chr(65 + at)}Z", name=f"Country {at}")
        observe(indicator, country.code, "2015", at + 1.0, by=origin)
        observe(indicator, country.code, "2014", 1000.0, by=origin)
    old = CountryFactory(code="AZZ", name="Old")
    observe(indicator, old.code, "2001", 500.0, by=origin)
    return indicator


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("calibrate_thresholds", "small", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_writes_a_draft(loaded):
    told = json.loads(run("1.0", "1.1", "--dataset", "d", "--year", "2016", "--json"))
    assert told["state"] == "draft"
    assert told["indicators"][0]["after"] == [4, 8, 12, 16]
    draft = InstrumentVersion.objects.get(version="1.1")
    assert draft.state == InstrumentVersion.State.DRAFT
    assert draft.instrument.themes[0].items[0].indicators[0].thresholds == (4, 8, 12, 16)
    assert draft.items.count() == 8
    published = InstrumentVersion.objects.get(version="1.0")
    assert published.instrument == instrument(RISING)
    assert Event.objects.get(kind="instrument.drafted").facts["instrument"] == str(draft)


def test_a_draft_is_written_anew_and_gives_way_to_the_published_one(loaded):
    run("1.0", "1.1", "--dataset", "d", "--year", "2016")
    assert "1 of 1 changed" in run("1.0", "1.1", "--dataset", "d", "--year", "2016")
    draft = InstrumentVersion.objects.get(version="1.1")
    published = actions.load_instrument(instrument=draft.instrument, by=None)
    assert published.state == InstrumentVersion.State.PUBLISHED
    with pytest.raises(CommandError, match="published and never changes"):
        run("1.0", "1.1", "--dataset", "d", "--year", "2016")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("2.0", "2.1", "--dataset", "d", "--year", "2016"), "no published instrument small 2.0"),
        (("1.0", "1.1", "--dataset", "x", "--year", "2016"), "no dataset x"),
        (("1.0", "new", "--dataset", "d", "--year", "2016"), "one to four numbers"),
        (("1.0", "1.1", "--dataset", "d", "--year", "1990"), "No threshold would change"),
    ],
)
def test_what_cannot_be_calibrated_gets_a_sentence(loaded, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)


@pytest.fixture
def draft(loaded):
    published = InstrumentVersion.objects.get(version="1.0")
    return actions.copy_instrument(version=published, country=None, by=None)


def thresholds(version: InstrumentVersion) -> tuple[float, ...]:
    version.refresh_from_db()
    return version.instrument.themes[0].items[0].indicators[0].thresholds


def test_a_draft_shows_what_would_change_and_takes_it_when_told(draft, team, signed_in):
    client = signed_in(team.administrator)
    url = reverse("diagnostics:draft_calibrate", args=[draft.pk])
    assert url in client.get(draft.get_absolute_url()).content.decode()
    page = " ".join(client.get(url, {"dataset": "d", "year": 2016}).content.decode().split())
    assert "1 indicator would change" in page
    assert "1; 2; 3; 4" in page
    assert "4; 8; 12; 16" in page
    assert '<span class="level" data-level="1">1</span> Country 0 1; Country 1 2;' in page
    assert thresholds(draft) == (1, 2, 3, 4)
    sent = {"dataset": "d", "year": 2016, "sha256": draft.sha256}
    assert client.post(url, sent)["Location"] == reverse(
        "diagnostics:draft_difference", args=[draft.pk]
    )
    assert thresholds(draft) == (4, 8, 12, 16)
    assert Event.objects.get(kind="instrument.calibrated").facts["changes"] == 1
    assert thresholds(InstrumentVersion.objects.get(version="1.0")) == (1, 2, 3, 4)


def test_a_draft_that_changed_meanwhile_keeps_its_thresholds(draft, team, signed_in):
    url = reverse("diagnostics:draft_calibrate", args=[draft.pk])
    sent = {"dataset": "d", "year": 2016, "sha256": "0" * 64}
    page = signed_in(team.administrator).post(url, sent).content.decode()
    assert "Somebody changed the draft meanwhile" in page
    assert thresholds(draft) == (1, 2, 3, 4)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"dataset": "d", "year": 1990}, "The dataset has no value of it in these years."),
        ({"dataset": "nothing", "year": 2016}, "Select a valid choice"),
        ({"dataset": "d", "year": "soon"}, "Enter a whole number."),
        ({"dataset": "d"}, "This field is required."),
    ],
)
def test_what_a_draft_cannot_take_is_told_in_words(draft, team, signed_in, asked, sentence):
    url = reverse("diagnostics:draft_calibrate", args=[draft.pk])
    client = signed_in(team.administrator)
    for answer in (client.get(url, asked), client.post(url, asked)):
        assert answer.status_code == 200
        assert sentence in answer.content.decode()
    assert thresholds(draft) == (1, 2, 3, 4)


def test_a_published_version_has_no_such_page(loaded, team, signed_in):
    published = InstrumentVersion.objects.get(version="1.0")
    url = reverse("diagnostics:draft_calibrate", args=[published.pk])
    for answer in (signed_in(team.administrator).get(url), signed_in(team.administrator).post(url)):
        assert answer.status_code == 404
