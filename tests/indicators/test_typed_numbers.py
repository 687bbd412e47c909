"""Numbers as people type them into forms: marks of the language are taken, unclear ones refused."""

from decimal import Decimal

import pytest
from django.utils import translation

from clusters import actions
from clusters.forms import ClusterForm, FigureForm
from clusters.models import PlanLine
from clusters.positions.forms import SizeStructureForm
from clusters.studies.forms import PlanLineForm
from indicators.typed_numbers import read_number
from tests.clusters.test_studies import LINE
from tests.factories.clusters import ClusterFactory

READ = [
    ("en", "1,200", "1200"),
    ("en", "1,234,567.5", "1234567.5"),
    ("en", "1.200", "1.2"),
    ("en", "14,2", "14.2"),
    ("en", "1 234 567", "1234567"),
    ("en", "1'200", "1200"),
    ("en", "−3.5", "-3.5"),
    ("fr", "1234,5", "1234.5"),
    ("fr", "1\u202f234\u202f567,25", "1234567.25"),
    ("fr", "14.2", "14.2"),
    ("fr", "0.125", "0.125"),
    ("ru", "1\u00a0200", "1200"),
    ("vi", "1.200", "1200"),
    ("vi", "1.200,5", "1200.5"),
    ("vi", "0.125", "0.125"),
]
UNCLEAR = [
    ("en", "1,2,3"),
    ("en", "12,34.5"),
    ("en", "1 200,300 400"),
    ("en", "12,00,000"),
    ("en", "1.2.3"),
    ("en", "ten"),
    ("en", "1e5"),
    ("en", "٣"),
    ("fr", "1.200"),
    ("ru", "1,200,300"),
    ("vi", "12.34,5"),
]


@pytest.mark.parametrize(("language", "text", "number"), READ)
def test_a_number_is_read_by_the_marks_of_the_language(language, text, number):
    with translation.override(language):
        assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(("language", "text"), UNCLEAR)
def test_what_is_unclear_is_no_number(language, text):
    with translation.override(language):
        assert read_number(text) is None


@pytest.mark.parametrize(("language", "plain", "apart"), [
    ("en", "1234.5", "1,234.5"), ("fr", "1234,5", "1\xa0234,5"), ("vi", "1234,5", "1.234,5"),
])  # fmt: skip
def test_a_refusal_shows_how_numbers_are_written(db, language, plain, apart):
    with translation.override(language):
        form = FigureForm({"value": "some 12.34.5"})
        (said,) = form.errors["value"]
        assert "some 12.34.5" in said
        assert plain in said
        assert apart in said


def test_every_form_of_the_product_takes_them(team):
    with translation.override("fr"):
        study = actions.begin_study(cluster=ClusterFactory(country=team.country), by=None)
        typed = LINE | {"cost": "1 234 567,5", "baseline": "10,25", "target": "1200"}
        line = PlanLineForm(typed, instance=PlanLine(study=study))
        assert line.is_valid(), line.errors
        assert line.cleaned_data["cost"] == Decimal("1234567.5")
        shares = SizeStructureForm({"small": "40,5", "medium": "19,5", "large": "40"})
        shares.is_valid()
        assert shares.cleaned_data["small"] == Decimal("40.5")
        place = ClusterForm({"name": "A", "latitude": "20,98", "longitude": "105,91"},
                            country=team.country)  # fmt: skip
        assert place.is_valid(), place.errors
        assert place.cleaned_data["latitude"] == 20.98
        far = ClusterForm({"name": "A", "latitude": "120,5", "longitude": "1"},
                          country=team.country)  # fmt: skip
        assert not far.is_valid()


@pytest.mark.parametrize("language", ["en", "fr", "ru", "vi"])
def test_what_a_form_shows_it_takes_again(language):
    line = PlanLineForm.Meta.model(cost=Decimal("1234567.50"), baseline=Decimal("1.2000"),
                                   target=Decimal("-0.1250"))  # fmt: skip
    with translation.override(language):
        form = PlanLineForm(instance=line)
        for name in ("cost", "baseline", "target"):
            shown = form[name].field.widget.format_value(form[name].value())
            assert form.fields[name].clean(shown) == getattr(line, name)
        assert form["baseline"].value() == Decimal("1.2")
        assert 'value="1234567' in str(form["cost"])
        assert "50" not in str(form["cost"])
