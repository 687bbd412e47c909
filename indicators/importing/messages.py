"""Every sentence that reading and checking say, in one place.

The braces are filled with what was found and the facts of the case; `Sentence` does it, in English
here and in the reader's language on a page.
"""

from countries.content.sentences import Sentence, Text, ngettext_lazy
from countries.content.sentences import gettext_noop as _

# A file that cannot be read at all (Refused).
EMPTY = _("The file is empty.")
TOO_LARGE = _("The file has {size} MB; at most {most} MB can be read.")
TOO_LARGE_OF_KIND = _("The file has more than {most} MB; of this kind, more cannot be read.")
NOT_THERE = _("The file cannot be opened: {reason}.")
IS_KIND = _("The file is {what}, not a table; send it as CSV, XLSX, XLS, ODS or SDMX.")
IS_PACKED = _("The file is packed with {what}; unpack it or pack it as ZIP.")
PASSWORD = _("The file is protected by a password; remove the password and send it again.")
BROKEN = _("The file says it is {what} but is damaged and cannot be opened.")
BINARY = _("The file is neither text nor a workbook: it contains NUL bytes from byte {place} on.")
ENCODING = _('The file is not text in the encoding "{encoding}".')
MIXED = _("The file is UTF-8 text but for row {row}; save it anew in one encoding.")
LONG_LINE = _("Row {row} is longer than {most} MB: no table has such rows.")
OPEN_QUOTE = _("The quotation mark opened in row {row} is never closed.")
COLUMNS = ngettext_lazy(
    'The table "{sheet}" has {columns} column; at most {most} can be read.',
    'The table "{sheet}" has {columns} columns; at most {most} can be read.',
    "columns",
)
CELLS = ngettext_lazy(
    'The sheet "{sheet}" spans {cells} cell; at most {most} can be read.',
    'The sheet "{sheet}" spans {cells} cells; at most {most} can be read.',
    "cells",
)
ZIP_MEMBERS = ngettext_lazy(
    "The ZIP file holds {members} file; at most {most} can be read.",
    "The ZIP file holds {members} files; at most {most} can be read.",
    "members",
)
ZIP_SIZE = _("The ZIP file unpacks to {size} MB; at most {most} MB can be read.")
ZIP_RATIO = _("The ZIP file unpacks to {ratio} times its size, which no table does; it is refused.")
ZIP_NESTED = _('The ZIP file holds another packed file, "{name}"; pack the tables themselves.')
ZIP_EMPTY = _("The ZIP file holds no table.")
XML_ENTITIES = _("The XML declares a document type or entities, which can harm; it is refused.")
XML_OTHER = _("The file is XML, but not SDMX-ML 2.1 with data.")
JSON_OTHER = _("The file is JSON, but not SDMX-JSON with data.")
SDMX_BROKEN = _("The SDMX message cannot be read: {reason}.")
NO_TABLE = _(
    "No table was recognised: none of the first rows names a country together with years, "
    "values or indicators; say which columns hold them."
)
HEADER_ONLY = _("The table has a header but no values below it.")
NO_LAYOUT = _("This is no layout of a file.")
NO_COLUMN = _('The layout names the column "{column}", which the table "{sheet}" does not have.')
NO_SHEET = _('The layout names the sheet "{sheet}", which the file does not have.')

# Wrong cells (Fault). The key is the fault's code.
FAULTS = {
    "country_blank": _("The row has a value but names no country."),
    "country_unknown": _("{found} is no country or group of countries known here."),
    "country_ambiguous": _("{found} can be several countries or groups of countries."),
    "country_contradicted": _("The code and the name are not of the same country: {found}."),
    "indicator_blank": _("The value belongs to no indicator."),
    "indicator_contradicted": _("The code and the name are not of the same indicator: {found}."),
    "indicator_long": _("The code of the indicator is too long."),
    "period_blank": _("The value has no year or period."),
    "period_unclear": _("{found} is no year or period."),
    "period_date_number": _("{found} is a date that a spreadsheet has turned into a number."),
    "period_out_of_range": _("The year of {found} cannot be right."),
    "frequency_contradicted": _("The period and the frequency do not fit: {found}."),
    "value_not_number": _("{found} is not a number."),
    "value_infinite": _("{found} is infinite."),
    "value_nan": _("{found} says that there is no number."),
    "value_percent": _("{found} has a percent sign, but the indicator is not in percent."),
    "value_date": _("{found} is a date; a spreadsheet may have made it from a number."),
    "value_logical": _("{found} is a truth value, not a number."),
    "value_error": _("The formula of the cell fails: {found}."),
    "value_formula": _("The formula has no stored result; open the file, let it compute, save it."),
    "value_formula_text": _("{found} is a formula written as text."),
    "value_below": _("{found} is below the least value the indicator can have."),
    "value_above": _("{found} is above the greatest value the indicator can have."),
    "unit_contradicted": _("The unit {found} is not the unit of the indicator."),
    "multiplier_unclear": _("{found} is no power of ten."),
    "standard_error_unclear": _("{found} is no standard error."),
    "sample_size_unclear": _("{found} is no sample size."),
    "action_unknown": _("{found} asks for something other than adding values."),
    "text_long": _("The text is too long: {found}."),
    "row_long": _("The row has more cells than the header: {found} stands beyond it."),
    "conflict": _(
        "The same value stands in two places and differs: {mine} here, {value} in {place}."
    ),
    "jump": _("{found} is far from what the series has been: {past} in {when}."),
}

# What was expected there, where one text does for every case.
EXPECTED: dict[str, Text] = {
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
    "conflict": _("the same value as {value} in {place}"),
    "jump": _("about {past}, the value of {when}"),
    "indicator_contradicted": _("{name} is {code}"),
    "period_out_of_range": _("a year from {first} to {last}"),
    "frequency_contradicted": _("the frequency {frequency}"),
    "value_below": _("at least {bound}"),
    "value_above": _("at most {bound}"),
    "unit_contradicted": "{unit}",
    "text_long": ngettext_lazy("at most {most} character", "at most {most} characters", "most"),
}
# Where it depends on the case.
ONE_OF = _("one of {offered}")
PERHAPS = _("perhaps {offered}")
ANY_COUNTRY = _("a country's code or name")
ONE_YEAR = _("one year such as 2015: say in which year such a period counts")
BUDDHIST_YEAR = _("a year such as {year}, if {number} is a year of the Buddhist era")
DATED_YEAR = _("a year such as {year} ({number} is {day} as a spreadsheet counts days)")

PLACE = _("row {row}, column {column}")
PLACE_IN_SHEET = _("sheet {sheet}, row {row}, column {column}")

# The workbook with the wrong cells marked.
FAULTS_LISTED = Sentence(_("Faults"))
FAULT_HEADINGS = (
    Sentence(_("Sheet")),
    Sentence(_("Row")),
    Sentence(_("Column")),
    Sentence(_("Severity")),
    Sentence(_("Found")),
    Sentence(_("Expected")),
    Sentence(_("What is wrong")),
)
SEVERITIES = {"error": Sentence(_("error")), "warning": Sentence(_("warning"))}
MARKED = _("{message} Expected: {expected}.")

# Parts of sentences.
WORKBOOK = Sentence(_("an Excel workbook"))
OPEN_DOCUMENT = Sentence(_("an OpenDocument sheet"))
ZIP_FILE = Sentence(_("a ZIP file"))
ZIP_OR_WORKBOOK = Sentence(_("a ZIP file or a workbook"))
PDF = Sentence(_("a PDF document"))
TEXT_DOCUMENT = Sentence(_("a text document"))
PICTURE = Sentence(_("a picture"))
PARQUET = Sentence(_("a Parquet file"))
ARROW = Sentence(_("an Arrow file"))
DATABASE = Sentence(_("a database"))
PROGRAM = Sentence(_("a program"))
PRESENTATION = Sentence(_("a document or a presentation"))
OLD_DOCUMENT = Sentence(_("a document of an old Office program"))
WEB_PAGE = Sentence(_("a web page"))
XML_SHEET = Sentence(_("an XML sheet of Excel 2003"))
READABLE = Sentence(_("a table of values in a file that can be opened"))
THE_FILE = Sentence(_("the file"))
DECIMAL_SIGN = Sentence(_("the decimal sign"))
THOUSANDS_SIGN = Sentence(_("the sign between thousands"))
NO_VALUE = Sentence(_("no value"))
AND_MORE = _("{names} and {more} more")
SAME_PLACES = _("{place} as {first}")

# What the file was like, nothing to mend (Told).
TOLD = {
    "sheet_hidden": _('The sheet "{sheet}" is hidden and was not read.'),
    "sheet_unused": _('The sheet "{sheet}" holds no table of values and was not read.'),
    "sheet_chart": _('The sheet "{sheet}" holds no cells and was not read.'),
    "encoding_guessed": _('The encoding was guessed: "{encoding}".'),
    "column_ignored": _('The column "{column}" of "{sheet}" was not read.'),
    "member_unread": _('The file "{name}" in the ZIP was not read: {reason}'),
    "missing_marks": _("Cells that say there is no value ({marks}): {count}; missing, not 0."),
    "percent_signs": _("Values with a percent sign, whose indicators are in percent: {count}."),
    "footnote_marks": _("Values with a footnote mark ({marks}), kept as their flag: {count}."),
    "footnote_periods": _("Values whose period has a footnote mark ({marks}): {count}."),
    "repeated": _("Repeated values that agree, each taken once: {count} ({places})."),
    "aggregates": _("Groups of countries, not countries: {count} ({names})."),
    "names_by_code": _("Values taken by their code, whose name is not known: {count} ({names})."),
    "left_out": _("Values left out, as decided before: {count} ({names})."),
    "indicators_new": _("New indicators: {count} ({names})."),
    "scaled": _("Values multiplied as their power of ten says: {count}."),
    "past_too_large": _(
        "The dataset has more than {most} values: whether new ones are far from the past ones was "
        "not looked at."
    ),
    "year_dates": _("The years are written as dates ({found})."),
    "number_style": _(
        "Nothing in the file shows whether {sign} in {found} parts thousands or decimals; "
        "it was read as {read}."
    ),
}


def quoted(text: str, length: int = 60) -> str:
    """A text of the file as a sentence shows it."""
    text = " ".join(text.split())
    return f'"{text if len(text) <= length else text[: length - 3] + "..."}"'
