"""200 officers' worth of saves on the live web, and whether the database holds what was told."""

from collections.abc import Iterable
from statistics import median, quantiles

from django.urls import reverse

from accounts.models import User
from diagnostics.models import ResponseChange, Sheet
from tests.bench import load, servers
from tests.bench.measures import TOKEN, signed_in
from tests.bench.tables import Table
from tests.factories import people, rounds

ORGANISATIONS, COLLEAGUES = 50, 4
OWN_ITEMS = 3  # each colleague's; one more item is answered by all four
OFFICERS = ORGANISATIONS * COLLEAGUES
SAVES, PAUSE, LIMIT = 4, 10.0, 90.0  # each officer's; nobody answers faster for long
ALONE = 150
CROWD, CROWD_SAVES = 16, 50
HEAD = (
    "load",
    "saves",
    "sent twice",
    "saves a second",
    "median ms",
    "p99 ms",
    "p99 / median alone",
)


def run() -> tuple[list[Table], list[str]]:
    """The table, and a sentence for each thing that went wrong or was lost."""
    (alone,), crowd = seated(1, 1), seated(ORGANISATIONS, COLLEAGUES)
    with servers.web() as (address, _pid):
        load.run(address, [alone], saves=10, pause=0, limit=LIMIT)  # to warm up
        one = load.run(address, [alone], saves=ALONE, pause=0, limit=LIMIT)
        many = load.run(address, crowd, saves=SAVES, pause=PAUSE, limit=LIMIT)
        most = load.run(address, crowd[:CROWD], saves=CROWD_SAVES, pause=0, limit=LIMIT)
    unit = median(one.milliseconds)
    table = Table(
        f"Saves by {OFFICERS} officers on {ORGANISATIONS} sheets, against one officer alone",
        HEAD,
        [
            row("one officer, one save after another", one, unit),
            row(f"{OFFICERS} officers, each a save every {PAUSE:g} s", many, unit),
            row(f"{CROWD} clients without a pause", most, unit),
        ],
    )
    faults = [fault for result in (one, many, most) for fault in result.faults]
    differences = lost([*many.told, *most.told], crowd)
    if not (faults or differences):
        table.note = (
            f"The database holds exactly the {len(many.told) + len(most.told)} answers told."
        )
    return [table], faults + differences


def seated(organisations: int, colleagues: int, country: str = "XBA") -> list[load.Officer]:
    """Officers signed in, so many to each organisation's sheet in one round of the country."""
    country = people.CountryFactory(code=country, is_fictional=True)
    raters = [people.OrganisationFactory(country=country) for _ in range(organisations)]
    made = rounds.RoundFactory(
        country=country,
        instrument_version=rounds.version(code="bench-load", items=COLLEAGUES * OWN_ITEMS + 1),
        sheets=[(rater, "government", ["money"]) for rater in raters],
    )
    sheets = {sheet.organisation_id: sheet for sheet in made.sheets.exclude(organisation=None)}
    return [
        _officer(people.officer(rater), sheets[rater.pk], at)
        for rater in raters
        for at in range(colleagues)
    ]


def lost(
    told: Iterable[load.Told],
    officers: Iterable[load.Officer],
    unsure: Iterable[load.Told] = (),
) -> list[str]:
    """How the answers' history and state differ from what the server told; empty when nowhere.

    What was sent without an answer (`unsure`) may be there or not.
    """
    expected: dict[tuple[str, int], str] = {}
    faults = []
    for one in told:
        if expected.setdefault((one.path, one.revision), one.comment) != one.comment:
            faults.append(f"{one.path}: revision {one.revision} was told to two officers.")
    paths = {path for officer in officers for path in officer.revisions}
    held: dict[tuple[str, int], str] = {}
    for change in ResponseChange.objects.select_related("response__item"):
        stored = change.response
        path = _path(stored.sheet_id, stored.item.code)
        if path not in paths:
            continue
        held[path, change.revision] = change.content["comment"]
        if change.revision == stored.revision and change.content["comment"] != stored.comment:
            faults.append(f"{path}: the answer is not its newest revision.")
    maybe = {(one.path, one.revision, one.comment) for one in unsure}
    for key in sorted(expected.keys() | held.keys()):
        said, stored = expected.get(key), held.get(key)
        if said != stored and not (said is None and (*key, stored) in maybe):
            faults.append(f"{key[0]}, revision {key[1]}: told {said!r}, stored {stored!r}.")
    return faults


def _officer(user: User, sheet: Sheet, at: int) -> load.Officer:
    """The `at`-th colleague at the sheet: some items are theirs, the last is everybody's."""
    cookies = signed_in(user).cookies
    items = list(sheet.responses.values_list("item__code", "revision"))
    items = [*items[at * OWN_ITEMS : (at + 1) * OWN_ITEMS], items[-1]]
    return load.Officer(
        name=user.name,
        headers={
            "Cookie": "; ".join(f"{name}={cookie.value}" for name, cookie in cookies.items()),
            "X-CSRFToken": TOKEN,
        },
        revisions={_path(sheet.pk, code): revision for code, revision in items},
    )


def _path(sheet: int, item: str) -> str:
    return reverse("api:response", args=[sheet, item])


def row(name: str, result: load.Result, unit: float) -> tuple:
    times = result.milliseconds
    p99 = quantiles(times, n=100)[98]
    rate = len(result.told) / result.seconds
    return name, len(result.told), result.conflicts, rate, median(times), p99, p99 / unit
