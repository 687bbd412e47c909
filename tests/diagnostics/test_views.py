"""The pages of rounds and sheets, a whole round long."""

import re

import pytest

from diagnostics import actions
from diagnostics.models import Round
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(team):
    return rounds.sheet_of(team.organisation)


def planning(team, **changes) -> tuple[str, dict[str, object]]:
    """The address and the values of the second step."""
    version = changes.pop("version", None) or rounds.version()
    key = team.organisation.pk
    data = {
        "title": "Round of 2026",
        "period_start": "2026-01-01",
        "period_end": "2026-12-31",
        "due_on": "2026-10-01",
        f"panel_{key}": "government",
        f"themes_{key}": ["money", "advice"],
        **changes,
    }
    return f"/rounds/new/?country=LAO&instrument={version.pk}", data


def said(response) -> str:
    """A page's words without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_round_goes_the_whole_way_on_screen(team, signed_in, run_jobs):
    coordinator, officer = signed_in(team.coordinator), signed_in(team.officer)
    rounds.version()
    first = coordinator.get("/rounds/new/")
    assert "Step 1 of 2" in said(first)
    assert "A small instrument 1.0" in said(first)
    url, data = planning(team)
    second = coordinator.get(url)
    assert "Step 2 of 2" in said(second)
    assert f"Panel of {team.organisation}" in said(second)
    page = coordinator.post(url, data, follow=True)
    planned = Round.objects.get()
    assert page.redirect_chain == [(f"/rounds/{planned.pk}/", 302)]
    assert (planned.state, planned.sheets.get().themes) == ("planned", ["money", "advice"])
    assert str(planned.due_on) == "2026-10-01"

    coordinator.post(f"/rounds/{planned.pk}/steps/open/")
    sheet = planned.sheets.get()
    assert "Round of 2026" in said(officer.get("/"))
    assert "8 items are not answered yet" in said(officer.get(f"/sheets/{sheet.pk}/"))
    rounds.fill(sheet, ["yes", "no"], by=team.officer)
    assert "Every item is answered." in said(officer.get(f"/sheets/{sheet.pk}/"))
    submitted = officer.post(f"/sheets/{sheet.pk}/submit/", follow=True)
    assert "State: submitted." in said(submitted)
    run_jobs()
    assert "Provisional profile" in said(officer.get(f"/sheets/{sheet.pk}/"))

    coordinator.post(f"/rounds/{planned.pk}/steps/end_collecting/")
    closed = coordinator.post(f"/rounds/{planned.pk}/steps/close/", follow=True)
    assert "closed the round Round of 2026; submitted sheets: 1." in said(closed)
    run_jobs()
    assert "Round of 2026, version 1" in said(coordinator.get(f"/rounds/{planned.pk}/"))
    report = planned.reports.get()
    assert "Money: stage 2" in said(officer.get(f"/reports/{report.pk}/"))


def test_step_one_offers_only_countries_the_person_coordinates(team, signed_in):
    page = said(signed_in(team.coordinator).get("/rounds/new/"))
    assert "Country LAO" in page
    assert "Country VNM" not in page


def test_a_round_is_not_planned_for_a_country_of_somebody_else(team, signed_in):
    url, data = planning(team)
    response = signed_in(team.coordinator).post(url.replace("LAO", "VNM"), data)
    assert "Select a valid choice" in said(response)
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "This field is required."),
        ({"period_start": "2026-13-01"}, "Enter a valid date."),
        ({"period_start": "2027-01-01"}, "The period ends before it begins."),
        ({"panel_KEY": ""}, "A round needs at least one sheet: an organisation in a panel."),
        ({"themes_KEY": []}, "A sheet needs at least one theme."),
        ({"panel_KEY": "agreed"}, "Select a valid choice."),
    ],
)
def test_bad_input_is_told_in_the_form_and_what_was_typed_stays(team, signed_in, changes, sentence):
    key = str(team.organisation.pk)
    changes = {name.replace("KEY", key): value for name, value in changes.items()}
    url, data = planning(team, **changes)
    response = signed_in(team.coordinator).post(url, data)
    assert response.status_code == 200
    assert sentence in said(response)
    assert 'value="2026-12-31"' in response.content.decode()
    assert not Round.objects.exists()


def test_a_cluster_is_asked_for_where_the_instrument_is_about_one(team, signed_in):
    version = rounds.version(code="for-clusters", subject="cluster")
    cluster = team.country.clusters.create(name="Weavers")
    url, data = planning(team, version=version)
    client = signed_in(team.coordinator)
    assert "This field is required." in said(client.post(url, data))
    client.post(url, {**data, "cluster": cluster.pk})
    assert Round.objects.get().cluster == cluster


def test_a_refused_step_is_told_on_the_page_it_came_from(team, signed_in, sheet):
    steps = f"/rounds/{sheet.round_id}/steps"
    page = signed_in(team.coordinator).post(f"{steps}/end_collecting/", follow=True)
    assert "Not done. No sheet has been submitted, so there is nothing to settle." in said(page)
    page = signed_in(team.coordinator).post(f"{steps}/open/", follow=True)
    assert (
        "Not done. The round is collecting answers; "
        "“Open for answers” is for a round that is planned."
    ) in said(page)
    actions.submit_sheet(sheet=sheet, by=team.officer)
    page = signed_in(team.colleague).post(f"/sheets/{sheet.pk}/submit/", follow=True)
    assert "Not done. The sheet is submitted" in said(page)


def test_a_coordinator_opens_a_sheet_again_with_a_reason(team, signed_in, sheet):
    actions.submit_sheet(sheet=sheet, by=team.officer)
    client, url = signed_in(team.coordinator), f"/sheets/{sheet.pk}/reopen/"
    assert "Open this sheet again" in said(client.get(f"/sheets/{sheet.pk}/"))
    page = said(client.post(url, {"reason": ""}, follow=True))
    assert "Say why the sheet is opened again; its authors will read it." in page
    assert "State: reopened." in said(client.post(url, {"reason": "Item 2."}, follow=True))


def test_what_is_missing_is_listed_with_the_way_to_it(team, signed_in, sheet):
    rounds.fill(sheet, ["yes", "no"])
    rounds.answer(sheet, "advice.item_3", "yes", "")
    page = signed_in(team.officer).get(f"/sheets/{sheet.pk}/")
    assert "1 item is not answered yet." in said(page)
    assert f'href="/sheets/{sheet.pk}/advice/#advice-item_3"' in page.content.decode()


class TestThemePage:
    def page(self, client, sheet, theme: str = "money") -> str:
        return client.get(f"/sheets/{sheet.pk}/{theme}/").content.decode()

    def test_the_officer_may_write_and_the_script_comes_along(self, team, signed_in, sheet):
        page = self.page(signed_in(team.officer), sheet)
        assert "js/sheet.js" in page
        assert "Read only." not in page
        assert page.count("data-item=") == 4

    @pytest.mark.parametrize("who", ["officer", "coordinator"])
    def test_a_submitted_sheet_is_read_only(self, team, signed_in, sheet, who):
        rounds.answer(sheet, "money.item_1", "yes", "partly")
        actions.submit_sheet(sheet=sheet, by=team.officer)
        page = self.page(signed_in(getattr(team, who)), sheet)
        assert "The sheet has been submitted. The coordinator can open it again." in page
        assert "js/sheet.js" not in page
        radios = re.findall(r'<input type="(?:radio|checkbox)"[^>]*>', page)
        assert radios
        assert all("disabled" in radio for radio in radios)
        assert all("readonly" in box for box in re.findall(r"<textarea[^>]*>", page))
        assert any("checked" in radio for radio in radios)

    def test_a_coordinator_reads_and_is_told_why_not_more(self, team, signed_in, sheet):
        page = self.page(signed_in(team.coordinator), sheet)
        assert "Only members of the organisation answer its sheet." in page
        assert "js/sheet.js" not in page

    def test_a_theme_that_is_not_on_the_sheet_is_refused(self, team, signed_in):
        made = rounds.RoundFactory(
            country=team.country, sheets=[(team.organisation, "government", ["money"])]
        )
        response = signed_in(team.officer).get(f"/sheets/{made.sheets.get().pk}/advice/")
        assert response.status_code == 403
        assert "This theme is not assigned to this sheet." in said(response)

    def test_a_sheet_of_two_themes_leads_from_one_to_the_next(self, team, signed_in, sheet):
        client = signed_in(team.officer)
        assert f'href="/sheets/{sheet.pk}/advice/"' in self.page(client, sheet)
        assert 'aria-current="page"' in self.page(client, sheet, "advice")
        page = self.page(client, sheet, "advice")
        assert "Does advice 1 happen?" in page
        assert "Does money 1 happen?" not in page

    def test_a_comment_is_shown_as_text(self, team, signed_in, sheet):
        rounds.answer(sheet, "money.item_1", "yes", comment="</textarea><script>alert(1)</script>")
        page = self.page(signed_in(team.officer), sheet)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page

    def test_its_queries_do_not_grow_with_its_items(
        self, team, signed_in, django_assert_max_num_queries
    ):
        client, counts = signed_in(team.officer), []
        for items in (4, 40):
            version = rounds.version(code=f"with-{items}", items=items)
            sheet = rounds.sheet_of(team.organisation, instrument_version=version)
            evidence = [("A", "1", ""), ("B", "2", "")]
            for response in sheet.responses.filter(item__theme="money").select_related("item"):
                rounds.answer(sheet, response.item.code, "yes", by=team.officer, evidence=evidence)
            with django_assert_max_num_queries(25) as queries:
                assert self.page(client, sheet).count("data-item=") == items
            counts.append(len(queries))
        assert counts[0] == counts[1]


def test_the_pages_of_sheet_and_round_do_not_cost_more_queries_with_more_items(
    team, signed_in, django_assert_max_num_queries
):
    client, counts = signed_in(team.coordinator), []
    for items in (4, 40):
        version = rounds.version(code=f"with-{items}", items=items)
        organisations = people.OrganisationFactory.create_batch(items // 4, country=team.country)
        made = rounds.RoundFactory(
            country=team.country,
            instrument_version=version,
            sheets=[(one, "government", ["money"]) for one in organisations],
        )
        with django_assert_max_num_queries(60) as queries:
            client.get(f"/sheets/{made.sheets.first().pk}/")
            client.get(f"/rounds/{made.pk}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_anybody_reads_the_instruments_and_a_draft_is_not_among_them(client, db):
    version = rounds.version()
    draft = type(version).objects.create(
        code="draft", version="1", title="A draft", subject="country", content={}, sha256="0"
    )
    page = said(client.get("/instruments/"))
    assert "A small instrument 1.0" in page
    assert "A draft" not in page
    assert "Does money 1 happen?" in said(client.get("/instruments/small/1.0/"))
    assert client.get("/instruments/small/1.0/sources/").status_code == 200
    assert client.get(f"/instruments/{draft.code}/1/").status_code == 404
