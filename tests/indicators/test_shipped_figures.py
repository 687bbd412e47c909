"""The shipped figures as loaded datasets, again and again without harm."""

from activity.models import Event
from countries.actions import load_areas
from countries.shipped import shipped
from indicators.models import CurrentValue, Dataset, Import
from indicators.shipped_figures import load_figures
from reports.examples_loading import load_countries


def test_figures_are_loaded_once_with_their_places(db):
    load_countries()
    load_areas(shipped())
    assert load_figures() == 3
    assert set(Dataset.objects.values_list("code", flat=True)) == {
        "sato-asean", "adb-2009", "adbi-2007",
    }  # fmt: skip
    counts = {one.dataset_id: one.new for one in Import.objects.all()}
    assert (counts["sato-asean"], counts["adb-2009"]) == (119, 211)
    assert counts["adbi-2007"] > 200
    assert not CurrentValue.objects.filter(note="").exists()
    iso = CurrentValue.objects.get(
        indicator__code="iso_9001", country="THA", year=2010, indicator__dataset="sato-asean"
    )
    assert (iso.value, iso.unit) == (6799, "certifications")
    assert iso.note.startswith("Table 2")
    growth = CurrentValue.objects.get(
        indicator__code="growth-of-real-gdp.percent", country="KGZ", year=2005
    )
    assert growth.value == -0.6
    assert "Key Economic Indicators" in growth.note
    before = Event.objects.count()
    load_figures()
    assert (Import.objects.count(), Event.objects.count()) == (3, before)
