"""Every sentence that reading tables of employment and of linkages says beyond the importer's."""

from countries.content.sentences import Sentence, Template, _, gettext_noop, ngettext_lazy
from indicators.importing import messages

# A file that cannot be read at all (Refused).
NO_HEADER = gettext_noop(
    "No table was recognised: none of the first rows names the columns %(columns)s."
)
COLUMNS_MISSING = gettext_noop(
    "No table was recognised: row %(row)s comes nearest to a header but does not name "
    "%(lacking)s; the columns %(columns)s are expected."
)
LAYOUT_LACKS = gettext_noop(
    "No table was recognised: row %(row)s was read as a header with %(layout)s, and nothing in the "
    "table names %(lacking)s. Add it as a column, or as a row of the header."
)
YEAR_NOWHERE = gettext_noop(
    "No table was recognised: row %(row)s was read as a header with %(layout)s, and no year was "
    "found. Name the sheet by its year, write the year above the table, or add it as a column."
)
CORNER = gettext_noop(
    "No table was recognised: below row %(row)s figures stand side by side (%(across)s, ...), and "
    "the header of the names at their left says neither region nor industry. Write it there."
)
SEVERAL = gettext_noop(
    "No table was recognised: a header with %(layout)s has several figures below each name in row "
    "%(row)s (%(names)s). Keep the total only."
)
NO_ROWS = _("There are no rows below the columns.")
ROWS = gettext_noop("The table has more than %(most)s rows; no more can be mapped.")
REGIONS = gettext_noop("The table has more than %(most)s regions; no more can be mapped.")
INDUSTRIES = gettext_noop("The table has more than %(most)s industries; no more can be mapped.")
NO_LEVEL = gettext_noop(
    "%(whole)s stands beside parts of it (%(parts)s), but in %(region)s, %(year)s, it has %(n)s "
    "and they have %(m)s together. Keep the rows of one level, so that nobody is counted twice."
)
YEARS = gettext_noop("The table has more than %(most)s years; no more can be mapped.")
FILLED = gettext_noop(
    "With a row for every region, industry and year the table would have %(n)s rows; at most "
    "%(most)s can be mapped. Say that rows that are not in the file are not known."
)

# Wrong cells (Fault). The key is the fault's code.
FAULTS: dict[str, Template] = {
    **messages.FAULTS,
    "region_blank": _("The row names no region."),
    "industry_blank": _("The row names no industry."),
    "period_blank": _("The row has no year."),
    "period_not_year": gettext_noop("%(found)s is not a year."),
    "plant_blank": _("The plant has no number of people employed."),
    "number_below": gettext_noop("%(found)s is below 0."),
    "number_none": gettext_noop("%(found)s is no area."),
    "number_above": gettext_noop("%(found)s is more than can be."),
    "number_fraction": gettext_noop("%(found)s is no whole number, as most of its column are."),
    "number_unclear": gettext_noop("%(found)s can be a thousand or a fraction; people are whole."),
    "cell_twice": gettext_noop("%(found)s stands in %(place)s already, with other figures."),
    "cell_blank": _("Nothing stands here."),
    "actor_alike": gettext_noop("%(found)s differs only in capitals from the actor %(other)s."),
    "actor_twice": gettext_noop("The actor %(found)s stands in %(place)s already."),
    "actor_unknown": gettext_noop("%(found)s is not among the actors of this survey."),
    "actor_silent": gettext_noop("%(found)s did not answer in this survey, so it told of no tie."),
    "answered_told": gettext_noop('"%(actor)s" told of ties in this survey, so it did answer.'),
    "character_unseen": gettext_noop("%(found)s has a character that is not seen (%(odd)s)."),
    "word_unknown": gettext_noop("%(found)s is none of the words of this column."),
    "truth_unclear": gettext_noop("%(found)s is neither yes nor no."),
    "tie_own": gettext_noop("%(found)s has a tie with itself."),
    "tie_twice": gettext_noop("This tie of %(found)s stands in %(place)s already."),
    "since_unclear": gettext_noop("%(found)s is no year, month or day."),
    "since_late": gettext_noop("%(found)s is after the survey's date."),
    "name_alike": gettext_noop("%(found)s differs only in capitals from %(other)s in %(place)s."),
}
YEAR = _("a year such as 2015")
BUDDHIST_YEAR = messages.BUDDHIST_YEAR
SIZE = _("a number of people employed")
WHOLE = _("a whole number")
WHOLE_THOUSAND = gettext_noop("a whole number: %(whole)s if the sign parts thousands")
AT_MOST = gettext_noop("at most %(most)s")
AT_LEAST = _("0 or more")
ABOVE = _("more than 0, or a blank cell where it is not known")
SAME = gettext_noop("the same value as %(value)s in %(place)s")
ONCE = _("each region, industry and year once")
ALIKE = _("the same name written the same way")
NAME = _("a name")
SHORT = gettext_noop("at most %(most)s characters")
STANDS_ONCE = _("each row once")
ONE_OF = messages.ONE_OF
MEANT = gettext_noop("the name as it stands there: %(meant)s")
ENTERED = _("an actor that was entered before")
WHO_ANSWERED = _("an actor that answered")
ANOTHER = _("another actor")
YES_OR_NO = _("yes or no")
YES_OR_BLANK = _("yes or a blank cell")
WITHOUT = _("the text without it")
SINCE = _("a year, a month or a day, such as 2019, 2019-05 or 2019-05-31")
UNTIL = gettext_noop("a beginning until %(day)s")
PLANTS = "plants"  # names the file in the places of its faults

# What the file was like, nothing to mend (Told). By what stands in the header, above the figures:
LAYOUTS: dict[frozenset[str], Sentence] = {
    frozenset(): _("a row for each region, industry and year"),
    frozenset({"year"}): _("regions and industries down, years across"),
    frozenset({"industry"}): _("regions down, industries across"),
    frozenset({"region"}): _("industries down, regions across"),
    frozenset({"industry", "year"}): _("regions down, industries and years across"),
    frozenset({"region", "year"}): _("industries down, regions and years across"),
}
READ_AS = gettext_noop("Read as: %(how)s.")
DATED = gettext_noop("the year as the sheet's name or a line above the table says it: %(years)s")
REGIONS_READ = ngettext_lazy("%(n)s region", "%(n)s regions")
INDUSTRIES_READ = ngettext_lazy("%(n)s industry", "%(n)s industries")
MARKS = gettext_noop(
    "Marks in place of a number, read as suppressed, never as 0: %(count)s (%(marks)s)."
)
FRACTIONS = gettext_noop(
    "Figures with decimals in the column %(column)s, read as they stand though people and firms "
    "are whole: %(count)s."
)
REPEATED = gettext_noop("Repeated rows that agree, each taken once: %(count)s.")
TOTALS = gettext_noop(
    "Figures of totals, left out so that nobody is counted twice: %(count)s (%(names)s)."
)
NOTES = gettext_noop(
    "Rows with words in one cell and nothing else, left out as notes: %(count)s (first: %(first)s)."
)
SUM = gettext_noop(
    "%(name)s holds the sum of all others wherever it has a figure. If it is a total, take its "
    "rows out of the file: as it stands everybody is counted twice."
)
PARTS = gettext_noop(
    "Rows that say that they are a part of others, left out so that nobody is counted twice: "
    "%(count)s (%(names)s)."
)
COARSER = gettext_noop(
    "Rows of industries whose parts stand in the table too and add up to them, left out so that "
    "nobody is counted twice: %(count)s (%(names)s)."
)
GROUPS = gettext_noop(
    "These hold, wherever they have a figure, the sum of those next to them: %(names)s. If they "
    "are groups of them, take their rows out of the file: as it stands everybody in them is "
    "counted twice."
)
UNPLACED = gettext_noop(
    "No region or no industry by their names: %(names)s. The people in their rows stay in all "
    "totals (people: %(people)s, rows: %(count)s), but get no stars and are no candidates."
)
NO_PLANTS_OF = gettext_noop(
    "Industries with sizes of plants that the table does not have: %(count)s (%(names)s)."
)
