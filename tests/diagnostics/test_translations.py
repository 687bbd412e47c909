"""An instrument in another language: its file, its rows, where it is read."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import translation as languages
from hypothesis import given
from hypothesis import strategies as st

from activity import events
from activity.models import Event
from countries.content.faults import ContentFault
from diagnostics import actions
from diagnostics.authoring.reading import read_instrument
from diagnostics.authoring.translating import (
    Translation,
    examine_translation,
    in_words,
    read_translation,
    texts_of,
    words,
)
from diagnostics.scoring.instrument import EditionOf
from tests.factories import rounds
from tests.factories.rounds import small_instrument

SHIPPED = Path(settings.BASE_DIR) / "diagnostics" / "instruments"
SMALL = small_instrument()


def backwards(value):
    """A language in which every text is said backwards."""
    if isinstance(value, str):
        return value[::-1]
    if isinstance(value, list):
        return [backwards(part) for part in value]
    return {key: backwards(part) for key, part in value.items()}


def french(**head: object) -> dict:
    about = {"instrument": "small", "version": "1.0", "language": "fr", "reviewed_by": None}
    return about | backwards(texts_of(SMALL)) | head


@pytest.fixture
def written(tmp_path: Path):
    def write(content: object) -> Path:
        path = tmp_path / "small-1.0.fr.yaml"
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    return write


@pytest.fixture
def _two_languages(settings):
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]


def load(version, **head: object):
    found = Translation(french(**head))
    return actions.load_translation(version=version, translation=found, by=None)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("translations/*.yaml")), ids=lambda p: p.name)
def test_what_is_shipped_is_whole(path):
    code = path.name.rsplit(".", 2)[0]
    found, faults = examine_translation(path, read_instrument(SHIPPED / f"{code}.yaml"))
    assert found is not None
    assert not faults
    assert path.name == f"{code}.{found.language}.yaml"


def test_every_text_is_said_in_the_other_language_and_nothing_else_changes():
    told = in_words(SMALL, words(french(), SMALL))
    assert texts_of(told) == backwards(texts_of(SMALL))
    assert in_words(told, words(backwards(texts_of(told)), told)) == SMALL
    assert [item.weight for item in told.items().values()] == [1.0] * 8
    assert list(told.items()) == list(SMALL.items())


def test_faults_are_told_with_their_place_and_what_is_missing_is_a_warning(written):
    content = french()
    content["items"]["money.item_1"]["statements"]["9"] = "More."
    content["items"]["money.item_2"]["title"] = 7
    content["level_names"] = ["One"]
    del content["items"]["money.item_3"]["question"]
    content["themes"]["mony"] = {"title": "Argent"}
    found, faults = examine_translation(written(content), SMALL)
    assert found is None
    assert {(fault.severity, fault.path, fault.message) for fault in faults} == {
        ("error", "level_names", "Expected a list of 5 texts, found a list."),
        ("error", "themes.mony",
         '"mony" is no known text of the instrument; did you mean "money"?'),
        ("error", "items.money.item_1.statements.9",
         '"9" is no known text of the instrument; expected one of 2, 3, 4, 5.'),
        ("error", "items.money.item_2.title", "Expected a text, found the number 7."),
        ("warning", "items.money.item_3.question",
         "Is not translated; it is shown in English."),
    }  # fmt: skip


def test_a_translation_of_another_version_is_refused(written):
    with pytest.raises(ContentFault, match=r'Expected "1\.0", found the text "2\.0"'):
        read_translation(written(french(version="2.0")), SMALL)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any.fr.yaml"
    path.write_text(text, encoding="utf-8")
    assert examine_translation(path, SMALL)[0] is None


@pytest.mark.django_db
def test_a_newer_file_is_shown_and_the_older_stays():
    version = rounds.version()
    first, again = load(version), load(version)
    second = load(version, reviewed_by="A speaker")
    assert first == again
    assert second.sha256 != first.sha256
    assert [one.pk for one in version.translations_in("fr")] == [second.pk]
    assert [one.pk for one in version.translations_in("fr", [first.sha256])] == [first.pk]
    with pytest.raises(DatabaseError, match="not altered"), transaction.atomic():
        version.translations.update(reviewed_by="Nobody")


@pytest.mark.django_db
def test_events_name_an_instrument_in_each_reader_s_language():
    version = rounds.version()
    load(version)
    actions.copy_instrument(version=version, country=None, by=None)
    title = SMALL.title
    for kind in ("instrument.translated", "instrument.copied"):
        event = Event.objects.get(kind=kind)
        assert title in events.in_words(event)
        with languages.override("fr"):
            assert backwards(title) in events.in_words(event)
            assert title not in events.in_words(event)


@pytest.mark.django_db
def test_the_scoring_hash_leaves_translations_out():
    version = rounds.version()
    before = version.sha256
    load(version)
    version.refresh_from_db()
    assert version.sha256 == before
    assert version.instrument == SMALL


@pytest.mark.django_db
def test_an_edition_says_what_it_changed_in_english_and_the_rest_as_its_parent(team):
    load(rounds.version())
    money, advice = SMALL.themes
    other = replace(money.items[0], question="Does money move here?")
    edition = replace(
        SMALL,
        code="small-own",
        country=team.country.pk,
        edition_of=EditionOf("small", "1.0"),
        themes=(replace(money, items=(other, *money.items[1:])), advice),
    )
    version = actions.load_instrument(instrument=edition, by=None)
    with languages.override("fr"):
        first, second = version.told.themes[0].items[:2]
    assert first.question == "Does money move here?"
    assert first.title == backwards("Money item 1")
    assert second.question == backwards("Does money 2 happen?")


@pytest.mark.django_db
@pytest.mark.usefixtures("_two_languages")
def test_handbook_and_sheet_are_read_in_the_persons_language(client, team):
    version = rounds.version()
    load(version)
    address = reverse("diagnostics:handbook", args=["small", "1.0"])
    assert backwards("Money item 1") not in client.get(address).content.decode()
    page = client.get(address, headers={"accept-language": "fr"}).content.decode()
    assert '<html lang="fr">' in page
    assert backwards("Money item 1") in page
    assert "Money item 1" not in page


def test_check_instrument_checks_a_translation_too(tmp_path, capsys):
    (tmp_path / "translations").mkdir()
    file = tmp_path / "translations" / "sme-stages-1.0.fr.yaml"
    shipped = SHIPPED / "translations" / "sme-stages-1.0.fr.yaml"
    text = shipped.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=r"sme-stages-1\.0\.yaml"):
        call_command("check_instrument", str(file))
    call_command("check_instrument", str(shipped), "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["language"], told["faults"]) == (True, "fr", [])
