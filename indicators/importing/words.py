"""What headers of columns are called, in several languages."""

import re
import unicodedata
from functools import lru_cache

from countries.shipped import gazetteer

from . import layout as roles
from .periods import is_split_year, period_of

_WORDS = {
    roles.COUNTRY_CODE: (
        "country code|countrycode|iso|iso3|iso 3|iso2|iso code|iso3 code|country iso3|iso alpha 3|"
        "alpha 3|alpha 2|iso a3|code pays|code du pays|economy code|ref area|refarea|geo|geocode|"
        "geo code|area code|country id|wb code|economy iso3|code iso|код страны|ma quoc gia|"
        "location code|cou|spatialdimcode|reporter iso|country code iso3|country iso|iso3c|iso2c|"
        "iso country code|country abbreviation|country abbr"
    ),
    roles.COUNTRY_NAME: (
        "country|country name|countryname|economy|economy name|nation|pays|nom du pays|"
        "nom pays|страна|страны|название страны|наименование страны|quoc gia|nuoc|ten nuoc|"
        "ten quoc gia|country or area|country/area|country or territory|countries|economies|"
        "reference area|location|entity|territory|pais|land|country/economy|countries/economies|"
        "country/territory|pays/territoire|country and area|area|экономика|reporter|country label|"
        "государство|member|economy/country|region/country|country/region|pays ou zone|ประเทศ|"
        "state|ប្រទេស|البلد|الدولة|国家"
    ),
    roles.INDICATOR_CODE: (
        "indicator code|indicatorcode|series code|seriescode|indicator id|code indicateur|"
        "code de l'indicateur|variable code|код показателя|ma chi tieu|series id|indicator|serie"
        "s|measure code|subject code|indicator_code"
    ),
    roles.INDICATOR_NAME: (
        "indicator name|indicatorname|series name|seriesname|indicateur|nom de l'indicateur|"
        "variable|variable name|показатель|наименование показателя|название показателя|chi tieu|"
        "ten chi tieu|indicator|series|measure|subject|item|indicator label|libelle|statistic|"
        "descripteur|indicador|تعريف المؤشر|المؤشر|indikator"
    ),
    roles.PERIOD: (
        "year|period|time|time period|timeperiod|date|annee|periode|год|период|nam|thoi gian|ky|"
        "ano|jahr|reference period|ref period|years|anno|obs time|time code|ปี|ឆ្នាំ|السنة|سنة|"
        "年|fiscal year|calendar year|an"
    ),
    roles.VALUE: (
        "value|values|obs value|obsvalue|observation|observation value|valeur|valeurs|значение|"
        "величина|gia tri|tri so|valor|wert|figure|amount|data value|datavalue|data|numeric|val|"
        "القيمة|ค่า|តម្លៃ|数值|estimate"
    ),
    roles.FREQUENCY: "freq|frequency|frequence|частота|tan suat",
    roles.FLAG: (
        "flag|flags|obs status|obsstatus|observation status|status|flag codes|statut|статус|co|"
        "symbol|marker"
    ),
    roles.NOTE: (
        "note|notes|footnote|footnotes|comment|comments|remark|remarks|comment obs|obs comment|"
        "obs com|observation comment|примечание|примечания|ghi chu|remarque|remarques|commentaire"
    ),
    roles.UNIT: (
        "unit|units|unit measure|unit of measure|unit of measurement|unit measure code|unite|"
        "unite de mesure|единица|единица измерения|ед. изм.|don vi|don vi tinh|unidad|einheit"
    ),
    roles.MULTIPLIER: "unit mult|unit multiplier|powercode|powercode code|power code|multiplier",
    roles.STANDARD_ERROR: (
        "standard error|std error|std. error|std err|stderr|se|s.e.|erreur type|erreur standard|"
        "стандартная ошибка|sai so chuan"
    ),
    roles.SAMPLE_SIZE: (
        "sample size|samplesize|sample|n|n obs|nobs|observations|number of observations|"
        "taille de l'echantillon|echantillon|размер выборки|объем выборки|co mau|respondents"
    ),
    roles.ACTION: "action",
}
_SPLITTING = (
    "sex|gender|age|age group|agegroup|size class|size|firm size|enterprise size|sector|"
    "industry|activity|economic activity|isic|nace|urbanisation|urbanization|residence|"
    "ownership|breakdown|disaggregation|category|class|subgroup|education|quantile|sexe|"
    "genre|groupe d'age|secteur|taille|пол|возраст|отрасль|размер|gioi tinh|nhom tuoi|nganh|"
    "quy mo|product|partner|counterpart area|dimension"
)
BREAKDOWNS = frozenset(_SPLITTING.split("|"))
"""Headers of columns by which a series is split."""


def plain(text: str) -> str:
    """A header without case, accents, marks and underscores: what words are compared in."""
    text = re.sub(r"[\s_\u200e\u200f\ufeff]+", " ", text.strip().lower())
    text = unicodedata.normalize("NFD", text.replace("đ", "d"))
    if not re.search(r"[\u0400-\u04ff\u0600-\u06ff\u0e00-\u0eff\u1780-\u17ff]", text):
        text = "".join(each for each in text if not unicodedata.combining(each))
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"\s*(?:[*†‡:]+|\([a-z0-9]\)|[¹²³])$", "", text).strip(" .")


_ROLES: dict[str, tuple[str, ...]] = {}
for _role, _names in _WORDS.items():
    for _name in _names.split("|"):
        _key = plain(_name)
        _ROLES[_key] = (*_ROLES.get(_key, ()), _role)

_BARE_CODE = ("code",)


def roles_of(header: str) -> tuple[str, ...]:
    """What a column of this header can hold, the likeliest first; empty if the word says nothing.

    SDMX-CSV with labels writes `REF_AREA: Reference area`; the part before the colon decides.
    """
    key = plain(header)
    found = _ROLES.get(key)
    if found is None and is_labelled(header):
        found = _ROLES.get(plain(header.split(":", 1)[0]))
    return found or ()


def is_labelled(header: str) -> bool:
    """Whether codes and their labels share the column, as SDMX-CSV can have it (`FR: France`)."""
    return re.match(r"[A-Z][A-Z0-9_]*:", header) is not None


@lru_cache(maxsize=20_000)
def is_place(text: str) -> bool:
    """Whether a text is a country or a group of countries that everybody knows."""
    return gazetteer().find_text(text).area is not None


def is_bare_code(header: str) -> bool:
    """Whether the header only says "code": of what, its neighbour tells."""
    return plain(header) in _BARE_CODE


def is_breakdown(header: str) -> bool:
    """Whether a column of this header splits a series."""
    return plain(header) in BREAKDOWNS


def is_period(header: str) -> bool:
    """Whether a header is a year or another period."""
    period = period_of(header)
    return period is not None and 1700 <= period.year <= 2200


def looks_like_period(header: str) -> bool:
    """Whether a header is meant as a period, be it one that no value can have (2015/16)."""
    return is_period(header) or is_split_year(header)
