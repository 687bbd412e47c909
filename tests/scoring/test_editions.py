from dataclasses import replace

import pytest

from diagnostics.scoring.editions import common_instrument, common_sheets, common_stages
from diagnostics.scoring.instrument import EditionOf, Group

from .builders import instrument, item, items, sheet, theme

PARENT = instrument(
    theme("t", items(4)),
    theme("s", (item("s0"),), staged=False),
)
OF = EditionOf("test", "1.0")
NATIONAL = (item("n0"), item("n1"))


def edition(*members, **fields):
    return replace(
        instrument(theme("t", members), *PARENT.themes[1:], **fields),
        code="national",
        version="1",
        edition_of=OF,
    )


def test_the_common_instrument_is_the_parents_items_in_the_editions_words():
    reworded = replace(items(4)[0], question="Is there a fund, for example in the capital?")
    own = edition(NATIONAL[0], reworded, *items(4)[1:], NATIONAL[1])
    common = common_instrument(own, PARENT)
    assert [one.code for one in common.themes[0].items] == ["i0", "i1", "i2", "i3"]
    assert common.items()["i0"].question.startswith("Is there a fund")


def test_the_common_stage_stands_beside_the_national_one():
    own = edition(*items(4), *NATIONAL)
    letters = {f"i{at}": "ynnn" for at in range(4)} | {"n0": "nnnn", "n1": "nnnn", "s0": "yyyy"}
    found, shown = common_stages(own, PARENT, [sheet(letters)])
    assert (found.stage, found.position) == (2, 2.0)
    assert (found.national_stage, found.national_items) == (1, ("n0", "n1"))  # 4 of 6 < 0.75
    assert shown.stage is None
    assert shown.reason == shown.national_reason
    assert list(common_sheets([sheet(letters)], common_instrument(own, PARENT))[0].responses) == [
        "i0",
        "i1",
        "i2",
        "i3",
        "s0",
    ]


def test_it_is_built_from_the_raters_without_an_agreed_sheet():
    own = edition(*items(4), *NATIONAL)
    letters = {f"i{at}": "yynn" for at in range(4)}
    sheets = [sheet(letters, name=name, panel="private") for name in "abc"]
    found = common_stages(own, PARENT, sheets)[0]
    assert (found.stage, found.national_stage) == (3, None)  # national items are unanswered
    assert found.national_reason.startswith("Insufficient")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (edition(*items(3)), "lacks the common item i3"),
        (edition(*items(4, weight=2)), "changes the weight of the common item i0"),
        (edition(*items(4, core=True)), "changes the core of the common item i0"),
        (
            edition(replace(items(1)[0], statements=("a", "b", "c", "d")), *items(4)[1:]),
            "changes the statements of the common item i0",
        ),
        (edition(*items(4), pass_mark=0.6), "has the pass_mark 0.6; its parent has 0.75"),
        (replace(PARENT, themes=PARENT.themes[:1], edition_of=OF), "lacks the theme s"),
        (
            replace(PARENT, themes=(PARENT.themes[0], theme("s", (item("s0"),))), edition_of=OF),
            "theme s is staged",
        ),
        (replace(PARENT, code="national"), "does not say that it is an edition"),
        (replace(edition(*items(4)), subject="firm"), "has the subject firm"),
        (
            replace(edition(*items(4)), edition_of=EditionOf("test", "2.0")),
            r"is an edition of test 2\.0; the parent given is test 1\.0",
        ),
    ],
)
def test_an_edition_that_alters_what_is_common_is_refused(changed, sentence):
    with pytest.raises(ValueError, match=sentence):
        common_instrument(changed, PARENT)


def test_the_weights_of_common_groups_may_not_change():
    grouped = instrument(theme("t", items(4, group="g"), groups=(Group("g", "G", 1.0),)))
    other = instrument(
        theme("t", items(4, group="g"), groups=(Group("g", "G", 2.0),)), edition_of=OF
    )
    with pytest.raises(ValueError, match=r"weight of the group t\.g"):
        common_instrument(other, grouped)
    without = instrument(theme("t", items(4, group="g")), edition_of=OF)
    with pytest.raises(ValueError, match=r"lacks the group t\.g"):
        common_instrument(without, grouped)
