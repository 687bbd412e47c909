"""In which section of ISIC an industry of a table stands."""

import pytest

from clusters.employment.sections import sections_of


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("C", "C"),
        ("C14 Clothes", "C"),
        ("1410 Shirts", "C"),
        ("143", "C"),
        ("01.11.1 Wheat", "A"),
        ("Manufacture of footwear", "C"),
        ("manufacture of FURNITURE", "C"),
        ("Growing of rice", "A"),
        ("Sản xuất giày, dép", "C"),
        ("Производство обуви", "C"),
        ("Fabrication de chaussures", "C"),
        ("04 A division that ISIC has not", ""),
        ("Shoes", ""),
    ],
)
def test_a_code_or_a_title_of_any_width_tells_it(name, section):
    assert sections_of([name]) == ({name: section} if section else {})
