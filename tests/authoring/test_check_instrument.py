"""The command check_instrument, which needs no database."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from .small import FILE, edited


@pytest.fixture
def written(tmp_path: Path):
    def write(*edits: tuple[str, str]) -> str:
        path = tmp_path / "small.yaml"
        path.write_text(edited(*edits), encoding="utf-8")
        return str(path)

    return write


def test_a_sound_file_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_instrument", str(FILE))
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("small-sheet 1.0: 3 themes, 9 items, sha256 ")
    assert out.count("\n") == 1


def test_errors_go_to_standard_error_and_exit_1(written, capsys) -> None:
    path = written(("effort: 2", "effort: 0"), ("levels: 3", "levels: 99"))
    with pytest.raises(SystemExit) as caught:
        call_command("check_instrument", path)
    assert caught.value.code == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        f"{path}: line 7: error: levels: Expected 3 to 7 levels, found 99.",
        f"{path}: line 27: error: themes[0].items[0].effort: "
        "Expected an effort above 0, found 0.0.",
    ]


def test_warnings_leave_the_exit_code_at_0(written, capsys) -> None:
    call_command("check_instrument", written((", evidence: The plan.", "")))
    out, err = capsys.readouterr()
    assert out.startswith("small-sheet 1.0")
    assert "warning: themes[1].items[2].evidence" in err


def test_json_of_a_sound_file(capsys) -> None:
    call_command("check_instrument", str(FILE), "--json")
    out, err = capsys.readouterr()
    result = json.loads(out)
    assert err == ""
    assert len(result.pop("sha256")) == 64
    assert result == {
        "ok": True,
        "code": "small-sheet",
        "version": "1.0",
        "themes": 3,
        "items": 9,
        "faults": [],
    }


def test_json_of_a_broken_file(written, capsys) -> None:
    with pytest.raises(SystemExit) as caught:
        call_command("check_instrument", written(("subject: country", "subject: x")), "--json")
    assert caught.value.code == 1
    result = json.loads(capsys.readouterr().out)
    assert result["ok"] is False
    assert result["sha256"] is None
    assert result["faults"] == [
        {
            "severity": "error",
            "path": "subject",
            "line": 5,
            "message": '"x" is no known subject; expected one of country, cluster, firm.',
        }
    ]


def test_an_edition_is_held_against_its_parent(written, capsys) -> None:
    own = ("code: small-sheet\n", "code: own\nedition_of: {code: small-sheet, version: '1.0'}\n")
    call_command("check_instrument", written(own), "--parent", str(FILE))
    out, err = capsys.readouterr()
    assert (out[:8], err) == ("own 1.0:", "")
    with pytest.raises(SystemExit):
        call_command("check_instrument", written(own, ("0.75", "0.8")), "--parent", str(FILE))
    assert "pass_mark: The edition has the pass_mark 0.8" in capsys.readouterr().err
    with pytest.raises(CommandError, match="cannot be used"):
        call_command("check_instrument", written(own), "--parent", "nowhere.yaml")
    assert capsys.readouterr().out == ""
