from dataclasses import dataclass

import pytest

from countries.actions import load_areas
from countries.shipped import shipped
from indicators.models import Indicator
from tests.factories.statistics import DatasetFactory, ImportFactory, IndicatorFactory, observe

# Days to start a business, by country and year; 035 is South-eastern Asia: KHM, LAO, THA, VNM.
DAYS = {
    "KHM": {"2014": 100.0, "2015": 99.0, "2016": 99.0},
    "LAO": {"2014": 87.0, "2015": 87.0, "2016": 67.0},
    "THA": {"2014": 27.0, "2015": 27.0, "2016": 25.5},
    "VNM": {"2014": 34.0, "2015": 20.0, "2016": 24.0},
    "JPN": {"2014": 11.0, "2015": 11.0, "2016": 11.0},
    "KAZ": {"2014": 12.0, "2015": 11.0, "2016": 11.0},
    "WLD": {"2014": 22.0, "2015": 21.0, "2016": 20.0},
}


@dataclass
class Loaded:
    days: Indicator
    cost: Indicator


@pytest.fixture
def loaded(db) -> Loaded:
    """All countries; one indicator of seven areas (VNM alone has 2017), another of two."""
    load_areas(shipped())
    dataset = DatasetFactory(code="DB", title="Business", publisher="A bank", licence="CC BY 4.0")
    by = ImportFactory(dataset=dataset)
    days = IndicatorFactory(
        dataset=dataset,
        code="IC.REG.DURS",
        title="Time to start a business",
        definition="Calendar days that it takes.",
        unit="days",
        topic="Regulation",
        better="lower",
    )
    cost = IndicatorFactory(
        dataset=dataset, code="IC.REG.COST", title="Cost to start a business", topic="Regulation"
    )
    for country, values in DAYS.items():
        for year, value in values.items():
            observe(days, country, year, value, by=by)
    observe(days, "VNM", "2017", 22.0, by=by)
    observe(days, "LAO", "2017", None, by=by)
    observe(cost, "VNM", "2016", 4.6, by=by)
    observe(cost, "LAO", "2016", -4.9, by=by, note="=SUM(A1)")
    return Loaded(days, cost)
