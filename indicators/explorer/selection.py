"""What the address of an explorer page chooses: countries, peers, a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from countries.models import Country
from countries.queries import gazetteer

DRAWN = 6  # as many lines as differ by point and dash


@dataclass(frozen=True)
class Selection:
    """`told` has a sentence for everything in the address that could not be used.

    `asked` is what was written to add a country, `offered` the codes it may mean; where it meant
    one for sure that is in `countries`, and `is_new` says that the address should have it too.
    """

    countries: tuple[str, ...] = ()
    group: str = ""
    year: int | None = None
    topic: str = ""
    breakdown: str = ""
    indicators: tuple[int, ...] = ()
    told: tuple[str, ...] = ()
    asked: str = ""
    offered: tuple[str, ...] = ()
    is_new: bool = False

    def address(self, **changed: object) -> str:
        """The query string of this choice with some of it changed."""
        kept = {
            "indicator": self.indicators,
            "country": self.countries,
            "peers": self.group,
            "year": self.year,
            "topic": self.topic,
            "breakdown": self.breakdown,
        }
        pairs = {key: value for key, value in {**kept, **changed}.items() if value}
        return "?" + urlencode(pairs, doseq=True)

    def with_country(self, code: str) -> str:
        return self.address(country=(*self.countries, code))

    def without_country(self, code: str) -> str:
        return self.address(country=[c for c in self.countries if c != code])

    def hidden(self, *but: str) -> list[tuple[str, object]]:
        """Names and values a form must send along to keep the rest of the choice."""
        kept = [("peers", self.group), ("year", self.year), ("topic", self.topic)]
        kept += [("breakdown", self.breakdown)]
        kept += [("indicator", pk) for pk in self.indicators]
        kept += [("country", code) for code in self.countries]
        return [(name, value) for name, value in kept if value and name not in but]


def chosen(
    query: QueryDict, areas: Mapping[str, Country], groups: Mapping[str, Sequence[str]]
) -> Selection:
    """Reads the address; `groups` are those that may be peers."""
    told = []
    codes = [code.upper() for code in query.getlist("country") if code]
    asked, offered = query.get("add", "").strip()[:100], []
    found = gazetteer().find_text(asked) if asked else None
    if found and found.area:
        codes.append(found.area.code)
    elif found:
        offered = [area.code for area in found.offered]
    for code in [code for code in codes if code not in areas]:
        told.append(_("There is no country with the code %(code)s.") % {"code": code[:20]})
    countries = tuple(dict.fromkeys(code for code in codes if code in areas))
    if len(countries) > DRAWN:
        told.append(_("At most %(n)s countries are shown: the first chosen.") % {"n": DRAWN})
    group = query.get("peers", "").upper()
    if group and group not in groups:
        told.append(_("There is no group with the code %(code)s.") % {"code": group[:20]})
        group = ""
    year = query.get("year", "")
    if year and not (year.isascii() and year.isdigit() and len(year) == len("2000")):
        told.append(_("%(year)s is not a year.") % {"year": year[:20]})
        year = ""
    numbers = [pk for pk in query.getlist("indicator") if pk.isascii() and pk.isdigit()]
    return Selection(
        countries=countries[:DRAWN],
        group=group,
        year=int(year) if year else None,
        topic=query.get("topic", "").replace("\x00", ""),
        breakdown=query.get("breakdown", ""),
        indicators=tuple(dict.fromkeys(int(pk) for pk in numbers if len(pk) < len("2147483647"))),
        told=tuple(told),
        asked=asked,
        offered=tuple(offered),
        is_new=bool(found and found.area),
    )
