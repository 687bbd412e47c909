"""Every sentence that reading and checking say, in one place.

The braces are filled with what was found, what was expected and, where two places are meant, the
`other` one.
"""

# A file that cannot be read at all (Refused).
EMPTY = "The file is empty."
TOO_LARGE = "The file has {size} MB; at most {most} MB can be read."
NOT_THERE = "The file cannot be opened: {reason}."
IS_KIND = "The file is {what}, not a table; send it as CSV, XLSX, XLS, ODS or SDMX."
IS_PACKED = "The file is packed with {what}; unpack it or pack it as ZIP."
PASSWORD = "The file is protected by a password; remove the password and send it again."  # noqa: S105
BROKEN = "The file says it is {what} but is damaged and cannot be opened."
BINARY = "The file is neither text nor a workbook: it contains NUL bytes from byte {place} on."
ENCODING = 'The file is not text in the encoding "{encoding}".'
MIXED = "The file is UTF-8 text but for row {row}; save it anew in one encoding."
LONG_LINE = "Row {row} is longer than {most} MB: no table has such rows."
OPEN_QUOTE = "The quotation mark opened in row {row} is never closed."
COLUMNS = 'The table "{sheet}" has {columns:,} columns; at most {most:,} can be read.'
CELLS = 'The sheet "{sheet}" spans {cells:,} cells; at most {most:,} can be read.'
ZIP_MEMBERS = "The ZIP file holds {members} files; at most {most} can be read."
ZIP_SIZE = "The ZIP file unpacks to {size} MB; at most {most} MB can be read."
ZIP_RATIO = "The ZIP file unpacks to {ratio} times its size, which no table does; it is refused."
ZIP_NESTED = 'The ZIP file holds another packed file, "{name}"; pack the tables themselves.'
ZIP_EMPTY = "The ZIP file holds no table."
XML_ENTITIES = "The XML declares a document type or entities, which can harm; it is refused."
XML_OTHER = "The file is XML, but not SDMX-ML 2.1 with data."
JSON_OTHER = "The file is JSON, but not SDMX-JSON with data."
SDMX_BROKEN = "The SDMX message cannot be read: {reason}."
NO_TABLE = (
    "No table was recognised: none of the first rows names a country together with years, "
    "values or indicators; say which columns hold them."
)
HEADER_ONLY = "The table has a header but no values below it."
NO_LAYOUT = "This is no layout of a file."
NO_COLUMN = 'The layout names the column "{column}", which the table "{sheet}" does not have.'
NO_SHEET = 'The layout names the sheet "{sheet}", which the file does not have.'

# Wrong cells (Fault). The key is the fault's code.
FAULTS = {
    "country_blank": "The row has a value but names no country.",
    "country_unknown": "{found} is no country or group of countries known here.",
    "country_ambiguous": "{found} can be several countries or groups of countries.",
    "country_contradicted": "The code and the name are not of the same country: {found}.",
    "indicator_blank": "The value belongs to no indicator.",
    "indicator_contradicted": "The code and the name are not of the same indicator: {found}.",
    "indicator_long": "The code of the indicator is too long.",
    "period_blank": "The value has no year or period.",
    "period_unclear": "{found} is no year or period.",
    "period_date_number": "{found} is a date that a spreadsheet has turned into a number.",
    "period_out_of_range": "The year of {found} cannot be right.",
    "frequency_contradicted": "The period and the frequency do not fit: {found}.",
    "value_not_number": "{found} is not a number.",
    "value_infinite": "{found} is infinite.",
    "value_nan": "{found} says that there is no number.",
    "value_percent": "{found} has a percent sign, but the indicator is not in percent.",
    "value_date": "{found} is a date; a spreadsheet may have made it from a number.",
    "value_logical": "{found} is a truth value, not a number.",
    "value_error": "The formula of the cell fails: {found}.",
    "value_formula": "The formula has no stored result; open the file, let it compute, save it.",
    "value_formula_text": "{found} is a formula written as text.",
    "value_below": "{found} is below the least value the indicator can have.",
    "value_above": "{found} is above the greatest value the indicator can have.",
    "unit_contradicted": "The unit {found} is not the unit of the indicator.",
    "multiplier_unclear": "{found} is no power of ten.",
    "standard_error_unclear": "{found} is no standard error.",
    "sample_size_unclear": "{found} is no sample size.",
    "action_unknown": "{found} asks for something other than adding values.",
    "text_long": "The text is too long: {found}.",
    "row_long": "The row has more cells than the header: {found} stands beyond it.",
    "conflict": "The same value stands in two places and differs: {found} here, {other}.",
    "jump": "{found} is far from what the series has been: {other}.",
}

# What was expected there, where it is always the same.
EXPECTED = {
    "country_blank": "a country's code or name",
    "indicator_blank": "an indicator's code or name, in the table or in the layout",
    "indicator_long": "at most 200 characters",
    "period_blank": "a year such as 2015",
    "period_unclear": "a year such as 2015, or 2015-Q1, 2015-01, 2015-S1, 2015-W01, 2015-01-31",
    "period_date_number": "a year such as 2015",
    "value_not_number": "a number",
    "value_infinite": "a finite number",
    "value_nan": "a number or a blank cell",
    "value_percent": "a number without a percent sign",
    "value_date": "a number",
    "value_logical": "a number",
    "value_error": "a number or a blank cell",
    "value_formula": "a number",
    "value_formula_text": "a number",
    "multiplier_unclear": "a whole number from -12 to 12",
    "standard_error_unclear": "a number not below 0",
    "sample_size_unclear": "a whole number from 0 to 2,147,483,647",
    "action_unknown": "append, replace or information",
    "row_long": "no cell beyond the header",
}

# What the file was like, nothing to mend (Told).
TOLD = {
    "sheet_hidden": 'The sheet "{sheet}" is hidden and was not read.',
    "sheet_unused": 'The sheet "{sheet}" holds no table of values and was not read.',
    "sheet_chart": 'The sheet "{sheet}" holds no cells and was not read.',
    "encoding_guessed": 'The encoding was guessed: "{encoding}".',
    "column_ignored": 'The column "{column}" of "{sheet}" was not read.',
    "member_unread": 'The file "{name}" in the ZIP was not read: {reason}',
    "missing_marks": "Cells that say there is no value ({marks}): {count}; missing, not 0.",
    "percent_signs": "Values with a percent sign, whose indicators are in percent: {count}.",
    "footnote_marks": "Values with a footnote mark ({marks}), kept as their flag: {count}.",
    "footnote_periods": "Values whose period has a footnote mark ({marks}): {count}.",
    "repeated": "Repeated values that agree, each taken once: {count} ({places}).",
    "aggregates": "Groups of countries, not countries: {count} ({names}).",
    "names_by_code": "Values taken by their code, whose name is not known: {count} ({names}).",
    "left_out": "Values left out, as decided before: {count} ({names}).",
    "indicators_new": "New indicators: {count} ({names}).",
    "scaled": "Values multiplied as their power of ten says: {count}.",
    "year_dates": "The years are written as dates ({found}).",
    "number_style": (
        "Nothing in the file shows whether {sign} in {found} parts thousands or decimals; "
        "it was read as {read}."
    ),
}


def quoted(text: str, length: int = 60) -> str:
    """A text of the file as a sentence shows it."""
    text = " ".join(text.split())
    return f'"{text if len(text) <= length else text[: length - 3] + "..."}"'
