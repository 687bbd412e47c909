"""Tables whose headings, countries, years and figures are written in other languages."""

import csv

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from countries.headings import FILE, meanings, plain
from countries.matching import Outcome
from countries.shipped import gazetteer, shipped
from indicators.importing import read
from indicators.importing.words import roles_of

from .small import checked, codes, text_file, triples

with FILE.open(encoding="utf-8", newline="") as rows:
    WORDS = [
        (row["what"], row["language"], word)
        for row in csv.DictReader(rows)
        for word in row["words"].split("|")
    ]
ASKED = {"ar", "es", "fr", "id", "km", "lo", "mn", "ms", "ru", "th", "vi", "zh-Hans", "zh-Hant"}
ALWAYS = ("country_name", "period", "indicator_name", "value", "unit", "region", "industry",
          "employment")  # fmt: skip
# By language: headings of country, year, indicator, value; two countries; years; LAO, VNM.
TABLES = {
    "th": ("ประเทศ,ปี,ตัวชี้วัด,ค่า", ("ลาว", "ประเทศเวียดนาม"), ("2015", "ปี 2016")),
    "zh-Hans": ("国家/地区,年份,指标,数值", ("老挝", "越南"), ("2015年", "2016")),
    "zh-Hant": ("國家,年度,指標,數值", ("寮國", "越南"), ("2015", "2016年")),
    "km": ("ប្រទេស,ឆ្នាំ,សូចនាករ,តម្លៃ", ("ឡាវ", "វៀតណាម"), ("២០១៥", "ឆ្នាំ 2016")),
    "lo": ("ປະເທດ,ປີ,ຕົວຊີ້ວັດ,ຄ່າ", ("ສປປ ລາວ", "ຫວຽດນາມ"), ("2015", "ປີ 2016")),
    "mn": ("Улс,Он,Үзүүлэлт,Утга", ("Лаос", "Вьетнам"), ("2015 он", "2016 он")),
    "ru": ("Страна,Год,Показатель,Значение", ("Лаос", "Вьетнам"), ("2015 г.", "2016")),
    "vi": ("Quốc gia,Năm,Chỉ tiêu,Giá trị", ("Lào", "Việt Nam"), ("2015", "Năm 2016")),
    "fr": ("Pays,Année,Indicateur,Valeur", ("Laos", "Viêt Nam"), ("2015", "2016")),
    "es": ("País,Año,Indicador,Valor", ("Laos", "Vietnam"), ("2015", "2016")),
    "ar": ("البلد,السنة,المؤشر,القيمة", ("لاوس", "فيتنام"), ("٢٠١٥", "2016")),
    "id": ("Negara,Tahun,Indikator,Nilai", ("Laos", "Vietnam"), ("2015", "2016")),
    "ms": ("Negara,Tahun,Penunjuk,Nilai", ("Laos", "Vietnam"), ("2015", "2016")),
}


def test_every_language_has_words_for_what_tables_need():
    for what in ALWAYS:
        assert {language for this, language, _word in WORDS if this == what} >= ASKED, what


@given(st.sampled_from(WORDS), st.sampled_from(["{}", " {} ", "{}:", "{}*", "{}\u200f"]))
def test_a_word_means_what_it_stands_for_however_it_is_set(word, way):
    what, _language, text = word
    for written in (text, text.upper(), text.title()):
        assume(plain(written.lower()) == plain(text))
        assert what in meanings(way.format(written))


@given(st.sampled_from(WORDS), st.sampled_from(WORDS))
def test_a_header_in_two_languages_means_what_both_say(one, other):
    assume(not {*"/("} & {*one[2] + other[2]})  # "area (km2)" sets its unit as a second language
    assume(len(other[2]) > 1)  # "(n)" would be a footnote mark
    for way in ("{} / {}", "{}({})", "{}（{}）"):
        both = meanings(way.format(one[2], other[2]))
        if one[0] == other[0]:
            assert one[0] in both
        whole = meanings(one[2] + "/" + other[2])  # "country/region" is a word of its own
        assert {*both} <= {*meanings(one[2])} & {*meanings(other[2])} | {*whole}, (one, other)


@pytest.mark.parametrize("language", TABLES)
def test_a_table_in_another_language_gives_the_same_values(tmp_path, language):
    header, places, years = TABLES[language]
    lines = [f"{place},{year},X,1.5" for place in places for year in years]
    result = checked(text_file(tmp_path, "\n".join([header, *lines])))
    assert result.faults == []
    found = {(country, period, value) for country, _code, period, value in triples(result)}
    assert found == {(c, y, 1.5) for c in ("LAO", "VNM") for y in ("2015", "2016")}


def test_figures_in_other_digits_are_read_and_a_buddhist_year_is_never_guessed(tmp_path):
    text = "البلد,السنة,المؤشر,القيمة\nلاوس,٢٠١٥,X,١٬٢٣٤٫٥\n"
    assert triples(checked(text_file(tmp_path, text))) == {("LAO", "x", "2015", 1234.5)}
    text = "ประเทศ,ปี พ.ศ.,ตัวชี้วัด,ค่า\nลาว,2558,X,๑๒\n"
    result = checked(text_file(tmp_path, text))
    assert codes(result) == [(2, "ปี พ.ศ.", "period_out_of_range")]
    assert result.faults[0].expected == "a year such as 2015, if 2558 is a year of the Buddhist era"


def test_regions_split_a_series_where_a_country_has_several(tmp_path):
    parts = "Country,Province,Year,Value\nLAO,Attapeu,2015,1\nLAO,Xekong,2015,2\n"
    assert read(text_file(tmp_path, parts)).layout.sheets[0].breakdown == ("Province",)
    whole = "Country,Region,Year,Value\nLAO,Asia,2015,1\nLAO,Asia,2016,2\nFRA,Europe,2015,3\n"
    assert read(text_file(tmp_path, whole)).layout.sheets[0].breakdown == ()


def test_names_of_countries_in_every_language_are_theirs_alone():
    places = gazetteer()
    known = [(row.code, name, of) for row in shipped() for name, of in row.names.items() if of]
    assert {of for _code, _name, of in known} >= {"ar", "km", "lo", "mn", "th", "zh_Hans", "id"}
    for code, name, _language in known:
        found = places.find(name=name)
        if found.outcome is Outcome.AMBIGUOUS:
            assert code in {area.code for area in found.offered}
        else:
            assert found.area.code == code, name


def test_a_misspelt_name_is_offered_not_taken():
    for written, code in (("ลาาว", "LAO"), ("Монголл", "MNG"), ("Филипини", "PHL")):
        found = gazetteer().find_text(written)
        assert found.outcome is Outcome.UNKNOWN
        assert code in [area.code for area in found.offered], written


def test_codes_of_sdmx_keep_their_meaning():
    assert roles_of("REF_AREA: Reference area") == ("country_code",)
    assert roles_of("Country (ISO3)") == ()
