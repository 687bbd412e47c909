"""Bundles: what is in them, computed again to the same numbers, and what is refused."""

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from diagnostics import actions
from diagnostics.scoring.rounds import METHOD_VERSION
from reports import bundling
from reports.bundles import contents, opening
from reports.bundles.opening import BundleFault, opened
from reports.bundles.rerunning import OtherMethod, rerun
from reports.models import ReportVersion
from tests.factories import rounds
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db

SHIPPED = sorted((Path(__file__).parents[2] / "docs" / "examples" / "bundles").glob("*.zip"))


@pytest.fixture
def report(report_on) -> ReportVersion:
    return report_on(MIXED, not_applicable=["money.item_3"])


@pytest.fixture
def saved(report, tmp_path):
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundling.bundle(report, "en"))
    return path


def repacked(path, **changed: bytes | None):
    """The bundle with files changed, added or (None) left out."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()} | changed
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if content is not None:
                archive.writestr(name, content)
    return path


def changed_json(path, name: str, change) -> None:
    with zipfile.ZipFile(path) as archive:
        data = json.loads(archive.read(name))
    change(data)
    repacked(path, **{name: json.dumps(data).encode()})


def told(path, *options: str) -> str:
    out = io.StringIO()
    call_command("rerun", str(path), *options, stdout=out)
    return out.getvalue()


def test_every_number_is_the_same_again(saved):
    outcome = rerun(opened(saved))
    assert outcome.equal
    assert outcome.compared > 300
    assert not outcome.reworded
    assert not outcome.not_checked
    assert "Equal" in told(saved)


def test_the_same_report_is_the_same_file(report, saved):
    assert bundling.bundle(report, "en") == saved.read_bytes()


def test_it_is_read_as_it_was_written(report, saved):
    assert opened(saved) == bundling.gathered(report)


def test_no_person_comment_or_quotation_is_in_it(team, run_jobs):
    sheet = rounds.sheet_of(team.organisation)
    rounds.answer(
        sheet, "money.item_1", "yes", comment="Between us", evidence=[("https://a.b", "7", "Quote")]
    )
    actions.submit_sheet(sheet=sheet, by=team.officer)
    rounds.close(sheet.round, by=team.coordinator)
    run_jobs()
    report = ReportVersion.objects.get()
    assert "Quote" in json.dumps(report.snapshot)
    with zipfile.ZipFile(io.BytesIO(bundling.bundle(report, "en"))) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    for hidden in ("Between us", "Quote", "https://a.b", team.officer.name, team.coordinator.name):
        assert not [name for name, text in texts.items() if hidden in text]
    assert team.organisation.name in texts["bundle.json"]
    assert report.sha256 in texts["README.txt"]


def test_another_answer_is_another_result(saved):
    sheets = zipfile.ZipFile(saved).read("sheets.csv").decode()
    old = "agreed,agreed,advice.item_1,answered,yes,yes,yes,yes"
    assert old in sheets
    repacked(saved, **{"sheets.csv": sheets.replace(old, old[:-15] + "no,,,").encode()})
    outcome = rerun(opened(saved))
    places = {one.place: one for one in outcome.differences}
    assert places["themes > advice > items > advice.item_1 > level"].expected == 5
    assert places["themes > advice > items > advice.item_1 > level"].found == 1
    with pytest.raises(CommandError, match="differ"):
        told(saved)


@pytest.mark.parametrize(
    ("shift", "equal"), [(1e-12, True), (1e-6, False)], ids=["within", "beyond"]
)
def test_reals_may_differ_by_a_billionth(saved, shift, equal):
    def move(result):
        result["themes"][1]["mean_level"] += shift

    changed_json(saved, "expected.json", move)
    assert rerun(opened(saved)).equal is equal


@pytest.mark.parametrize("value", [True, "1", None, 1.5])
def test_a_count_is_the_same_count_or_none(saved, value):
    changed_json(saved, "expected.json", lambda result: result["panels"].update(government=value))
    (one,) = rerun(opened(saved)).differences
    assert (one.place, one.found) == ("panels > government", 1)


def test_other_words_are_told_apart_from_other_numbers(saved):
    def reword(result):
        result["themes"][0]["firm_because"] = "In other words."

    changed_json(saved, "expected.json", reword)
    outcome = rerun(opened(saved))
    assert outcome.equal
    assert outcome.reworded == ["themes > money > firm_because"]


def _without_a_stage(result):
    del result["themes"][0]["stage"]


def _other_needs(result):
    result["themes"][0]["needs"] = "1 of 99"


def _other_number_in_a_sentence(result):
    theme = result["themes"][0]
    theme["firm_because"] = f"{theme['firm_because']} 17 % of them."


@pytest.mark.parametrize(
    ("forge", "place"),
    [
        (dict.clear, "themes"),
        (_without_a_stage, "themes > money > stage"),
        (_other_needs, "themes > money > needs"),
        (_other_number_in_a_sentence, "themes > money > firm_because"),
        (lambda result: result.update(invented=1), "invented"),
    ],
    ids=["nothing", "stage", "needs", "sentence", "invented"],
)
def test_what_the_report_lacks_or_counts_otherwise_is_a_difference(saved, forge, place):
    changed_json(saved, "expected.json", forge)
    assert place in [one.place for one in rerun(opened(saved)).differences]
    with pytest.raises(CommandError, match="differ"):
        told(saved)


def test_an_older_method_names_the_release_that_reproduces_it(saved):
    changed_json(
        saved, "bundle.json", lambda m: m.update(method_version="0.9", code_version="r2024.2")
    )
    with pytest.raises(OtherMethod, match=r"method 0\.9.*Release r2024\.2"):
        rerun(opened(saved))
    out = io.StringIO()
    with pytest.raises(CommandError, match=r"r2024\.2"):
        call_command("rerun", str(saved), "--json", stdout=out)
    assert json.loads(out.getvalue())["outcome"] == "other_method"


def test_the_outcome_as_json(saved):
    found = json.loads(told(saved, "--json"))
    assert found["outcome"] == "equal"
    assert found["differences"] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_bundles_still_compute_to_the_same_numbers(path):
    outcome = rerun(opened(path))
    assert outcome.differences == []
    assert not outcome.not_checked
    assert outcome.compared > 2000


def released() -> dict[str, str]:
    """The method of each release, as docs/releases.md lists them."""
    table = Path(settings.BASE_DIR, "docs/releases.md").read_text()
    return dict(re.findall(r"^\| (\d+\.\d+\.\d+) \| ([\d.]+) \|", table, re.MULTILINE))


def test_this_release_is_listed_with_its_method_and_named_in_new_bundles(saved):
    assert released()[settings.RELEASE] == METHOD_VERSION
    assert opened(saved).manifest.code_version.partition("+")[0] == settings.RELEASE


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_bundle_names_a_release_that_reproduces_it(path):
    manifest = opened(path).manifest
    assert released()[manifest.code_version] == manifest.method_version


def test_two_bundles_are_shipped():
    assert {path.stem for path in SHIPPED} == {"exampland-2024", "viet-nam-2007"}


def two_rounds(team, run_jobs) -> ReportVersion:
    """The report on the second of two rounds."""
    for year, answers in ((2023, ("yes", "no")), (2025, ("yes", "yes", "no"))):
        made = rounds.RoundFactory(
            country=team.country,
            sheets=[(team.organisation, "government", ["money", "advice"])],
            opened=False,
        )
        made.period_start, made.period_end = date(year, 1, 1), date(year, 12, 31)
        made.save()
        actions.open_round(round=made, by=None)
        sheet = made.sheets.get(panel="government")
        rounds.fill(sheet, answers, by=team.officer)
        actions.submit_sheet(sheet=sheet, by=team.officer)
        rounds.close(made, by=team.coordinator)
        run_jobs()
    return ReportVersion.objects.get(round=made)


def test_the_round_before_is_in_it_once_its_report_is_published(team, run_jobs, tmp_path):
    report = two_rounds(team, run_jobs)
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundling.bundle(report, "en"))
    alone = rerun(opened(path))
    assert alone.equal
    assert "were not published" in alone.not_checked[0]
    assert opened(path).manifest.previous.sheets == []

    earlier = ReportVersion.objects.exclude(pk=report.pk)
    assert earlier.update(state=ReportVersion.State.PUBLISHED) == 1
    path.write_bytes(bundling.bundle(report, "en"))
    both = rerun(opened(path))
    assert both.equal
    assert not both.not_checked
    assert both.compared > alone.compared


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"../../evil.py": b"x"}, r'file "\.\./\.\./evil\.py" does not belong'),
        ({"/etc/passwd": b"x"}, "does not belong"),
        ({"sheets.csv": None}, r"sheets\.csv is missing"),
        ({"bundle.json": b"{}"}, "the format is None"),
        ({"bundle.json": b"[" * 100_000}, "not JSON"),
        ({"bundle.json": b'{"format": 1}'}, r"bundle\.json: report"),
        ({"instrument.json": b"{}"}, r"instrument\.json: "),
        ({"instrument.json": b"\xff"}, r"instrument\.json: this is not JSON"),
        ({"sheets.csv": b"sheet,panel\n"}, r"sheets\.csv: Line 1"),
        ({"observations.json": b"[1]"}, r"observations\.json: a list"),
        ({"observations.json": b"[NaN]"}, "NaN is not a number"),
        ({"expected.json": b"[]"}, r"expected\.json: the result"),
    ],
)
def test_what_is_no_bundle_is_refused_in_a_sentence(saved, changed, sentence):
    with pytest.raises(BundleFault, match=sentence):
        opened(repacked(saved, **changed))
    with pytest.raises(CommandError, match=r"bundle\.zip cannot be used"):
        told(saved)


def test_a_bomb_is_refused_before_it_is_unpacked(saved, monkeypatch):
    monkeypatch.setattr(opening, "MOST_BYTES", 1_000)
    with pytest.raises(BundleFault, match="larger than"):
        opened(saved)


def test_a_file_that_is_there_twice_is_refused(saved):
    with zipfile.ZipFile(saved, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("sheets.csv", "other")
    with pytest.raises(BundleFault, match="twice"):
        opened(saved)


def test_what_is_no_zip_or_not_there_is_refused(tmp_path):
    path = tmp_path / "bundle.zip"
    with pytest.raises(BundleFault, match="No such file"):
        opened(path)
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(BundleFault, match="no ZIP"):
        opened(path)


def test_too_many_draws_and_unknown_sheets_are_refused(saved):
    changed_json(saved, "bundle.json", lambda m: m.update(draws=10**9))
    with pytest.raises(BundleFault, match="draws"):
        opened(saved)
    changed_json(saved, "bundle.json", lambda m: m.update(draws=0, sheets=[]))
    with pytest.raises(BundleFault, match='sheet "sheet-1" is not in'):
        opened(saved)


def test_inputs_that_do_not_fit_together_are_said_so(report):
    made = bundling.gathered(report)
    broken = replace(made, round=replace(made.round, sheets=[*made.round.sheets] * 2))
    with pytest.raises(BundleFault, match="same name"):
        rerun(broken)


def test_the_manifest_is_closed(report):
    manifest = bundling.gathered(report).manifest
    assert contents.Manifest.model_validate(manifest.model_dump()) == manifest
    assert not manifest.left_out
