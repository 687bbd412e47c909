"""Known answers, an independent recomputation, and what suppression must not do."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.mapping import Mapped, mapped
from tests.factories.employment import read


def table(rows: list[str], columns: str = "region,industry,year,employment") -> bytes:
    return "\n".join([columns, *rows]).encode()


def of(rows: list[str], **options: float) -> Mapped:
    return mapped(read(table(rows)), **options)


def test_the_published_quotient():
    """1714 of 79006 in the region, 879213 of 15593224 in the whole (method.md section 11)."""
    rows = ["Here,It,2000,1714", f"Here,Rest,2000,{79006 - 1714}"]
    rows += [f"There,It,2000,{879213 - 1714}"]
    rows += [f"There,Rest,2000,{15593224 - 79006 - 879213 + 1714}"]
    assert of(rows).cells.lq[0] == pytest.approx(0.3847623, abs=5e-8)


def test_two_regions_by_hand():
    found = of(["A,x,2000,30", "A,y,2000,10", "B,x,2000,10", "B,y,2000,50"])
    # A has 40 of 100; x has 40 of 100.
    assert found.cells.lq.tolist() == pytest.approx(
        [(30 / 40) / 0.4, (10 / 40) / 0.6, (10 / 60) / 0.4, (50 / 60) / 0.6]
    )
    assert found.regions.krugman[0].tolist() == pytest.approx(
        [abs(0.75 - 0.4) * 2, abs(50 / 60 - 0.6) * 2]
    )
    assert found.industries.krugman[0, 0] == pytest.approx(2 * abs(0.75 - 0.4))
    assert found.industries.raw_concentration[0, 0] == pytest.approx(2 * 0.35**2)


def test_litzenberger_and_sternberg_by_hand():
    columns = "region,industry,year,employment,establishments,area,population"
    rows = ["A,x,2000,30,6,10,100", "B,x,2000,10,4,30,300"]
    found = mapped(read(table(rows, columns)))
    assert found.cells.litzenberger_sternberg[0] == pytest.approx(
        30 * 6 * 40 * 400 / (40 * 10 * 10 * 100)
    )


def test_a_region_of_another_year_has_no_part_in_this_one():
    columns = "region,industry,year,employment,establishments,area,population"
    rows = ["A,x,2000,30,6,10,100", "B,x,2000,10,4,30,300", "C,x,2005,1,1,5,50"]
    found = mapped(read(table(rows, columns)))
    # 2000: a = 10 + 30, p = 100 + 300; C has no row there. 2005: C is the whole.
    assert found.cells.litzenberger_sternberg.tolist() == pytest.approx(
        [30 * 6 * 40 * 400 / (40 * 10 * 10 * 100), 10 * 4 * 40 * 400 / (40 * 10 * 30 * 300), 1]
    )


def test_an_absent_row_is_unknown_unless_its_office_leaves_out_zeros():
    rows = table(["A,X,2000,100", "B,Y,2000,100", "A,X,2001,5", "A,Y,2001,5"])
    found = mapped(read(rows))
    assert np.isnan(found.regions.krugman[0]).all()
    assert np.isnan(found.industries.raw_concentration[0]).all()
    assert found.regions.absent.tolist() == [[1, 1], [0, 0]]
    assert found.industries.absent.tolist() == [[1, 1], [0, 0]]
    assert found.regions.krugman[1, 0] == 0  # complete: A is the whole of 2001
    zero = mapped(read(rows, absent_is_zero=True))
    # A has all of X and none of Y, the whole half of each: |1 - 1/2| + |0 - 1/2|; G the squares.
    assert zero.regions.krugman[0].tolist() == [1, 1]
    assert zero.industries.raw_concentration[0].tolist() == [0.5, 0.5]
    assert zero.cells.lq.tolist()[:2] == [2, 2]


def test_without_the_area_of_every_region_there_is_no_index():
    columns = "region,industry,year,employment,establishments,area,population"
    rows = ["A,x,2000,30,6,10,100", "B,x,2000,10,4,,300"]
    found = mapped(read(table(rows, columns)))
    assert np.isnan(found.cells.litzenberger_sternberg).all()


def test_ellison_and_glaeser_by_hand():
    plants = b"industry,year,employment\nx,2000,20\nx,2000,10\nx,2000,10\n"
    rows = ["A,x,2000,30", "A,y,2000,10", "B,x,2000,10", "B,y,2000,50"]
    found = mapped(read(table(rows), plants))
    herfindahl = 0.5**2 + 2 * 0.25**2
    spread = 1 - (0.4**2 + 0.6**2)
    gamma = (2 * 0.35**2 - spread * herfindahl) / (spread * (1 - herfindahl))
    assert found.industries.ellison_glaeser[0, 0] == pytest.approx(gamma)
    assert math.isnan(found.industries.ellison_glaeser[0, 1])


def test_plants_of_one_size_may_share_a_row():
    rows = ["A,x,2000,30", "A,y,2000,10", "B,x,2000,10", "B,y,2000,50"]
    one_by_one = b"industry,year,employment\nx,2000,20\nx,2000,10\nx,2000,10\n"
    together = b"industry,year,employment,establishments\nx,2000,20,\nx,2000,10,2\n"
    sizes = [read(table(rows), plants).plant_herfindahl for plants in (one_by_one, together)]
    assert sizes[0] == sizes[1] == {(0, 0): pytest.approx(0.375)}


def test_a_single_plant_is_no_concentration():
    plants = b"industry,year,employment\nx,2000,40\n"
    rows = ["A,x,2000,40", "A,y,2000,10", "B,y,2000,50"]
    found = mapped(read(table(rows), plants))
    assert math.isnan(found.industries.ellison_glaeser[0, 0])


def test_a_suppressed_cell_is_missing_and_never_zero():
    found = of(["A,x,2000,30", "A,y,2000,10", "B,x,2000,", "B,y,2000,50"])
    assert math.isnan(found.cells.lq[2])
    assert found.cells.lq[0] == pytest.approx((30 / 30) / (40 / 90))
    # What A's quotient in x rests on lacks one cell; A's in y rests on totals that lack none.
    assert found.cells.lacking.tolist() == [1, 0, 1, 1]
    assert found.regions.krugman[0, 1] == 0  # y is all that is known of B, and of what compares
    assert found.industries.suppressed.tolist() == [[1, 0]]
    # A's shares are compared with those of a whole that lacks B's cell of x; B's y with a full one.
    assert found.regions.lacking.tolist() == [[1, 1]]
    assert found.industries.lacking.tolist() == [[1, 1]]


def test_the_whole_a_region_is_compared_with_says_what_it_lacks():
    found = of(["A,x,2000,3", "A,y,2000,1", "B,x,2000,", "B,y,2000,", "C,x,2000,5", "C,y,2000,9"])
    assert found.regions.suppressed.tolist() == [[0, 2, 0]]
    assert found.regions.lacking.tolist() == [[2, 2, 2]]


@pytest.mark.parametrize(("cells", "stars"), [(1, 1), (9, 1), (10, 1), (11, 2), (30, 3), (100, 10)])
def test_the_top_tenth_is_a_tenth(cells, stars):
    found = of([f"R{n},x,2000,{n}" for n in range(1, cells + 1)])
    assert found.cells.star_size.sum() == stars


def test_stars_go_to_the_top_of_the_year():
    rows = [f"R{n},x,2000,{n}" for n in range(1, 11)] + [f"R{n},y,2000,100" for n in range(1, 11)]
    found = of(rows, top_share=0.25)
    assert found.thresholds[0].size == 100
    assert found.cells.star_size.tolist() == [False] * 10 + [True] * 10
    assert not (found.cells.star_specialisation & (found.cells.lq <= 1)).any()
    with pytest.raises(ValueError, match="between 0 and 1"):
        of(rows, top_share=1.0)


def test_a_quotient_that_rests_on_few_workers_says_so():
    found = of(["A,x,2000,4", "A,y,2000,10", "B,x,2000,10", "B,y,2000,500"])
    assert found.cells.small.tolist() == [True, False, False, False]


def test_change_is_against_the_year_loaded_before():
    found = of(["A,x,2005,12", "A,x,2000,10", "B,x,2000,10", "A,x,2010,", "B,x,2010,7"])
    assert found.cells.previous.tolist() == [1, -1, -1, 0, 2]
    assert found.cells.employment_change.tolist()[0] == 2
    assert math.isnan(found.cells.employment_change[3])


CELLS = st.lists(
    st.lists(st.integers(0, 500) | st.none(), min_size=3, max_size=3), min_size=2, max_size=5
)


@given(CELLS)
def test_against_a_slow_recomputation(employment):
    """Each quotient and each region's index from its definition, loop by loop."""
    rows = [
        f"R{r},I{i},2000,{'' if value is None else value}"
        for r, row in enumerate(employment)
        for i, value in enumerate(row)
    ]
    found = of(rows)
    whole = sum(v for row in employment for v in row if v is not None)
    for r, row in enumerate(employment):
        region = sum(v for v in row if v is not None)
        shares = 0.0
        known = [i for i, v in enumerate(row) if v is not None]
        industries = [sum(line[i] or 0 for line in employment) for i in range(3)]
        compared = sum(industries[i] for i in known)
        for i, value in enumerate(row):
            lq = found.cells.lq[3 * r + i]
            if value is None or not region or not industries[i]:
                assert math.isnan(lq)
            else:
                assert lq == pytest.approx((value / region) / (industries[i] / whole))
            if value is not None and region:
                shares += abs(value / region - industries[i] / compared)
        krugman = found.regions.krugman[0, r]
        assert krugman == pytest.approx(shares) if region else math.isnan(krugman)


@given(CELLS, st.integers(2, 50))
def test_quotients_do_not_depend_on_the_unit(employment, times):
    def lq(factor: int) -> list[float]:
        return of([
            f"R{r},I{i},2000,{'' if value is None else value * factor}"
            for r, row in enumerate(employment)
            for i, value in enumerate(row)
        ]).cells.lq.tolist()  # fmt: skip

    assert lq(times) == pytest.approx(lq(1), nan_ok=True)


def test_columns_may_be_named_in_another_language():
    english = "region,industry,year,employment\nNorth,26,2015,40\nSouth,26,2015,10\n"
    for named in (
        "จังหวัด,อุตสาหกรรม,ปี,การจ้างงาน",
        "Région,Secteur,Année,Emploi",
        "地区,行业,年份,就业人数",
        "Provinsi,Lapangan usaha,Tahun,Tenaga kerja",
    ):
        other = english.replace("region,industry,year,employment", named)
        one, two = read(other.encode()), read(english.encode())
        assert (one.regions, one.industries, one.years) == (two.regions, two.industries, two.years)
        assert list(one.employment) == [40, 10]
