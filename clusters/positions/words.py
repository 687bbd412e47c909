"""The words of `clusters.position`: statements, modes, paths, pathways; each with its source."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusters.position import Mode, Path, Quadrant, Strategy, Structure
from countries.references import Reference

Words = str | Promise

PRODUCT: dict[str, Words] = {
    "own_design": _(
        "Firms make products to their own designs, not only to their buyers' drawings."
    ),
    "new_product": _("In the last three years firms sold a product that was new to their market."),
    "product_spending": _("Firms spend on developing products: designers, trials, samples, tests."),
    "own_name": _("Firms sell under their own name, mark, design right or patent."),
}
PROCESS: dict[str, Words] = {
    "current_equipment": _("Most firms work with equipment that is current in their trade."),
    "quality_system": _("Firms hold a certified system of quality that their buyers ask for."),
    "measured": _("Firms record defects, cost and delivery, and act on what they record."),
    "steady_gains": _("Output for each worker has risen in each of the last three years."),
}


@dataclass(frozen=True)
class Told:
    """A name and what it means, with the place in the source; None where it is ours."""

    name: Words
    text: Words
    source: Reference | None


MODES = {
    Mode.FAST_FOLLOWER: Told(
        _("fast follower"),
        _("Strong in products and in processes: what leaders bring out is soon made here, and "
          "improved."),
        Reference("yang-2006", _("section 2.2")),
    ),
    Mode.PROCESS_PIONEER: Told(
        _("pioneer in processes"),
        _("Strong in making, weaker in products of its own: known designs made well and cheaply, "
          "at the price of steady investment in equipment and methods."),
        Reference("yang-2006", _("section 2.2")),
    ),
    Mode.PRODUCT_PIONEER: Told(
        _("pioneer in products"),
        _("New products, but weak in making many of them well; the hardest mode for a country "
          "that industrialises late."),
        Reference("yang-2006", _("section 2.2")),
    ),
    Mode.APPLICATIONS: Told(
        _("specialist in applications"),
        _("Uses what others developed. It pays where new tools are taken up early and used to "
          "serve a known trade better; taken up without such a use, they lead to standstill."),
        Reference("yang-2006", _("section 2.2")),
    ),
}  # fmt: skip

STRATEGIES = {
    Strategy.CLUSTER: Told(
        _("alliances in the cluster"),
        _("Firms ally, with each other and with institutions, and move together from cheap and "
          "simple to good and sophisticated goods."),
        Reference("yang-2006", _("section 2.3 and figure 1")),
    ),
    Strategy.NICHE: Told(
        _("a niche"),
        _("Firms become the supplier of one special product, part or step. From a niche in "
          "processes, alliances in the cluster lead on to fast following."),
        Reference("yang-2006", _("section 2.3 and figure 1")),
    ),
    Strategy.FREE_RIDING: Told(
        _("take what is there"),
        _("Firms take available technology as it is; without knowing what their market wants of "
          "it, they fall behind."),
        Reference("yang-2006", _("section 2.3 and figure 1")),
    ),
}  # fmt: skip

EXPORTS = {
    True: _("High: a larger market makes room for larger and better firms. With both capabilities "
            "high as well, the cluster stands where the figure says welfare is highest."),
    False: _("Low: what lowers the fixed cost of exporting helps: fewer papers, trade agreements, "
             "help with products that please abroad."),
}  # fmt: skip
MODES_SOURCE = Reference("yang-2006", _("figure 1"))
EXPORTS_SOURCE = Reference("yang-2006", _("section 2.3 and figure 2"))

QUADRANTS: dict[Quadrant, Words] = {
    Quadrant.LOW_DOMESTIC: _("simple technology, home market"),
    Quadrant.HIGH_DOMESTIC: _("better technology, home market"),
    Quadrant.LOW_EXPORT: _("simple technology, export"),
    Quadrant.HIGH_EXPORT: _("better technology, export"),
}
LAST_QUADRANT = _("There is no further quadrant: what counts now is to stay, against suppliers "
                  "from everywhere.")  # fmt: skip


@dataclass(frozen=True)
class Way:
    """A path between quadrants, the pathway it belongs to, and what it asks of firms."""

    name: Words
    text: Words
    pathway: str


PATHS = {
    Path.SUPPLY_LARGE: Way(
        _("Supply large firms that produce for the home market"),
        _("Large firms, local or foreign, become customers; meeting what they require takes "
          "investment first."),
        "competitive",
    ),
    Path.EXPORT_THROUGH_LARGE: Way(
        _("Stay a supplier when the large firms export"),
        _("The highest hurdle: suppliers are chosen anew, by world standards of quality, cost and "
          "delivery, and against foreign ones; the whole process has to improve."),
        "competitive",
    ),
    Path.EXPORT_THROUGH_TRADERS: Way(
        _("Export through traders, exporters, visitors and foreign buyers"),
        _("These bring knowledge of markets, design and technology to small producers, and can "
          "make up for their size by coordinating them."),
        "inclusive",
    ),
    Path.UPGRADE_FOR_BUYERS: Way(
        _("Upgrade to what buyers abroad require"),
        _("Each requirement met is a step in technology; joint purchases and shared orders lower "
          "the cost of taking it."),
        "inclusive",
    ),
}  # fmt: skip
PATHS_SOURCE = Reference("sato-asean", _("figure 6"))


@dataclass(frozen=True)
class Pathway:
    """One of the two pathways with the policies that serve it."""

    code: str
    name: Words
    text: Words
    policies: tuple[Words, ...]
    source: Reference


PATHWAYS = (
    Pathway(
        "competitive",
        _("Competitive pathway"),
        _("Firms grow by taking part in the networks of large firms; customers and rivals train "
          "them. Policy is mostly indirect: the conditions under which they can keep up."),
        (
            _("Finance through which firms can invest in better technology"),
            _("Business services that firms can reach"),
            _("Technicians and managers"),
            _("Roads, ports, communication and logistics that keep costs down and deliveries on "
              "time"),
            _("Less to pay and fewer papers in investment, tax, customs and licences"),
        ),
        Reference("sato-asean", _("policies for the competitive and dynamic pathway")),
    ),
    Pathway(
        "inclusive",
        _("Inclusive pathway"),
        _("Firms grow together with their community, through exports by others and by acting "
          "together; trust comes of doing things for the place. Policy is more direct."),
        (
            _("Joint action of firms, as part of the development of their place"),
            _("Ways to wider markets, those abroad among them"),
            _("Basic management, such as bookkeeping, so that firms can get credit"),
            _("Risk shared and barriers lowered in lending to small firms"),
            _("Entrepreneurs, new ones too"),
        ),
        Reference("sato-asean", _("policies for the inclusive pathway")),
    ),
)  # fmt: skip

STRUCTURES = {
    Structure.MISSING_MIDDLE: Told(
        _("missing middle"),
        _("Medium firms employ clearly fewer people than small and than large ones. The harm is "
          "less the gap than the low productivity of the many small firms below it. Exports "
          "through others and joint action are among the answers."),
        Reference("sato-asean", _("figure 2 and the inclusive pathway")),
    ),
    Structure.DOMINANT_LARGE: Told(
        _("dominant large"),
        _("Large firms employ most of the people. They are productive but take on few, so other "
          "sectors carry employment. Lower costs of entry and help for new firms are among the "
          "answers."),
        Reference("sato-asean", _("figure 2 and the inclusive pathway")),
    ),
    Structure.BALANCED: Told(
        _("balanced"),
        _("Small, medium and large firms share employment, and small and medium ones take part in "
          "its growth: growth with equity."),
        Reference("sato-asean", _("figure 2")),
    ),
    Structure.MOSTLY_SMALL: Told(
        _("none of the three patterns"),
        _("Small firms employ most of the people and the shares fall with size. The source "
          "describes no such pattern."),
        None,
    ),
}  # fmt: skip

WARNING = _(
    "Heavy or high-technology industry as a beginning goes against what a low-income country is "
    "good at; such industries hardly survive there. Simple, labour-intensive ones do."
)
NO_GROUP = _(
    "Whether the industry goes against what the country is good at cannot be judged: no income "
    "group of the country is loaded. An administrator loads the World Bank's country metadata, "
    "which have it."
)
NO_DIVISION = _(
    "Whether the industry goes against what the country is good at cannot be judged: the entry "
    "names no division of ISIC Rev. 4."
)
WARNING_SOURCE = Reference("adbi-2007", _("lecture 7, choice of appropriate industry"))
