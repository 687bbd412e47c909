"""Names in a table that are no place and no industry: "Not stated", "Unknown", "Abroad".

Offices write down there whom they could not put anywhere else. These people are employed, so they
stay in the totals; but they are no concentration of anything.
"""

import re
from functools import lru_cache

from countries.matching import folded

_CODE = re.compile(r"[A-Z]?[0-9]*[ .:–-]+(?=\w)")
_WORDS = {
    "en": "unknown|not known|not stated|not specified|unspecified|not reported|not determined|"
    "undetermined|not classified|unclassified|unclassifiable|not allocated|unallocated|undefined|"
    "not defined|not adequately defined|not adequately described|inadequately described|"
    "activities not adequately defined|missing|no answer|abroad|overseas|foreign|foreign country|"
    "foreign countries|outside the country|rest of the world",
    "fr": "inconnu|inconnue|non connu|non déclaré|non déclarée|non précisé|non précisée|"
    "non spécifié|non spécifiée|indéterminé|indéterminée|non déterminé|non classé|non réparti|"
    "non ventilé|sans réponse|étranger|à l'étranger|pays étranger|pays étrangers",
    "es": "desconocido|no especificado|no especificada|no declarado|sin especificar|extranjero|"
    "en el extranjero",
    "ru": "неизвестно|не известно|не указано|не указан|не определено|не распределено|"
    "нераспределённые|не классифицировано|нет ответа|за рубежом|за границей|другие страны",
    "mn": "тодорхойгүй|мэдэгдэхгүй|гадаад|гадаадад|гадаад улс",
    "vi": "không xác định|chưa xác định|không rõ|không biết|không phân loại|không trả lời|"
    "nước ngoài|ngoài nước|ở nước ngoài",
    "id": "tidak diketahui|tidak dinyatakan|tidak terjawab|luar negeri",
    "ms": "tidak diketahui|tidak dinyatakan|luar negara",
    "th": "ไม่ทราบ|ไม่ระบุ|ต่างประเทศ",
    "lo": "ບໍ່ຮູ້|ບໍ່ລະບຸ|ຕ່າງປະເທດ",
    "km": "មិនដឹង|មិនបានបញ្ជាក់|ក្រៅប្រទេស|បរទេស",
    "zh-Hans": "未知|不详|未说明|未分类|国外|境外|海外",
    "zh-Hant": "不詳|未說明|未分類|國外",
    "ar": "غير معروف|غير محدد|غير مبين|غير مصنف|الخارج|خارج البلد",
}
_FOLDED = frozenset(folded(word) for words in _WORDS.values() for word in words.split("|"))


@lru_cache(maxsize=100_000)
def is_unplaced(name: str) -> bool:
    """Whether a region or an industry of this name is none, a code before it aside."""
    return folded(name) in _FOLDED or folded(_CODE.sub("", name, count=1)) in _FOLDED
