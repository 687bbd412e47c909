"""Names and codes find their country, or nothing: no guess is made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countries.footnotes import without_mark
from countries.matching import Area, Gazetteer, Outcome, folded
from countries.shipped import gazetteer, shipped

KNOWN = gazetteer()
AREAS = {row.code: row for row in shipped()}
# Spellings of World Bank, UN, ADB and other files that are no country's own name here.
SPELLINGS = {
    "Viet Nam": "VNM",
    "Vietnam": "VNM",
    "Việt Nam": "VNM",
    "Lao People's Democratic Republic": "LAO",
    "Laos": "LAO",
    "Lao P.D.R.": "LAO",
    "Korea, Rep.": "KOR",
    "the Republic of Korea": "KOR",
    "Korea, Dem. People's Rep.": "PRK",
    "Kyrgyz Republic": "KGZ",
    "Кыргызстан": "KGZ",
    "Киргизия": "KGZ",
    "Côte d'Ivoire": "CIV",
    "COTE D’IVOIRE": "CIV",
    "Cote d Ivoire": "CIV",
    "Türkiye": "TUR",
    "Turkey": "TUR",
    "Egypt, Arab Rep.": "EGY",
    "Congo, Dem. Rep.": "COD",
    "Congo, Rep.": "COG",
    "Hong Kong SAR, China": "HKG",
    "Macao SAR, China": "MAC",
    "Taiwan, China": "TWN",
    "Taipei,China": "TWN",
    "Micronesia, Fed. Sts.": "FSM",
    "St. Lucia": "LCA",
    "Saint Vincent and the Grenadines": "VCT",
    "Bahamas, The": "BHS",
    "Macedonia, FYR": "MKD",
    "North Macedonia": "MKD",
    "Swaziland": "SWZ",
    "Czechia": "CZE",
    "Czech Republic": "CZE",
    "West Bank and Gaza": "PSE",
    "Kosovo": "XKX",
    "Channel Islands": "CHI",
    "Russie": "RUS",
    "Đức": "DEU",
    "Alemania": "DEU",
    "U.S.A.": "USA",
    "East Asia & Pacific": "EAS",
    "OECD members": "OED",
    "World": "WLD",
    "Upper middle income": "UMC",
    "South-Eastern Asia": "035",
}
CODES = {
    "LAO": "LAO",
    "la": "LAO",
    "418": "LAO",
    "8": "ALB",
    "ZAR": "COD",
    "ROM": "ROU",
    "TMP": "TLS",
    "KSV": "XKX",
    "XK": "XKX",
    "ADO": "AND",
    "IMY": "IMN",
    "WBG": "PSE",
    "WLD": "WLD",
    "001": "WLD",
    "1W": "WLD",
}


@pytest.mark.parametrize(("text", "code"), SPELLINGS.items())
def test_a_spelling_is_known(text, code):
    assert KNOWN.find(name=text).area.code == code
    assert KNOWN.find_text(text).area.code == code
    assert KNOWN.find(code=code, name=text).area.code == code


@pytest.mark.parametrize(("written", "code"), CODES.items())
def test_a_code_is_known(written, code):
    assert KNOWN.find(code=written).area.code == code


@pytest.mark.parametrize(
    ("text", "offered"),
    [("Korea", {"KOR", "PRK"}), ("Virgin Islands", {"VGB", "VIR"}), ("Micronesia", {"FSM", "057"})],
)
def test_a_name_that_several_share_decides_nothing(text, offered):
    answer = KNOWN.find(name=text)
    assert (answer.outcome, answer.area) == (Outcome.AMBIGUOUS, None)
    assert {area.code for area in answer.offered} == offered


def test_a_country_that_is_no_more_is_not_taken_for_one_that_came_of_it():
    for code in ("YUG", "SUN", "ANT", "SCG"):
        answer = KNOWN.find(code=code)
        assert answer.outcome is Outcome.AMBIGUOUS
        assert len(answer.offered) > 1


def test_code_and_name_together_settle_what_one_leaves_open():
    assert KNOWN.find(code="YUG", name="Serbia").area.code == "SRB"
    assert KNOWN.find(code="KOR", name="Korea").area.code == "KOR"


@pytest.mark.parametrize(("code", "name"), [("LAO", "Viet Nam"), ("LAO", "Vietnnam")])
def test_a_code_beside_a_contradicting_name_is_told(code, name):
    answer = KNOWN.find(code=code, name=name)
    assert (answer.outcome, answer.area) == (Outcome.CONTRADICTION, None)
    assert [area.code for area in answer.offered] == ["LAO", "VNM"]


def test_a_code_beside_a_name_unlike_any_of_its_own_is_told():
    answer = KNOWN.find(code="LAO", name="Timbuktu")
    assert (answer.outcome, answer.area) == (Outcome.CONTRADICTION, None)
    assert [area.code for area in answer.offered] == ["LAO"]


def test_a_name_in_a_writing_we_have_no_names_in_contradicts_nothing():
    assert KNOWN.find(code="LAO", name="ລາວ").area.code == "LAO"


def test_a_code_beside_a_name_nobody_knows_decides():
    assert KNOWN.find(code="LAO", name="Lao PDR (provisional)").area.code == "LAO"


def test_a_code_nobody_knows_is_not_overruled_by_its_name():
    answer = KNOWN.find(code="QQQ", name="Lao PDR")
    assert answer.outcome is Outcome.UNKNOWN
    assert [area.code for area in answer.offered] == ["LAO"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Veitnam", "VNM"),
        ("Kyrgystan", "KGZ"),
        ("China - Beijing", "CHN"),
        ("Bosnia and Herz.", "BIH"),
    ],
)
def test_the_nearest_is_offered_and_not_taken(text, first):
    answer = KNOWN.find_text(text)
    assert (answer.outcome, answer.area) == (Outcome.UNKNOWN, None)
    assert answer.offered[0].code == first


def test_what_resembles_nothing_offers_nothing():
    assert KNOWN.find_text("qzx wvk") == KNOWN.find(name="qzx wvk")
    assert not KNOWN.find_text("qzx wvk").offered
    assert KNOWN.find(code=" ", name="").outcome is Outcome.EMPTY


@given(st.sampled_from(sorted(AREAS)), st.randoms(use_true_random=False))
def test_case_accents_and_the_order_of_words_do_not_matter(code, chance):
    words = AREAS[code].name.split()
    chance.shuffle(words)
    written = " ,  ".join(chance.choice([str.upper, str.lower])(word) for word in words)
    answer = KNOWN.find(code=code, name=written)
    assert answer.area.code == code


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_makes_it_fail_or_guess(code, name):
    answer = KNOWN.find(code=code, name=name)
    assert (answer.area is not None) == (answer.outcome is Outcome.FOUND)
    if answer.area and not code.strip():
        known = {folded(n) for n in (answer.area.name, *answer.area.names)}
        assert {folded(name), folded(without_mark(name))} & known


def test_every_own_code_and_name_leads_back():
    for row in AREAS.values():
        assert KNOWN.find(code=row.code).area.code == row.code
        assert KNOWN.find(code=row.code, name=row.name).area.code == row.code
        if row.alpha_2:
            assert KNOWN.find(code=row.alpha_2).area.code == row.code


def test_no_country_shares_its_shown_name():
    shown = [folded(row.name) for row in AREAS.values()]
    assert len(shown) == len(set(shown))


def test_fiction_is_found_by_its_own_name_only():
    known = Gazetteer([Area("XTA", "Tavania"), Area("TUV", "Tuvalu", ("TV",))])
    assert known.find(name="tavania").area.code == "XTA"
    assert known.find(name="Tavalu").area is None


@pytest.mark.parametrize("mark", ["*", "²", " ²", " 2/", " (2)", " [2]", " (a)", "†", " a/"])
def test_a_footnote_mark_is_no_part_of_a_name(mark):
    assert KNOWN.find(name=f"Lao PDR{mark}").area.code == "LAO"
    assert without_mark(f"Exports{mark}") == "Exports"


@pytest.mark.parametrize("name", ["Forest, km²", "Virgin Islands (US)", "Exports (%)", "CO2", "*"])
def test_what_belongs_to_a_name_is_no_mark(name):
    assert without_mark(name) == name
