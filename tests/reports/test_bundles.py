"""Bundles: what is in them, computed again to the same numbers, and what is refused."""

import io
import json
import re
import zipfile
from dataclasses import astuple, replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from diagnostics import actions
from diagnostics.scoring.rounds import METHOD_VERSION
from reports import bundling
from reports.bundles import contents, opening
from reports.bundles.gathering import gathered, sha256_of, snapshot_text
from reports.bundles.opening import BundleFault, opened
from reports.bundles.rerunning import OtherMethod, computed, rerun
from reports.models import ReportVersion
from tests.factories import rounds
from tests.reports.conftest import MIXED

pytestmark = pytest.mark.django_db

OLDER = Path(__file__).parent / "older" / "viet-nam-2007-format-1.zip"
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


def write_snapshot(path, text: str) -> None:
    """Another snapshot with a manifest that names its hash, as a forger would."""
    repacked(path, **{"snapshot.json": text.encode()})
    changed_json(path, "bundle.json", lambda m: m["report"].update(sha256=sha256_of(text)))


def changed_result(path, change) -> None:
    """The bundle of a report that says something else, and is otherwise in order."""
    with zipfile.ZipFile(path) as archive:
        snapshot = json.loads(archive.read("snapshot.json"))
    change(snapshot["result"])
    write_snapshot(path, snapshot_text(snapshot))


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


def test_it_is_proved_by_the_hash_on_the_report_s_pages(report, saved):
    assert rerun(opened(saved)).sha256 == report.sha256
    assert "hold it against the one" in told(saved)
    proved = told(saved, "--sha256", report.sha256.upper())
    assert "hold it" not in proved
    assert "Equal: answers and settings are the snapshot's" in proved
    with pytest.raises(CommandError, match=f"{report.sha256}, not the one given, {'0' * 64}"):
        told(saved, "--sha256", "0" * 64)
    with pytest.raises(CommandError, match="64 digits"):
        told(saved, "--sha256", "0" * 63)


def test_the_same_report_is_the_same_file(report, saved):
    assert bundling.bundle(report, "en") == saved.read_bytes()


def test_it_is_read_as_it_was_written(report, saved):
    assert opened(saved) == bundling.gathered(report)


def test_no_more_is_in_it_than_in_the_report_no_person_and_no_remark(team, run_jobs):
    sheet = rounds.sheet_of(team.organisation)
    rounds.answer(
        sheet, "money.item_1", "yes", comment="Between us", evidence=[("https://a.b", "7", "Quote")]
    )
    actions.submit_sheet(sheet=sheet, by=team.officer)
    rounds.close(sheet.round, by=team.coordinator)
    run_jobs()
    report = ReportVersion.objects.get()
    assert "Between us" in json.dumps(report.members)
    with zipfile.ZipFile(io.BytesIO(bundling.bundle(report, "en"))) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    for hidden in ("Between us", team.officer.name, team.coordinator.name):
        assert not [name for name, text in texts.items() if hidden in text]
    assert json.loads(texts["snapshot.json"]) == report.snapshot
    assert team.organisation.name in texts["bundle.json"]
    assert report.sha256 in texts["README.txt"]


OLD = "agreed,agreed,advice.item_1,answered,yes,yes,yes,yes"


def test_answers_that_are_not_the_snapshot_s_are_listed(saved):
    sheets = zipfile.ZipFile(saved).read("sheets.csv").decode()
    assert OLD in sheets
    repacked(saved, **{"sheets.csv": sheets.replace(OLD, OLD[:-15] + "no,,,").encode()})
    outcome = rerun(opened(saved))
    assert astuple(outcome.foreign[0]) == (
        "sheets.csv > agreed > advice.item_1 > answers > 1", "yes", "no",
    )  # fmt: skip
    places = {one.place: one for one in outcome.differences}
    assert places["themes > advice > items > advice.item_1 > level"].expected == 5
    assert places["themes > advice > items > advice.item_1 > level"].found == 1
    with pytest.raises(CommandError, match="differ"):
        told(saved)


def test_an_answer_on_which_no_number_hangs_is_told_too(saved):
    sheets = zipfile.ZipFile(saved).read("sheets.csv").decode()
    other = sheets.replace("sheet-1,government,money.item_3,not_applicable", "sheet-1,government,"
                           "money.item_3,answered")  # fmt: skip
    assert other != sheets
    repacked(saved, **{"sheets.csv": other.encode()})
    assert [one.place for one in rerun(opened(saved)).foreign] == [
        "sheets.csv > sheet-1 > money.item_3 > status"
    ]


def _other_weight(instrument):
    instrument["themes"][0]["items"][0]["weight"] = 3.0


def _observed(observations):
    observations.append({"code": "X", "year": 2024, "value": 1.0, "source": "Nobody"})


@pytest.mark.parametrize(
    ("name", "change", "place"),
    [
        ("bundle.json", lambda m: m.update(seed=m["seed"] + 1), "bundle.json > seed"),
        ("bundle.json", lambda m: m.update(draws=10), "bundle.json > draws"),
        ("bundle.json", lambda m: m.update(settled=["money.item_1"]), "bundle.json > settled"),
        ("bundle.json", lambda m: m["report"].update(label="Real"), "bundle.json > report > label"),
        ("instrument.json", _other_weight,
         "instrument.json > themes > money > items > money.item_1 > weight"),
        ("observations.json", _observed, "observations.json"),
    ],
)  # fmt: skip
def test_settings_and_content_that_are_not_the_snapshot_s_are_listed(saved, name, change, place):
    changed_json(saved, name, change)
    outcome = rerun(opened(saved))
    assert place in [one.place for one in outcome.foreign]
    assert not outcome.equal
    with pytest.raises(CommandError, match="differ from the report"):
        told(saved)


def test_a_snapshot_forged_with_all_that_follows_has_another_hash(report, saved):
    forged = json.loads(json.dumps(report.snapshot))
    for sheet in (*forged["sheets"], forged["agreed"]):
        sheet["responses"]["money.item_2"]["answers"] = ["yes"] * 4
    made = gathered(snapshot_text(forged), version=1)
    forged["result"] = json.loads(json.dumps(computed(made)))
    assert forged["result"] != report.snapshot["result"]
    saved.write_bytes(contents.written(gathered(snapshot_text(forged), version=1), ""))
    outcome = rerun(opened(saved))
    assert outcome.equal  # in itself it is: only the hash on the report's pages shows it
    assert outcome.sha256 != report.sha256
    with pytest.raises(CommandError, match=f"not the one given, {report.sha256}"):
        told(saved, "--sha256", report.sha256)
    changed_json(saved, "bundle.json", lambda m: m["report"].update(sha256=report.sha256))
    with pytest.raises(CommandError, match=r"not the one that bundle\.json names"):
        told(saved)


def test_a_bundle_of_the_first_format_is_computed_and_what_nothing_shows_is_said():
    outcome = rerun(opened(OLDER))
    assert outcome.equal
    assert outcome.compared > 2000
    assert "cannot be checked" in outcome.not_checked[0]
    said = told(OLDER)
    assert "are those of expected.json" in said
    assert "has no snapshot" in said
    with pytest.raises(CommandError, match="no snapshot to hold against"):
        told(OLDER, "--sha256", opened(OLDER).manifest.report.sha256)


@pytest.mark.parametrize(
    ("shift", "equal"), [(1e-12, True), (1e-6, False)], ids=["within", "beyond"]
)
def test_reals_may_differ_by_a_billionth(saved, shift, equal):
    def move(result):
        result["themes"][1]["mean_level"] += shift

    changed_result(saved, move)
    assert rerun(opened(saved)).equal is equal


@pytest.mark.parametrize("value", [True, "1", None, 1.5])
def test_a_count_is_the_same_count_or_none(saved, value):
    changed_result(saved, lambda result: result["panels"].update(government=value))
    (one,) = rerun(opened(saved)).differences
    assert (one.place, one.found) == ("panels > government", 1)


def test_other_words_are_told_apart_from_other_numbers(saved):
    def reword(result):
        result["themes"][0]["firm_because"] = "In other words."

    changed_result(saved, reword)
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
        (_without_a_stage, "themes > money > stage"),
        (_other_needs, "themes > money > needs"),
        (_other_number_in_a_sentence, "themes > money > firm_because"),
        (lambda result: result.update(invented=1), "invented"),
    ],
    ids=["stage", "needs", "sentence", "invented"],
)
def test_what_the_report_lacks_or_counts_otherwise_is_a_difference(saved, forge, place):
    changed_result(saved, forge)
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
    assert (outcome.faults, outcome.foreign, outcome.differences) == ([], [], [])
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
    assert "previous/sheets.csv is held against those results alone" in told(path)
    assert both.compared > alone.compared


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"../../evil.py": b"x"}, r'file "\.\./\.\./evil\.py" does not belong'),
        ({"/etc/passwd": b"x"}, "does not belong"),
        ({"sheets.csv": None}, r"sheets\.csv is missing"),
        ({"bundle.json": b"{}"}, "the format is None"),
        ({"bundle.json": b"[" * 100_000}, "not JSON"),
        ({"bundle.json": b'{"format": 2}'}, r"bundle\.json: report"),
        ({"bundle.json": b'{"format": true}'}, "the format is True"),
        ({"bundle.json": b'{"format": [1]}'}, r"the format is \[1\]"),
        ({"instrument.json": b"{}"}, r"instrument\.json: "),
        ({"instrument.json": b"\xff"}, r"instrument\.json: this is not JSON"),
        ({"sheets.csv": b"sheet,panel\n"}, r"sheets\.csv: Line 1"),
        ({"observations.json": b"[1]"}, r"observations\.json: a list"),
        ({"observations.json": b"[NaN]"}, "NaN is not a number"),
        ({"expected.json": b"{}"}, r"expected\.json does not belong in a bundle of format 2"),
        ({"snapshot.json": None}, r"snapshot\.json is missing"),
        ({"snapshot.json": b"[]"}, r"snapshot\.json: the result"),
        ({"snapshot.json": b'{"result": {}}'}, r"snapshot\.json: this is no snapshot"),
    ],
)
def test_what_is_no_bundle_is_refused_in_a_sentence(saved, changed, sentence):
    with pytest.raises(BundleFault, match=sentence):
        rerun(opened(repacked(saved, **changed)))
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
