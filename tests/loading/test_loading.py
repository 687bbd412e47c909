"""From an upload to what is loaded, undone or discarded, through the pages."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.urls import reverse

from activity.models import File, Job
from indicators import checking
from indicators.models import CurrentValue, Dataset, Import, Recipe
from tests.factories.people import administrator
from tests.factories.statistics import IndicatorFactory
from tests.loading.conftest import TIDY, WRONG


def page(client, imported: Import) -> str:
    response = client.get(imported.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def stored() -> list[str]:
    """The files that lie in the folders of uploads and of what checks leave."""
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path) for path in root.rglob("*") if path.is_file())


def test_a_dataset_is_made_described_and_listed(client):
    said = {"code": "wb", "title": "World data", "publisher": "A bank", "licence": "CC BY"}
    response = client.post(reverse("loading:dataset_new"), said)
    assert response["Location"] == reverse("loading:upload", args=["wb"])
    client.post(reverse("loading:dataset_describe", args=["wb"]), {"title": "World figures"})
    assert Dataset.objects.get().title == "World figures"
    listed = client.get(reverse("loading:datasets")).content.decode()
    assert "World figures" in listed
    assert "no file yet" in listed
    again = client.post(reverse("loading:dataset_new"), said).content.decode()
    assert "already exists" in again


def test_a_code_that_suits_no_address_is_told_in_the_form(client):
    response = client.post(reverse("loading:dataset_new"), {"code": "a/b", "title": "A"})
    assert response.status_code == 200
    assert not Dataset.objects.exists()
    assert "errorlist" in response.content.decode()


def test_a_file_is_seen_loaded_and_undone(client, give, step, run_jobs):
    imported = give(TIDY, vintage="2012")
    shown = page(client, imported)
    assert "What loading it would do" in shown
    assert not CurrentValue.objects.exists()
    assert "Loading the file" in step("commit", imported)
    run_jobs()
    assert CurrentValue.objects.count() == 2
    assert "What it did" in page(client, imported)
    assert "Why it is undone: This field is required." in step("undo", imported, because=" ")
    step("undo", imported, because="The wrong file.")
    run_jobs()
    assert not CurrentValue.objects.exists()
    assert "The wrong file." in page(client, imported)
    assert "Only an import that is loaded" in step("undo", imported, because="Again.")


def test_the_preview_shows_old_and_new_side_by_side(client, give, step, run_jobs):
    step("commit", give(TIDY))
    run_jobs()
    shown = page(client, give(TIDY.replace(b"2.5", b"2.75")))
    assert '<td class="num">2.5</td><td class="num">2.75</td>' in shown
    whole = give(TIDY[: TIDY.index(b"LAO,A.B,2011")], is_complete="on")
    assert (whole.same, whole.gone) == (1, 1)
    assert "Values that go" in page(client, whole)


def test_the_same_file_again_is_told_with_a_link(client, give, step, run_jobs):
    first = give(TIDY, vintage="2012")
    step("commit", first)
    run_jobs()
    shown = page(client, give(TIDY))
    assert "The same file again." in shown
    assert f'<a href="{first.get_absolute_url()}">2012</a>' in shown
    assert "Every value is there already" in shown


def test_errors_are_listed_marked_and_left_out_only_when_said(client, give, step, run_jobs):
    imported = give(WRONG)
    assert (imported.new, imported.rejected) == (1, 3)
    shown = page(client, imported)
    for words in ("row 3, value", "value_not_number", "a number", "2 names are not surely"):
        assert words in shown
    book = client.get(reverse("loading:marked", args=[imported.pk]))
    marked = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content)))
    assert marked["Faults"]["E2"].value == "many"
    assert "The file has errors" in step("commit", imported)
    step("commit", imported, leave_out="on")
    run_jobs()
    assert list(CurrentValue.objects.values_list("value", flat=True)) == [1.5]


def test_faults_come_in_pages(client, give):
    rows = b"".join(b"LAO,A.B,%d,many\n" % year for year in range(1900, 1960))
    imported = give(b"Country Code,Indicator Code,year,value\n" + rows + b"LAO,A.B,2000,1\n")
    assert "Faults 1 to 50 of 60" in page(client, imported)
    second = client.get(imported.get_absolute_url() + "?page=2").content.decode()
    assert "Faults 51 to 60 of 60" in second


def test_a_person_decides_which_country_a_name_means(client, give, step, run_jobs):
    imported = give(WRONG)
    asked = client.get(reverse("loading:countries", args=[imported.pk])).content.decode()
    assert "“Atlantis”" in asked
    assert asked.index("Kazakhstan (KAZ)") < asked.rindex("leave its values out")
    told = step("countries", imported, choice_0="other", other_0="Atlantis", choice_1="later")
    assert "No country is surely meant by “Atlantis”." in told
    step("countries", imported, choice_0="out", choice_1="KAZ")
    run_jobs()
    imported.refresh_from_db()
    assert (imported.new, imported.rejected, imported.undecided) == (2, 1, [])
    assert imported.layout["countries"] == {"Atlantis": "", "Kazakstan": "KAZ"}
    step("countries", imported, choice_0="other", other_0="Viet Nam", choice_1="later")
    run_jobs()
    imported.refresh_from_db()
    assert imported.layout["countries"] == {"Atlantis": "VNM"}
    assert [one["found"] for one in imported.undecided] == ["Kazakstan"]


def test_a_person_decides_what_an_unknown_indicator_is(client, dataset, give, step, run_jobs):
    IndicatorFactory(dataset=dataset, code="LOANS", title="Loans to small firms")
    imported = give(
        b"Country Code,Indicator Name,year,value\n"
        b"LAO,Loans to smal firms,2001,1\nLAO,Deposits,2001,2\nLAO,Old figures,2001,3\n"
    )
    assert "3 indicators are new to the dataset." in page(client, imported)
    asked = client.get(reverse("loading:indicators", args=[imported.pk])).content.decode()
    assert asked.index("“Loans to smal firms”") < asked.index("Loans to small firms (LOANS)")
    told = step("indicators", imported, choice_1="other", other_1="Loan")
    assert "No indicator of the dataset is surely meant by “Loan”." in told
    step("indicators", imported, choice_0="new", choice_1="LOANS", choice_2="out")
    run_jobs()
    imported.refresh_from_db()
    assert (imported.new, imported.rejected) == (2, 0)
    assert imported.layout["indicators"] == {"Loans to smal firms": "LOANS", "Old figures": ""}
    assert list(imported.titles.values()) == ["Deposits"]


def test_what_stands_in_a_decision_form_by_chance_decides_nothing(give, step, run_jobs):
    imported = give(WRONG)
    step("countries", imported)
    run_jobs()
    imported.refresh_from_db()
    assert imported.layout["countries"] == {}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.4 nothing", "a PDF document, not a table"),
        (b"no,table\nhere,at all\n", "No table was recognised"),
        (b"Country Code,Indicator Code,year,value\n", "a header but no values"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(client, give, step, content, sentence):
    imported = give(content)
    shown = page(client, imported)
    assert "The file could not be read." in shown
    assert sentence in shown
    assert "Load the file" not in shown
    assert "not waiting to be loaded" in step("commit", imported)


def test_an_empty_file_is_refused_in_the_form(client, dataset):
    data = {"file": io.BytesIO(b"")}
    response = client.post(reverse("loading:upload", args=[dataset.code]), data)
    assert "The submitted file is empty." in response.content.decode()
    assert not Import.objects.exists()


def test_a_file_without_a_right_value_offers_no_loading(client, give):
    shown = page(client, give(TIDY.replace(b"LAO", b"QQQ")))
    assert "There is nothing to load" in shown
    assert "Load the file" not in shown


def test_vintage_and_completeness_are_said_until_it_is_loaded(client, give, step, run_jobs):
    imported = give(TIDY)
    step("describe", imported, vintage="2013")
    assert not Job.objects.filter(state="queued").exists()
    step("describe", imported, vintage="2013", is_complete="on")
    assert "under way" in step("describe", imported, vintage="2014")
    run_jobs()
    imported.refresh_from_db()
    assert (imported.vintage, imported.is_complete, imported.state) == ("2013", True, "checked")
    step("commit", imported)
    run_jobs()
    assert "keeps its vintage" in step("describe", imported, vintage="2014")


def test_a_whole_file_with_errors_is_not_offered_for_loading(client, give):
    shown = page(client, give(WRONG, is_complete="on"))
    assert "cannot leave values out" in shown
    assert "Load the file" not in shown


def test_what_is_discarded_leaves_no_file(client, give, step, django_capture_on_commit_callbacks):
    before = stored()
    imported = give(WRONG)
    assert len(stored()) == len(before) + 3
    with django_capture_on_commit_callbacks(execute=True):
        told = step("discard", imported)
    assert "figures.csv is discarded." in told
    assert not Import.objects.exists()
    assert not File.objects.exists()
    assert stored() == before


def test_what_was_loaded_cannot_be_discarded(give, step, run_jobs):
    imported = give(TIDY)
    step("commit", imported)
    assert "under way" in step("discard", imported)
    run_jobs()
    assert "undo it instead" in step("discard", imported)


def test_jumps_that_were_not_looked_for_are_told(client, give, step, run_jobs, monkeypatch):
    step("commit", give(TIDY))
    run_jobs()
    monkeypatch.setattr(checking, "JUMPS_WITHIN", 1)
    assert "was not looked at" in page(client, give(TIDY.replace(b"2.5", b"99")))


def test_loading_and_undoing_ask_who_it_is_after_some_time(team, signed_in, give):
    imported = give(TIDY)
    late = signed_in(team.administrator)
    session = late.session
    session["proved_at"] = 0
    session.save()
    for name in ("commit", "undo"):
        response = late.post(reverse(f"loading:{name}", args=[imported.pk]))
        assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert Job.objects.filter(kind="commit import").count() == 0


def test_another_administrator_sees_how_far_the_work_is(signed_in, give, step):
    imported = give(TIDY)
    step("commit", imported)
    other = signed_in(administrator())
    shown = page(other, imported)
    assert "Loading the file: 0 % done." in shown
    assert "data-job" not in shown


def test_a_check_that_failed_can_be_asked_for_again(client, give, step, run_jobs):
    imported = give(TIDY)
    Import.objects.update(state="uploaded", rejected=None)
    Job.objects.update(state="failed", message="This did not succeed in three attempts.")
    assert "Check it again" in page(client, imported)
    step("check", imported)
    run_jobs()
    assert "Load the file" in page(client, imported)


def test_a_layout_is_kept_and_offered_for_the_next_file(client, give, step, dataset):
    imported = give(TIDY)
    assert "Name of the layout: This field is required." in step("recipe", imported, name="")
    step("recipe", imported, name="Tidy")
    recipe = Recipe.objects.get()
    upload = client.get(reverse("loading:upload", args=[dataset.code])).content.decode()
    assert f'<option value="{recipe.pk}">Tidy</option>' in upload
    assert give(TIDY, recipe=recipe.pk).recipe == recipe


def test_the_file_comes_back_as_it_was_and_only_as_a_file(client, give):
    imported = give(TIDY)
    answer = client.get(reverse("loading:file", args=[imported.pk]))
    assert b"".join(answer.streaming_content) == TIDY
    assert answer["Content-Disposition"] == 'attachment; filename="figures.csv"'
    assert client.get(reverse("loading:marked", args=[imported.pk])).status_code == 404


def test_the_explorer_shows_the_vintage_and_leads_administrators_to_the_import(
    client, signed_in, team, give, step, run_jobs
):
    imported = give(TIDY, vintage="Spring 2012")
    step("commit", imported)
    run_jobs()
    url = reverse("explorer:indicator", args=[imported.dataset.indicators.get().pk])
    shown = client.get(url).content.decode()
    assert f'<a href="{imported.get_absolute_url()}">Spring 2012</a>' in shown
    assert f'href="{imported.dataset.get_absolute_url()}"' in shown
    others = signed_in(team.officer).get(url).content.decode()
    assert "Spring 2012" in others
    assert imported.get_absolute_url() not in others
    assert "Spring 2012" in client.get(url + "ranking.csv").content.decode()
