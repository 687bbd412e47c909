"""Each broken file gets one sentence, at its path and line, and nothing else is accused."""

import pytest

from .small import edited, faults_of, line_with

FUND = "A guarantee fund is founded by law."
SECOND = "stage: 2, addressee: donors, continues: [fin-1-1]"
ITEMS = "    items:\n      - {code: status"
STATUS = f"code: status\n    title: Jobs and firms\n    staged: false\n{ITEMS}"
GROUPS = "    groups:\n      - {code: state"
EDITION = "subject: country"

# (name, old text, new text, path of the fault, text on its line, words of its message)
BROKEN = [
    # What YAML allows and an instrument does not.
    ("syntax", "title: Finance", "title: [Finance", "", "    groups:", ["Not readable as YAML"]),
    ("colon", "title: Finance", "title: Fin: ance", "", "Fin: ance", ["colon", "quotes"]),
    ("tab", "    title: Finance", "\ttitle: Finance", "", "\ttitle", ["Not readable"]),
    ("twice", "version:", "code: other\nversion:", "code", "code: other", ["lines 2 and 3"]),
    ("alias", "subject: country", "subject: *x", "subject", "*x", ["Aliases", "*x"]),
    ("anchor", "subject: country", "subject: &x country", "subject", "&x", ["Anchors", "&x"]),
    ("tag", "levels: 3", "levels: !!int '3'", "levels", "!!int", ["Tags are not allowed"]),
    ("object", "levels: 3", "levels: !!python/none", "levels", "!!python", ["Tags"]),
    ("two", "mix_rules:", "---\nmix_rules:", "", "---", ["second document"]),
    ("complex key", "rule: ladder", "? [rule]\n: ladder", "", "? [rule]", ["one word"]),
    ("directive", "# A", "%YAML 1.1\n---\n# A", "", "---", ["YAML 1.2"]),
    ("control", "Small sheet", "Small\x07 sheet", "", "Small\x07", ["U+0007"]),
    ("escape", "Small sheet", '"Small\\0 sheet"', "title", "Small\\0", ["U+0000"]),
    ("surrogate", "Small sheet", '"\\ud800 x"', "title", "ud800", ["U+D800"]),
    ("deep", "Small sheet", "[" * 25 + "]" * 25, "title" + "[0]" * 20, "[[", ["20 deep"]),
    ("digits", "levels: 3", "levels: " + "3" * 5000, "levels", "333", ["25 characters"]),
    # Shape.
    ("unknown key", "subject:", "subjekt: x\nsubject:", "subjekt", "subjekt", ['mean "subject"?']),
    ("far key", "subject:", "zzz: x\nsubject:", "zzz", "zzz", ["one of code, version"]),
    ("missing", "title: Small sheet\n", "", "title", "code: small-sheet", ['"title" is missing']),
    (
        "missing in item",
        "        title: Loans\n",
        "",
        "themes[0].items[0].title",
        "- code: finance.loans",
        ["title", "item needs it"],
    ),
    ("unquoted", 'version: "1.0"', "version: 1.0", "version", "version", ["1.0", "quotes"]),
    ("null", "title: Small sheet", "title:", "title", "title:", ["Expected text, found nothing"]),
    ("words", "levels: 3", "levels: three", "levels", "levels", ["whole number", '"three"']),
    ("yes", "core: true", "core: yes", "themes[0].items[0].core", "core: yes", ["true or false"]),
    ("scalar", "[Absent, Begun, In use]", "Absent", "level_names", "level_n", ["Expected a list"]),
    ("list", "themes:", "intro: [x]\nthemes:", "intro", "intro", ["Expected text, found a list"]),
    ("infinite", "pass_mark: 0.75", "pass_mark: .inf", "pass_mark", "pass_mark", ["finite"]),
    ("number in list", "[10, 30]", "[10, x]", "themes[0].items[0].indicators[0].thresholds[1]",
     "[10, x]", ["Expected a number"]),
    ("text for item", ITEMS, ITEMS.replace("-", "- hello\n      -"),
     "themes[2].items[0]", "- hello", ["group of keys", '"hello"']),
    # The head.
    ("code form", "code: small-sheet", "code: Small", "code", "Small", ["lower-case", '"Small"']),
    ("version form", '"1.0"', '"first"', "version", "first", ["such as"]),
    ("subject", "subject: country", "subject: county", "subject", "county", ['mean "country"?']),
    ("rule", "rule: ladder", "rule: stairs", "rule", "stairs", ["ladder, classify"]),
    ("levels", "levels: 3", "levels: 8", "levels", "levels: 8", ["3 to 7", "found 8"]),
    ("names", "Begun, In use]", "Begun]", "level_names", "Begun", ["3 names", "found 2"]),
    ("same name", "Begun, In use]", "Begun, Begun]", "level_names[2]", "Begun", ["earlier"]),
    ("mark 0", "pass_mark: 0.75", "pass_mark: 0", "pass_mark", "pass_mark", ["above 0"]),
    ("mark 75", "completeness: 0.70", "completeness: 70", "completeness", "70", ["at most 1"]),
    ("age", "max_age_years: 5", "max_age_years: -1", "max_age_years", "-1", ["0 to 100"]),
    # Themes, groups, items.
    ("theme twice", STATUS,
     STATUS.replace("status", "finance").replace("staged: false", "staged: true"),
     "themes[2].code", "code: finance\n    title: Jobs", ["taken by themes[0]"]),
    ("item twice", "code: policy.agency", "code: policy.law", "themes[1].items[1].code",
     "title: Agency", ["taken by themes[1].items[0]"]),
    ("item prefix", "code: status.jobs", "code: jobs", "themes[2].items[0].code", "code: jobs",
     ['begins with "status."']),
    ("item form", "code: status.jobs", "code: status.Jobs", "themes[2].items[0].code",
     "status.Jobs", ["lower-case"]),
    ("group", "group: banks", "group: bank", "themes[0].items[0].group", "group: bank\n",
     ['mean "banks"?']),
    ("empty group", GROUPS, GROUPS.replace("-", "- {code: x, title: X}\n      -"),
     "themes[1].groups[0]", "code: x", ['No item belongs to the group "x"']),
    ("half weighted", "Funds, weight: 1", "Funds", "themes[0].groups[1]", "title: Funds",
     ["all a weight or none"]),
    ("group of nobody", "        group: banks\n", "", "themes[0].items[0].group", "finance.loans",
     ["in no group"]),
    ("group weight", "Funds, weight: 1", "Funds, weight: -1", "themes[0].groups[1].weight",
     "weight: -1", ["at least 0"]),
    ("core in group of 0", "Banks, weight: 2", "Banks, weight: 0", "themes[0].groups[0].weight",
     "weight: 0", ["core item"]),
    ("weight", "weight: 2\n", "weight: -2\n", "themes[0].items[0].weight", "weight: -2",
     ["at least 0"]),
    ("core weight", "weight: 2\n", "weight: 0\n", "themes[0].items[0].weight", "weight: 0",
     ["core item"]),
    ("reason of core", "        core_because: Without lending the other rows describe nothing.\n",
     "", "themes[0].items[0].core_because", "- code: finance.loans", ["core_because"]),
    ("all weightless", "title: Jobs,", "title: Jobs, weight: 0, weight_because: x,",
     "themes[2].items", ITEMS.strip(), ["All items have weight 0"]),
    ("effort", "effort: 2", "effort: 0", "themes[0].items[0].effort", "effort", ["above 0"]),
    ("keyword", STATUS,
     STATUS.replace("status", "max"),
     "themes[2].code", "code: max", ["word of mix rules"]),
    ("no items", "title: Jobs and firms\n    staged: false\n    items:\n",
     "title: Jobs and firms\n    staged: false\n    items: []\n    intro: >-\n", "themes[2].items",
     "items: []", ["no items"]),
    # Statements and sources.
    ("no statement", f"{{2: {FUND}, ", "{", "themes[0].items[1].statements.2",
     "The fund publishes", ["level 2 is missing"]),
    ("level 4", f"{{2: {FUND}", f"{{4: Too much., 2: {FUND}", "themes[0].items[1].statements.4",
     "Too much", ['"4"', "2 to 3"]),
    ("level 1", f"{{2: {FUND}", f"{{1: Nothing is., 2: {FUND}", "themes[0].items[1].statements.1",
     "Nothing is", ["2 to 3"]),
    ("vague", FUND, "A good guarantee fund exists.", "themes[0].items[1].statements.2", "A good",
     ['"good"', "evidence"]),
    ("empty statement", FUND, '""', "themes[0].items[1].statements.2", '""', ["empty"]),
    ("same statement", FUND, "The fund publishes its count of guarantees",
     "themes[0].items[1].statements.3", "The fund publishes", ["same as that of level 2"]),
    ("no source", "source: {tag: added, because: Leasing needs no collateral.}", "effort: 1",
     "themes[0].items[2].source", "- code: finance.leasing", ["source is missing"]),
    ("source tag", "tag: lecture", "tag: lecure", "themes[0].items[0].source.tag", "lecure",
     ['mean "lecture"?']),
    ("no document", "tag: lecture, document: fictional-2007", "tag: lecture",
     "themes[0].items[0].source.document", "tag: lecture", ['needs its "document"']),
    ("no place", "fictional-2007, place: row 2", "fictional-2007",
     "themes[0].items[1].source.place", "tag: adapted", ['needs its "place"']),
    ("added on nothing", "{tag: added, because: Leasing needs no collateral.}", "{tag: added}",
     "themes[0].items[2].source", "source: {tag: added}", ["on what it rests"]),
    # Indicators.
    ("better", "better: higher", "better: bigger", "themes[0].items[0].indicators[0].better",
     "bigger", ["no known direction"]),
    ("why", "why: A spread too low shows a subsidy, one too high shows risk.", 'why: ""',
     "themes[0].items[0].indicators[1].why", 'why: ""', ["why"]),
    ("count", "[10, 30]", "[10]", "themes[0].items[0].indicators[0].thresholds", "[10]",
     ["2 thresholds", "found 1"]),
    ("falling", "[10, 30]", "[30, 10]", "themes[0].items[0].indicators[0].thresholds", "[30",
     ["must rise", "10.0 follows 30.0"]),
    ("rising", "better: higher", "better: lower", "themes[0].items[0].indicators[0].thresholds",
     "[10, 30]", ["must fall"]),
    ("within", "ranges: [[0", "thresholds: [1, 2]\n            ranges: [[0",
     "themes[0].items[0].indicators[1].thresholds", "thresholds: [1, 2]", ['takes "ranges"']),
    ("low above high", "[2, 8]", "[8, 2]", "themes[0].items[0].indicators[1].ranges[1]",
     "[8, 2]", ["low below high"]),
    ("not nested", "[2, 8]", "[2, 13]", "themes[0].items[0].indicators[1].ranges[1]", "[2, 13]",
     ["narrower", "within"]),
    ("years", "[2004, 2020]", "[2020, 2004]", "themes[0].items[0].indicators[1].years", "[2020",
     ["first and the last year"]),
    ("bound twice", "FR.INR.LNDP", "IC.FRM.BNKS.ZS", "themes[0].items[0].indicators[1].code",
     "IC.FRM.BNKS.ZS\n            better: within", ["already"]),
    # Approaches and mix rules.
    ("approach theme", f"theme: finance, {SECOND}", "theme: finanse, stage: 2, addressee: donors",
     "approaches[1].theme", "finanse", ['mean "finance"?']),
    ("unstaged", f"theme: finance, {SECOND}", "theme: status, stage: 2, addressee: donors",
     "approaches[1].theme", "theme: status", ["not staged"]),
    ("stage", "stage: 2", "stage: 4", "approaches[1].stage", "stage: 4", ["1 to 3", "found 4"]),
    ("addressee", "addressee: donors", "addressee: donor", "approaches[1].addressee",
     "addressee: donor,", ['mean "donors"?']),
    ("pathway", "pathway: inclusive", "pathway: inclusiv", "approaches[0].pathway", "inclusiv,",
     ['mean "inclusive"?']),
    ("continues nothing", "[fin-1-1]", "[fin-9]", "approaches[1].continues[0]", "[fin-9]",
     ["no known approach"]),
    ("continues upwards", "stage: 1", "stage: 2", "approaches[1].continues[0]", "fin-2-1",
     ["below stage 2"]),
    ("approach twice", f"fin-2-1, theme: finance, {SECOND}",
     "fin-1-1, theme: finance, stage: 2, addressee: donors", "approaches[1].code", "stage: 2",
     ["taken by approaches[0]"]),
    ("mix rule", "policy.state >= 3 and", "policy.state >= 3 +", "mix_rules[0].when", "3 +", []),
    ("mix theme", "finance <= 1", "finances <= 1", "mix_rules[0].when", "finances",
     ['mean "finance"?']),
    ("mix unstaged", "finance <= 1", "status <= 1", "mix_rules[0].when", "status <=",
     ["not staged"]),
    ("mix group", "policy.state >=", "policy.stat >=", "mix_rules[0].when", "policy.stat >=",
     ['mean "state"?']),
    ("mix small group", "policy.state >=", "finance.banks >=", "mix_rules[0].when",
     "finance.banks >=", ["2 items", "fewer than 4"]),
    # National editions and renamed items.
    ("edition form", EDITION, 'edition_of: {code: Big, version: "1.0"}\nsubject: country',
     "edition_of.code", "edition_of", ["lower-case", '"Big"']),
    ("edition version", EDITION, 'edition_of: {code: big, version: "new"}\nsubject: country',
     "edition_of.version", "edition_of", ["such as", '"new"']),
    ("edition of itself", EDITION,
     'edition_of: {code: small-sheet, version: "1.0"}\nsubject: country', "edition_of.code",
     "edition_of", ["a code of its own"]),
    ("edition without version", EDITION, "edition_of: {code: big}\nsubject: country",
     "edition_of.version", "edition_of", ["the edition needs it"]),
    ("edition list", EDITION, "edition_of: [big]\nsubject: country", "edition_of", "edition_of",
     ["group of keys", "a list"]),
    ("renamed nothing", EDITION,
     "renamed:\n  - {code: finance.loan, was: finance.credit}\nsubject: country",
     "renamed[0].code", "finance.credit", ['mean "finance.loans"?']),
    ("renamed still there", EDITION,
     "renamed:\n  - {code: finance.loans, was: finance.leasing}\nsubject: country",
     "renamed[0].was", "was: finance.leasing", ["an item of this file still"]),
    ("renamed twice", EDITION,
     "renamed:\n  - {code: finance.loans, was: finance.old}\n"
     "  - {was: finance.old, code: finance.loans}\nsubject: country",
     "renamed[1]", "{was: finance.old", ["stands there already"]),
    ("renamed from nothing", EDITION,
     "renamed:\n  - {code: finance.loans}\nsubject: country", "renamed[0].was",
     "- {code: finance.loans}", ["row of renamed items needs it"]),
    ("renamed empty", EDITION,
     'renamed:\n  - {code: finance.loans, was: ""}\nsubject: country', "renamed[0].was",
     'was: ""', ["empty"]),
    ("mix depth", "policy.state >= 3 and finance <= 1", "1 < " + "-" * 480 + "1",
     "mix_rules[0].when", "1 < -", []),
]  # fmt: skip


def test_the_small_instrument_is_without_fault() -> None:
    assert faults_of(edited()) == []


def test_names_of_the_cases_are_unique() -> None:
    names = [case[0] for case in BROKEN]
    assert len(set(names)) == len(names) >= 30


@pytest.mark.parametrize(
    ("old", "new", "path", "on_line", "words"),
    [case[1:] for case in BROKEN],
    ids=[case[0] for case in BROKEN],
)
def test_broken_file(old: str, new: str, path: str, on_line: str, words: list[str]) -> None:
    text = edited((old, new))
    errors = [fault for fault in faults_of(text) if fault.severity == "error"]
    at_place = [fault for fault in errors if fault.path == path]
    assert at_place, errors
    assert at_place[0].line == line_with(text, on_line)
    for word in words:
        assert word in at_place[0].message
    assert at_place[0].message[-1] in ".?"
    assert errors == at_place
