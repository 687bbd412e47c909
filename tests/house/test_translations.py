"""The texts of pages in every language: what is there is sound, what is spoken is whole."""

import ast
import re
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_from_dir
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
FILES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
SPOKEN = [code for code, _name in settings.LANGUAGES if code != "en"]
HOLE = re.compile(r"%\(\w+\)[.\d]*[a-z]|%[sd]|%%|\{\w*\}|</?[a-z]+")

Text = tuple[str | None, str]  # context and English text


def catalogue(code: str) -> polib.POFile:
    return polib.pofile(str(ROOT / "locale" / code / "LC_MESSAGES" / "django.po"), wrapwidth=0)


def said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def marked_in_python() -> set[Text]:
    keywords = {
        "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
        "ngettext": (1, 2), "ngettext_lazy": (1, 2),
        "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
    }  # fmt: skip
    folders = [path for path in ROOT.iterdir() if (path / "__init__.py").exists()]
    found = set()
    for folder in folders:
        if folder.name == "tests":
            continue
        for _file, _line, text, _said, context in extract_from_dir(
            folder, [("**.py", "python")], keywords=keywords
        ):
            found.add((context, text[0] if isinstance(text, tuple) else text))
    return found


def test_no_text_is_marked_where_it_cannot_be_collected():
    """What stands in an f-string is not seen by the tool that collects texts, and stays English."""
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for folder in ROOT.iterdir()
        if (folder / "__init__.py").exists() and folder.name != "tests"
        for path in folder.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and re.fullmatch(r"_|n?p?gettext(_lazy)?", getattr(call.func, "id", ""))
    ]
    assert hidden == []


CALL = re.compile(
    r"\b(n?p?gettext|_)\(((?:u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")(?:,\s*)?)+)", re.DOTALL
)


def marked_in_templates() -> set[Text]:
    found = set()
    for page in (ROOT / "templates").rglob("*.*"):
        for name, arguments in CALL.findall(templatize(page.read_text(), origin=str(page))):
            texts = ast.literal_eval(f"({arguments.rstrip(', ')},)")
            found.add((texts[0], texts[1]) if "p" in name else (None, texts[0]))
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parts[-3])
def test_what_is_translated_keeps_names_of_values_and_tags(file):
    for entry in polib.pofile(str(file)):
        if entry.fuzzy:  # a guess of msgmerge, which no page shows
            continue
        originals = [set(HOLE.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text]
        for text in filter(None, said(entry)):
            assert set(HOLE.findall(text)) in originals, f"{file}: {entry.msgid!r}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parts[-3])
def test_what_runs_is_what_is_written(file):
    def texts(entries) -> dict:
        whole = [one for one in entries if all(said(one)) and not getattr(one, "fuzzy", False)]
        return {(one.msgctxt, one.msgid): said(one) for one in whole}

    compiled = polib.mofile(str(file.with_suffix(".mo")))
    assert texts(compiled) == texts(polib.pofile(str(file)))


def test_a_spoken_language_has_every_text_in_all_its_plural_forms():
    for code in SPOKEN:
        texts = catalogue(code)
        forms = int(re.search(r"nplurals=(\d)", texts.metadata["Plural-Forms"])[1])
        for entry in texts:
            assert all(said(entry)), (code, entry.msgid)
            assert not entry.fuzzy, (code, entry.msgid)
            assert not entry.msgid_plural or len(said(entry)) == forms, (code, entry.msgid)


def test_a_spoken_language_knows_every_text_of_today():
    marked = marked_in_python() | marked_in_templates()
    for code in SPOKEN:
        known = {(entry.msgctxt, entry.msgid) for entry in catalogue(code)}
        assert not marked - known, f"{code}: run make messages, then translate"
