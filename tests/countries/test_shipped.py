"""The shipped countries are those of ISO 3166-1, in regions of UN M49, and load again unharmed."""

from collections import Counter
from zoneinfo import available_timezones

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from countries import shipped as files
from countries.actions import load_areas, load_industries, place_in_group, rename
from countries.matching import Outcome
from countries.models import Alias, Country, GroupMember, Industry
from countries.queries import gazetteer
from countries.shipped import shipped
from indicators.explorer.queries import memberships
from tests.factories.people import CountryFactory

METADATA = (
    '\ufeff"Country Code","Region","IncomeGroup","SpecialNotes","TableName",\n'
    '"LAO","East Asia & Pacific","Lower middle income","a note, over\ntwo lines","Lao PDR",\n'
    '"KSV","Europe & Central Asia","Upper middle income","","Kosovo",\n'
    '"SSF","","","An aggregate","Sub-Saharan Africa",\n'
    '"ETH","Sub-Saharan Africa","","","Ethiopia",\n'
)


@pytest.fixture
def world(db):
    load_areas(shipped())


def test_all_countries_of_iso_and_two_more():
    countries = [row for row in shipped() if not row.is_aggregate]
    assert len(countries) == 249 + len(["XKX", "CHI"])
    assert {row.code for row in countries if not row.alpha_2} == {"CHI"}
    assert {row.code for row in countries if not row.numeric} == {"XKX"}
    assert {row.code for row in countries if not row.groups} == {"ATA"}
    assert {row.time_zone for row in countries} <= available_timezones()


def test_subregions_add_up_to_the_regions_of_m49():
    regions = Counter(row.groups[-1] for row in shipped() if row.groups)
    assert set(regions) == {"002", "009", "019", "142", "150"}
    # The sizes of M49, with Taiwan, Kosovo and the Channel Islands, which it does not list, and
    # without Sark.
    assert regions == {"002": 60, "009": 29, "019": 57, "142": 50 + 1, "150": 51 + 2}
    assert {"014", "202", "002"} == set(next(r.groups for r in shipped() if r.code == "ETH"))


def test_loading_again_keeps_what_was_changed(world):
    before = [m.objects.count() for m in (Country, Alias, GroupMember)]
    rename(Country.objects.get(code="LAO"), name="Laos")
    load_areas(shipped())
    assert Country.objects.get(code="LAO").name == "Laos"
    assert [m.objects.count() for m in (Country, Alias, GroupMember)] == before
    assert gazetteer().find(name="Lao PDR").area.code == "LAO"


def test_a_country_that_was_there_first_keeps_its_name(db):
    CountryFactory(code="LAO", name="The Lao country", time_zone="Asia/Bangkok")
    load_areas(shipped())
    country = Country.objects.get(code="LAO")
    assert (country.name, country.time_zone) == ("The Lao country", "Asia/Bangkok")
    assert (country.alpha_2, country.numeric) == ("LA", "418")


def test_the_database_finds_what_the_files_find(world):
    known = gazetteer()
    assert known.find(name="Kyrgyzstan").area.name == "Kyrgyz Republic"
    assert known.find(code="ZAR").area.code == "COD"
    assert known.find(name="World").area.is_aggregate
    assert known.find(code="YUG").outcome is Outcome.AMBIGUOUS


def test_a_gazetteer_takes_two_queries(world, django_assert_num_queries):
    with django_assert_num_queries(2):
        gazetteer()


def test_groups_of_the_world_bank_are_loaded_with_their_day(world, tmp_path, capsys):
    file = tmp_path / "metadata.csv"
    file.write_text(METADATA, encoding="utf-8")
    CountryFactory(code="XZA", is_fictional=True)
    place_in_group(country="XZA", group="LIC", source="invented")
    for _ in range(2):
        call_command("load_country_groups", str(file), "--as-of", "2021-07-01")
    assert "3 countries in 5 groups" in capsys.readouterr().out
    lao = Country.objects.get(code="LAO").groups.exclude(as_of=None)
    assert {(row.group_id, str(row.as_of)) for row in lao} == {
        ("EAS", "2021-07-01"),
        ("LMC", "2021-07-01"),
    }
    assert Country.areas.get(code="SSF").members.get().country_id == "ETH"
    # No source knows the fictional country: it stays where it is, and is nobody's peer.
    assert Country.areas.get(code="LIC").members.get().source == "invented"
    assert "LIC" not in memberships()
    assert memberships()["LMC"] == ["LAO"]
    assert Country.areas.get(code="035").members.count() == 11


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "expected columns Country Code, Region and IncomeGroup"),
        ("Code,Region,Income Group\n", "no row with a region"),
        ("Code,Region,Income Group\nQQQ,South Asia,\n", "Row 2: 'QQQ' is no country's code"),
        ("Code,Region,Income Group\nLAO,Asia,\n", "Row 2: 'Asia' is no region group"),
        ("Code,Region,Income Group\nLAO,South Asia,Rich\n", "Row 2: 'Rich' is no income group"),
    ],
)
def test_a_fault_is_told_and_nothing_loaded(world, tmp_path, text, sentence):
    file = tmp_path / "metadata.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=sentence.replace("(", r"\(")):
        call_command("load_country_groups", str(file), "--as-of", "2021-07-01")
    assert not GroupMember.objects.exclude(as_of=None).exists()


def test_a_name_is_changed_at_the_terminal(world):
    call_command("rename_country", "kgz", "Kyrgyzstan")
    assert Country.objects.get(code="KGZ").name == "Kyrgyzstan"
    with pytest.raises(CommandError, match="another's name"):
        call_command("rename_country", "KGZ", "World")
    with pytest.raises(CommandError, match="no country or aggregate"):
        call_command("rename_country", "QQQ", "Nowhere")


def test_a_city_beside_its_countrys_code_is_not_the_country():
    assert files.gazetteer().find(code="JPN", name="Tokyo").outcome is Outcome.CONTRADICTION
    assert files.gazetteer().find(code="DEU", name="Deutschland").area.code == "DEU"


def test_isic_is_whole_and_each_industry_stands_within_the_wider_one():
    of = {code: section for code, _title, section in files.industries()}
    assert len(of) == len(files.industries())
    sizes = Counter(len(code) for code in of if code.isdigit())
    assert sizes == {2: 88, 3: 238, 4: 419}
    assert [code for code in of if not code.isdigit()] == list("ABCDEFGHIJKLMNOPQRSTU")
    for code, section in of.items():
        assert of[section] == section
        if len(code) > 2:
            assert of[code[:-1]] == section, code
    assert (of["01"], of["3250"], of["990"]) == ("A", "C", "U")


def test_every_industry_has_a_title_in_every_language_of_the_pages():
    english = {code: title for code, title, _section in files.industries()}
    others = {language for language, _name in settings.LANGUAGES} - {"en"}
    for titles in [english, *map(files.titles_of_industries, sorted(others))]:
        assert list(titles) == list(english)
        assert all(title == title.strip() != "" for title in titles.values())
        # What is one title in English, such as that of a group and of its class, is one in each.
        assert len({(english[code], title) for code, title in titles.items()}) == len(
            set(english.values())
        )
    with translation.override("fr"):
        assert str(Industry(code="31", title="Manufacture of furniture")).startswith(
            "31 Fabrication"
        )
    assert (
        str(Industry(code="31", title="Manufacture of furniture")) == "31 Manufacture of furniture"
    )


def test_industries_are_stored_with_their_section_and_renewed(db):
    Industry.objects.create(code="1430", title="Knitwear")
    for _ in range(2):
        load_industries(files.industries())
    assert Industry.objects.count() == 766
    knitted = Industry.objects.get(code="1430")
    assert (knitted.section_id, knitted.title) == (
        "C",
        "Manufacture of knitted and crocheted apparel",
    )
    assert Industry.objects.get(code="C").section is None
