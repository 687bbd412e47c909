"""Key figures are shown as precise as their document gives them."""

import pytest
from django.template.loader import render_to_string

from countries.actions import load_country, load_documents
from countries.queries import figures_by_label
from countries.references import with_names

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("value", "shown"),
    [(19.3, "19.3"), (0.04, "0.04"), (44, "44"), (2724900, "2,724,900"), (-0.09, "-0.09")],
)
def test_a_figure_has_the_digits_it_was_given(value, shown):
    load_documents({"a-book": "A book."})
    row = {"label": "Share", "value": value, "unit": "percent", "year": 2005, "note": ""}
    country = load_country(
        {
            "code": "LAO",
            "name": "Lao PDR",
            "time_zone": "Asia/Vientiane",
            "figures": [{**row, "document": "a-book", "place": "page 3"}],
        }
    )
    table = render_to_string("includes/figures.html", {"figures": figures_by_label(country)})
    assert f'<span class="figure">{shown} <span class="soft">(2005)</span>' in table
    assert "a-book, page 3" in table


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("yang-2006, section 2.5", "Yang et al. 2006, section 2.5"),
        ("Lecture 1 of adbi-2007 dates it; sato-asean.", "Lecture 1 of ADBI 2007 dates it; Sato."),
        ("a-book, page 3; xyang-2006", "a-book, page 3; xyang-2006"),
    ],
)
def test_documents_in_a_text_are_called_by_name(text, told):
    assert with_names(text) == told
