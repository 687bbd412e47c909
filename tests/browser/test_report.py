"""The report page: charts under the content security policy, and readable without them."""

import csv
import io

import pytest
from playwright.sync_api import Page, expect

from reports import renditions
from reports.models import Rendition, ReportVersion
from reports.rendering.document import Audience
from tests.factories import people, rounds


@pytest.fixture
def report(transactional_db, run_jobs) -> ReportVersion:
    rounds.closed_round(answers=("yes", "partly"))
    run_jobs()
    return ReportVersion.objects.get()


@pytest.fixture
def open_report(visit, report):
    """The report in the browser of the country's coordinator; options go to the browser."""

    def open_one(**options: object) -> Page:
        page = visit(people.coordinator(report.round.country), **options)
        page.goto(report.get_absolute_url())
        return page

    return open_one


def test_every_chart_is_drawn_and_has_its_words_its_table_and_its_csv(open_report):
    page = open_report()
    charts = page.locator("figure[data-chart]").all()
    assert charts
    for chart in charts:
        plot = chart.locator("[data-chart-plot][role=img]")
        expect(plot.locator("svg.main-svg").first).to_be_visible()
        assert len(plot.get_attribute("aria-label")) > 20
        expect(chart.get_by_role("heading")).not_to_be_empty()
        expect(chart.get_by_role("table")).to_be_hidden()
        chart.get_by_text("Table", exact=True).click()
        expect(chart.get_by_role("table")).to_be_visible()
        address = chart.get_by_role("link", name="Data (CSV)").get_attribute("href")
        answer = page.request.get(address)
        assert answer.ok
        rows = list(csv.reader(io.StringIO(answer.text())))
        assert len(rows) == 1 + chart.locator("tbody tr").count()


def test_a_chart_can_be_kept_as_a_picture(open_report):
    page = open_report()
    chart = page.locator("figure[data-chart]").first
    with page.expect_download() as download:
        chart.get_by_role("button", name="Image (PNG)").click()
    assert download.value.suggested_filename.endswith(".png")


def test_without_javascript_the_tables_stand_open_and_everything_can_be_read(open_report):
    page = open_report(java_script_enabled=False)
    for chart in page.locator("figure[data-chart]").all():
        expect(chart.get_by_role("table")).to_be_visible()
        expect(chart.locator("[data-chart-plot]")).to_be_hidden()
        expect(chart.get_by_role("button")).to_be_hidden()
    item = page.locator("details", has=page.get_by_text("Money item 1: level 2"))
    item.locator("summary").click()
    expect(item.get_by_text("Fact 2 of money 1 is on record.")).to_be_visible()


def test_on_paper_the_tables_are_open_and_the_navigation_is_gone(open_report):
    page = open_report()
    expect(page.locator("svg.main-svg").first).to_be_visible()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for chart in page.locator("figure[data-chart]").all():
        expect(chart.get_by_role("table")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.locator(".site-user")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Money item 1: level 2")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("[data-chart-table][open]")).to_have_count(0)


def test_what_the_policy_refuses_is_noticed(open_report, faults):
    """The proof that the other tests would see a breach of the content security policy."""
    faults.expect("Content Security Policy")
    page = open_report()
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'x = 1'}))"
    )
    expect(page.locator("body")).to_be_visible()
    assert page.evaluate("typeof x") == "undefined"
    assert any("Content Security Policy" in one for one in faults.seen)


def test_a_visitor_s_page_shows_a_file_once_it_is_made(visit, report, run_jobs):
    ReportVersion.objects.update(state=ReportVersion.State.PUBLISHED)
    report.refresh_from_db()
    wanted = renditions.Wanted(report, Rendition.Form.BUNDLE, Audience.FULL, "en")
    renditions.ask_for(wanted=wanted, by=None)
    page = visit(viewport={"width": 360, "height": 800})
    page.goto(report.public_address)
    box = page.locator("#downloads")
    expect(box.get_by_text("1 file is being made.")).to_be_visible()
    expect(box.get_by_role("link", name="to compute it again")).to_have_count(0)
    run_jobs()
    expect(box.get_by_role("link", name="to compute it again")).to_be_visible()
    expect(box.get_by_text("being made")).to_have_count(0)
