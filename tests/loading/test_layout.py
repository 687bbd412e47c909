"""The layout in words and as a form that corrects it."""

import pytest
from django.urls import reverse

from countries.content.sentences import sentence_of
from indicators.importing import Layout, SheetLayout
from indicators.loading import words
from indicators.loading.layout_forms import LayoutForms
from indicators.models import Import

ODD = b"A report\nwann;menge\n2010;1,5\n2011;2,5\n"


def fields(client, imported: Import) -> dict[str, object]:
    """What a browser would send of the form as it stands."""
    forms = client.get(reverse("loading:layout", args=[imported.pk])).context["forms"]
    data: dict[str, object] = {}
    for form in (forms.file, *forms.sheets):
        for field in form:
            value = field.value()
            if value not in (None, False, "", []):
                data[field.html_name] = "on" if value is True else value
    data |= {f"{sheet.prefix}-shown": sheet.rows for sheet in forms.sheets}
    return data


def test_a_table_that_was_not_recognised_is_read_as_a_person_says(client, give, step, run_jobs):
    imported = give(ODD)
    assert "No table was recognised" in sentence_of(imported.faults[0]["message"])
    said = fields(client, imported)
    said |= {"s0-used": "on", "s0-header_row": "2", "s0-header_rows": "1"}
    shown = step("layout", imported, **said)
    assert "The header is in other rows now" in shown
    assert '<option value="wann">wann</option>' in shown
    said |= {
        "s0-shown": "2-1", "s0-fixed_country_name": "Laos", "s0-column_period": "wann",
        "s0-column_value": "menge", "s0-fixed_indicator_code": "A.B", "decimal": ",",
    }  # fmt: skip
    step("layout", imported, **said)
    run_jobs()
    imported.refresh_from_db()
    assert (imported.state, imported.new, imported.rejected) == ("checked", 2, 0)
    assert imported.samples["new"][0]["value"] == 1.5


@pytest.mark.parametrize("layout", ["tidy", "wide"])
def test_a_form_sent_as_it_stands_changes_nothing(client, give, step, run_jobs, layout):
    content = {
        "tidy": b"Country Code,Indicator Code,year,value,sex\nLAO,A.B,2010,1.5,F\n",
        "wide": b"Country Name,Indicator Name,2010,2011\nLaos,A,1,2\nViet Nam,A,3,4\n",
    }[layout]
    imported = give(content)
    before = imported.layout
    step("layout", imported, **fields(client, imported))
    assert Import.objects.get().state == "uploaded"
    run_jobs()
    imported.refresh_from_db()
    assert imported.layout == before


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"s0-column_period": "value"}, "is chosen twice"),
        ({"s0-column_value": ""}, "Say which column holds the values"),
        ({"thousands": "."}, "One sign cannot be both."),
        ({"s0-header_row": "99"}, "less than or equal to 30"),
        ({"s0-header_row": "x" * 5000}, "Enter a whole number."),
        ({"s0-header_rows": "²"}, "Enter a whole number."),
        ({"s0-column_note": "nowhere"}, "not one of the available choices"),
    ],
)
def test_a_layout_that_cannot_be_is_told_in_the_form(client, give, step, said, sentence):
    imported = give(b"Country Code,Indicator Code,year,value\nLAO,A.B,2010,1.5\n")
    assert sentence in step("layout", imported, **{**fields(client, imported), **said})
    assert Import.objects.get().state == "checked"


def test_a_loaded_file_is_not_read_another_way(client, give, step, run_jobs):
    imported = give(b"Country Code,Indicator Code,year,value\nLAO,A.B,2010,1.5\n")
    said = fields(client, imported)
    step("commit", imported)
    run_jobs()
    assert "undo it and load it again" in step("layout", imported, **said)


def test_tables_beyond_the_form_stay_as_they_are():
    sheets = tuple(SheetLayout(f"sheet {n}", columns={"value": "A"}) for n in range(25))
    layout = Layout("xlsx", sheets=sheets)
    forms = LayoutForms(layout, {sheet.sheet: [["A"], ["1"]] for sheet in sheets})
    assert (len(forms.sheets), forms.more) == (20, 5)


def test_a_layout_in_words():
    sheet = SheetLayout(
        "Data", header_row=4, header_rows=2, columns={"country_name": "Country"},
        headings=("indicator_name", "period"), fixed={"unit": "%"}, ignored=("Code",),
    )  # fmt: skip
    assert words.of_sheet(sheet) == [
        ("Header", "rows 4 to 5"),
        ("Country's name", "column “Country”"),
        ("Values", "in the other columns; above them stands the indicator's name, "
         "the year or period"),
        ("Unit, for the whole table", "%"),
        ("Not read", "Code"),
    ]  # fmt: skip
    assert ("Decimal sign", "comma") in words.of_file(Layout("csv", decimal=","))
