"""Every sentence that reading and checking say, in one place.

What has holes is a template, `filled` with what was found and the facts of the case; the rest are
sentences. They are English here and in the reader's language on a page.
"""

from countries.content.sentences import Template, _, gettext_noop, ngettext_lazy

# A file that cannot be read at all (Refused).
EMPTY = _("The file is empty.")
TOO_LARGE = gettext_noop("The file has %(size)s MB; at most %(most)s MB can be read.")
TOO_LARGE_OF_KIND = gettext_noop(
    "The file has more than %(most)s MB; of this kind, more cannot be read."
)
NOT_THERE = gettext_noop("The file cannot be opened: %(reason)s.")
IS_KIND = gettext_noop("The file is %(what)s, not a table; send it as CSV, XLSX, XLS or ODS.")
IS_PACKED = gettext_noop("The file is packed with %(what)s; unpack it or pack it as ZIP.")
PASSWORD = _("The file is protected by a password; remove the password and send it again.")
BROKEN = gettext_noop("The file says it is %(what)s but is damaged and cannot be opened.")
BINARY = gettext_noop(
    "The file is neither text nor a workbook: it contains NUL bytes from byte %(place)s on."
)
ENCODING = gettext_noop('The file is not text in the encoding "%(encoding)s".')
MIXED = gettext_noop("The file is UTF-8 text but for row %(row)s; save it anew in one encoding.")
LONG_LINE = gettext_noop("Row %(row)s is longer than %(most)s MB: no table has such rows.")
OPEN_QUOTE = gettext_noop("The quotation mark opened in row %(row)s is never closed.")
COLUMNS = ngettext_lazy(
    'The table "%(sheet)s" has %(n)s column; at most %(most)s can be read.',
    'The table "%(sheet)s" has %(n)s columns; at most %(most)s can be read.',
)
CELLS = ngettext_lazy(
    'The sheet "%(sheet)s" spans %(n)s cell; at most %(most)s can be read.',
    'The sheet "%(sheet)s" spans %(n)s cells; at most %(most)s can be read.',
)
ZIP_MEMBERS = ngettext_lazy(
    "The ZIP file holds %(n)s file; at most %(most)s can be read.",
    "The ZIP file holds %(n)s files; at most %(most)s can be read.",
)
ZIP_SIZE = gettext_noop("The ZIP file unpacks to %(size)s MB; at most %(most)s MB can be read.")
ZIP_RATIO = gettext_noop(
    "The ZIP file unpacks to %(ratio)s times its size, which no table does; it is refused."
)
ZIP_NESTED = gettext_noop(
    'The ZIP file holds another packed file, "%(name)s"; pack the tables themselves.'
)
ZIP_EMPTY = _("The ZIP file holds no table.")
XML_ENTITIES = _("The XML declares a document type or entities, which can harm; it is refused.")
XML_OTHER = _("The file is XML, but not SDMX-ML 2.1 with data.")
JSON_OTHER = _("The file is JSON, but not SDMX-JSON with data.")
SDMX_BROKEN = gettext_noop("The SDMX message cannot be read: %(reason)s.")
NO_TABLE = _(
    "No table was recognised: none of the first rows names a country together with years, "
    "values or indicators; say which columns hold them."
)
HEADER_ONLY = _("The table has a header but no values below it.")
NO_LAYOUT = _("This is no layout of a file.")
NO_COLUMN = gettext_noop(
    'The layout names the column "%(column)s", which the table "%(sheet)s" does not have.'
)
NO_SHEET = gettext_noop('The layout names the sheet "%(sheet)s", which the file does not have.')

# Wrong cells (Fault). The key is the fault's code.
FAULTS = {
    "country_blank": _("The row has a value but names no country."),
    "country_unknown": gettext_noop("%(found)s is no country or group of countries known here."),
    "country_ambiguous": gettext_noop("%(found)s can be several countries or groups of countries."),
    "country_contradicted": gettext_noop(
        "The code and the name are not of the same country: %(found)s."
    ),
    "indicator_blank": _("The value belongs to no indicator."),
    "indicator_contradicted": gettext_noop(
        "The code and the name are not of the same indicator: %(found)s."
    ),
    "indicator_long": _("The code of the indicator is too long."),
    "period_blank": _("The value has no year or period."),
    "period_unclear": gettext_noop("%(found)s is no year or period."),
    "period_date_number": gettext_noop(
        "%(found)s is a date that a spreadsheet has turned into a number."
    ),
    "period_out_of_range": gettext_noop("The year of %(found)s cannot be right."),
    "frequency_contradicted": gettext_noop("The period and the frequency do not fit: %(found)s."),
    "value_not_number": gettext_noop("%(found)s is not a number."),
    "value_infinite": gettext_noop("%(found)s is infinite."),
    "value_nan": gettext_noop("%(found)s says that there is no number."),
    "value_percent": gettext_noop(
        "%(found)s has a percent sign, but the indicator is not in percent."
    ),
    "value_date": gettext_noop(
        "%(found)s is a date; a spreadsheet may have made it from a number."
    ),
    "value_logical": gettext_noop("%(found)s is a truth value, not a number."),
    "value_error": gettext_noop("The formula of the cell fails: %(found)s."),
    "value_formula": _("The formula has no stored result; open the file, let it compute, save it."),
    "value_formula_text": gettext_noop("%(found)s is a formula written as text."),
    "value_below": gettext_noop("%(found)s is below the least value the indicator can have."),
    "value_above": gettext_noop("%(found)s is above the greatest value the indicator can have."),
    "unit_contradicted": gettext_noop("The unit %(found)s is not the unit of the indicator."),
    "multiplier_unclear": gettext_noop("%(found)s is no power of ten."),
    "standard_error_unclear": gettext_noop("%(found)s is no standard error."),
    "sample_size_unclear": gettext_noop("%(found)s is no sample size."),
    "action_unknown": gettext_noop("%(found)s asks for something other than adding values."),
    "text_long": gettext_noop("The text is too long: %(found)s."),
    "row_long": gettext_noop("The row has more cells than the header: %(found)s stands beyond it."),
    "conflict": gettext_noop(
        "The same value stands in two places and differs: %(mine)s here, %(value)s in %(place)s."
    ),
    "jump": gettext_noop("%(found)s is far from what the series has been: %(past)s in %(when)s."),
}

# What was expected there, where one text does for every case.
EXPECTED: dict[str, Template] = {
    "country_blank": _("a country's code or name"),
    "indicator_blank": _("an indicator's code or name, in the table or in the layout"),
    "indicator_long": _("at most 200 characters"),
    "period_blank": _("a year such as 2015"),
    "period_unclear": _("a year such as 2015, or 2015-Q1, 2015-01, 2015-S1, 2015-W01, 2015-01-31"),
    "period_date_number": _("a year such as 2015"),
    "value_not_number": _("a number"),
    "value_infinite": _("a finite number"),
    "value_nan": _("a number or a blank cell"),
    "value_percent": _("a number without a percent sign"),
    "value_date": _("a number"),
    "value_logical": _("a number"),
    "value_error": _("a number or a blank cell"),
    "value_formula": _("a number"),
    "value_formula_text": _("a number"),
    "multiplier_unclear": _("a whole number from -12 to 12"),
    "standard_error_unclear": _("a number not below 0"),
    "sample_size_unclear": _("a whole number from 0 to 2,147,483,647"),
    "action_unknown": _("append, replace or information"),
    "row_long": _("no cell beyond the header"),
    "conflict": gettext_noop("the same value as %(value)s in %(place)s"),
    "jump": gettext_noop("about %(past)s, the value of %(when)s"),
    "indicator_contradicted": gettext_noop("%(name)s is %(code)s"),
    "period_out_of_range": gettext_noop("a year from %(first)s to %(last)s"),
    "frequency_contradicted": gettext_noop("the frequency %(frequency)s"),
    "value_below": gettext_noop("at least %(bound)s"),
    "value_above": gettext_noop("at most %(bound)s"),
    "unit_contradicted": "%(unit)s",
    "text_long": ngettext_lazy("at most %(n)s character", "at most %(n)s characters"),
}
# Where it depends on the case.
ONE_OF = gettext_noop("one of %(offered)s")
PERHAPS = gettext_noop("perhaps %(offered)s")
ANY_COUNTRY = _("a country's code or name")
ONE_YEAR = _("one year such as 2015: say in which year such a period counts")
BUDDHIST_YEAR = gettext_noop("a year such as %(year)s, if %(number)s is a year of the Buddhist era")
DATED_YEAR = gettext_noop(
    "a year such as %(year)s (%(number)s is %(day)s as a spreadsheet counts days)"
)

PLACE = gettext_noop("row %(row)s, column %(column)s")
IN_PLACE = gettext_noop("%(place)s: %(message)s")
PLACE_IN_SHEET = gettext_noop("sheet %(sheet)s, row %(row)s, column %(column)s")

# The workbook with the wrong cells marked.
FAULTS_LISTED = _("Faults")
FAULT_HEADINGS = (
    _("Sheet"),
    _("Row"),
    _("Column"),
    _("Severity"),
    _("Found"),
    _("Expected"),
    _("What is wrong"),
)
SEVERITIES = {"error": _("error"), "warning": _("warning")}
MARKED = gettext_noop("%(message)s Expected: %(expected)s.")

# Parts of sentences.
WORKBOOK = _("an Excel workbook")
OPEN_DOCUMENT = _("an OpenDocument sheet")
ZIP_FILE = _("a ZIP file")
ZIP_OR_WORKBOOK = _("a ZIP file or a workbook")
PDF = _("a PDF document")
TEXT_DOCUMENT = _("a text document")
PICTURE = _("a picture")
PARQUET = _("a Parquet file")
ARROW = _("an Arrow file")
DATABASE = _("a database")
PROGRAM = _("a program")
PRESENTATION = _("a document or a presentation")
OLD_DOCUMENT = _("a document of an old Office program")
WEB_PAGE = _("a web page")
XML_SHEET = _("an XML sheet of Excel 2003")
READABLE = _("a table of values in a file that can be opened")
DECIMAL_SIGN = _("the decimal sign")
THOUSANDS_SIGN = _("the sign between thousands")
NO_VALUE = _("no value")
AND_MORE = gettext_noop("%(names)s and %(more)s more")
SAME_PLACES = gettext_noop("%(place)s as %(first)s")

# What the file was like, nothing to mend (Told).
TOLD = {
    "sheet_hidden": gettext_noop('The sheet "%(sheet)s" is hidden and was not read.'),
    "sheet_unused": gettext_noop(
        'The sheet "%(sheet)s" holds no table of values and was not read.'
    ),
    "sheet_chart": gettext_noop('The sheet "%(sheet)s" holds no cells and was not read.'),
    "encoding_guessed": gettext_noop('The encoding was guessed: "%(encoding)s".'),
    "column_unread": gettext_noop('The column "%(column)s" was not read.'),
    "column_ignored": gettext_noop('The column "%(column)s" of "%(sheet)s" was not read.'),
    "member_unread": gettext_noop('The file "%(name)s" in the ZIP was not read: %(reason)s'),
    "missing_marks": gettext_noop(
        "Cells that say there is no value (%(marks)s): %(count)s; missing, not 0."
    ),
    "percent_signs": gettext_noop(
        "Values with a percent sign, whose indicators are in percent: %(count)s."
    ),
    "footnote_marks": gettext_noop(
        "Values with a footnote mark (%(marks)s), kept as their flag: %(count)s."
    ),
    "minus_one": gettext_noop(
        "Values of -1 in series that have no other value below 0: %(count)s (%(names)s). Some "
        "publishers write -1 for no value; if this one does, name it as a mark for missing."
    ),
    "footnote_periods": gettext_noop(
        "Values whose period has a footnote mark (%(marks)s): %(count)s."
    ),
    "repeated": gettext_noop(
        "Repeated values that agree, each taken once: %(count)s (%(places)s)."
    ),
    "aggregates": gettext_noop("Groups of countries, not countries: %(count)s (%(names)s)."),
    "names_by_code": gettext_noop(
        "Values taken by their code, whose name is not known: %(count)s (%(names)s)."
    ),
    "left_out": gettext_noop("Values left out, as decided before: %(count)s (%(names)s)."),
    "indicators_new": gettext_noop("New indicators: %(count)s (%(names)s)."),
    "scaled": gettext_noop("Values multiplied as their power of ten says: %(count)s."),
    "past_too_large": gettext_noop(
        "The dataset has more than %(most)s values: whether new ones are far from the past ones "
        "was not looked at."
    ),
    "year_dates": gettext_noop("The years are written as dates (%(found)s)."),
    "number_style": gettext_noop(
        "Nothing in the file shows whether %(sign)s in %(found)s parts thousands or decimals; "
        "it was read as %(read)s."
    ),
}


def quoted(text: str, length: int = 60) -> str:
    """A text of the file as a sentence shows it."""
    text = " ".join(text.split())
    return f'"{text if len(text) <= length else text[: length - 3] + "..."}"'
