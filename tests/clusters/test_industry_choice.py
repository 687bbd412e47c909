"""The box for an industry: by code or word in the reader's language, refused with a sentence."""

import pytest
from lxml import html

from clusters.models import Cluster
from countries.actions import load_industries
from countries.shipped import industries
from tests.factories.clusters import ClusterFactory, agent, firm

pytestmark = pytest.mark.django_db

SHOES = "1520 Manufacture of footwear"


@pytest.fixture(autouse=True)
def isic():
    load_industries(industries())


@pytest.fixture
def client(team, signed_in):
    return signed_in(team.coordinator)


def sent(client, team, said, **headers):
    """What is entered of a cluster with this in the box, and what the box's page says of it."""
    answer = client.post(
        f"/countries/{team.country.pk}/clusters/new/",
        {"name": "Cobblers", "industry": said},
        **headers,
    )
    page = html.fromstring(answer.content) if answer.content else None
    errors = page.xpath("//ul[@id='id_industry_error']/li/text()") if page is not None else []
    return Cluster.objects.filter(name="Cobblers").first(), errors, page


@pytest.mark.parametrize("said", [SHOES, "1520", " 1520 ", "1520 whatever follows"])
def test_a_code_is_enough(client, team, said):
    entered, _errors, _page = sent(client, team, said)
    assert entered.industry_id == "1520"


@pytest.mark.parametrize(("said", "code"), [("C", "C"), ("c", "C"), ("15", "15"), ("152", "152")])
def test_wider_ones_may_be_meant(client, team, said, code):
    entered, _errors, _page = sent(client, team, said)
    assert entered.industry_id == code


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Footwear", "“Footwear” is no code of ISIC Rev. 4. Titles with these words: 1520 "),
        ("1521", "“1521” is no code of ISIC Rev. 4, and no title has these words."),
        ("A maker of boots", "no title has these words"),
        ("manufacture", "Among the titles with these words: 10 Manufacture of food products; "),
        ("15\u0665\u0662", "is no code of ISIC"),
        ("x" * 3000, "is no code of ISIC"),
    ],
)
def test_what_is_no_code_comes_back_with_what_it_may_mean(client, team, said, sentence):
    entered, (error,), page = sent(client, team, said)
    assert entered is None
    assert sentence in error
    assert len(error) < 700
    assert page.get_element_by_id("id_industry").value == said


def test_a_word_is_looked_for_in_the_readers_language(client, team):
    _entered, (error,), page = sent(client, team, "обуви", headers={"accept-language": "ru"})
    assert "1520 Производство обуви" in error
    assert "1520 Производство обуви" in page.xpath("//datalist/option/text()")


def test_the_list_goes_from_wide_to_narrow_and_names_nothing_twice(client, team):
    answer = client.get(
        f"/countries/{team.country.pk}/clusters/new/", headers={"accept-language": "ru"}
    )
    page = html.fromstring(answer.content)
    box = page.get_element_by_id("id_industry")
    (options,) = page.xpath(f"//datalist[@id='{box.get('list')}']")
    codes = [option.text.partition(" ")[0] for option in options]
    assert codes == sorted(codes, key=lambda code: (len(code), code))
    assert len([code for code in codes if len(code) != 3]) == 21 + 88 + 419
    assert "143" not in codes  # 1430 is the whole of it, under the same title
    assert "139" in codes
    assert len(html.tostring(options, encoding="utf-8")) < 80_000
    assert page.xpath("//label[@for='id_industry']")


def test_the_box_holds_what_is_stored_and_keeps_it(client, team):
    cluster = ClusterFactory(country=team.country, industry_id="1520")
    page = html.fromstring(client.get(f"/clusters/{cluster.pk}/change/").content)
    box = page.get_element_by_id("id_industry")
    assert box.value == SHOES
    client.post(f"/clusters/{cluster.pk}/change/", {"name": "Cobblers", "industry": box.value})
    cluster.refresh_from_db()
    assert (cluster.name, cluster.industry_id) == ("Cobblers", "1520")
    client.post(
        f"/clusters/{cluster.pk}/change/",
        {"name": "Cobblers", "industry": "", "revision": cluster.revision},
    )
    cluster.refresh_from_db()
    assert cluster.industry is None


def test_a_firm_has_the_same_box(team, signed_in):
    cluster = ClusterFactory(country=team.country)
    mine = firm(cluster)
    client = signed_in(agent(cluster))
    address = f"/firms/{mine.pk}/change/"
    told = {"name": str(mine), "size": mine.size, "role": mine.role}
    assert (
        "is no code of ISIC" in client.post(address, told | {"industry": "boots"}).content.decode()
    )
    client.post(address, told | {"industry": SHOES})
    mine.refresh_from_db()
    assert mine.industry_id == "1520"
    assert SHOES in client.get(address).content.decode()


def test_programs_write_the_code(client, team):
    address = f"/api/countries/{team.country.pk}/clusters/"
    made = client.post(
        address, {"name": "Knitters", "industry": "1430"}, content_type="application/json"
    )
    assert made.json()["industry"] == "1430"
    wrong = client.post(
        address, {"name": "Others", "industry": "1431"}, content_type="application/json"
    )
    assert wrong.status_code == 400
    assert "1431" in wrong.content.decode()
