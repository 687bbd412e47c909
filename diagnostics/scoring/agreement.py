"""How far the sheets of a round agree (method.md section 4). Units are items, raters are sheets.

A matrix of ratings is items x sheets, levels 1..`top`, 0 where there is no rating.
"""

from dataclasses import dataclass
from math import sqrt

import krippendorff
import numpy as np
from numpy.typing import NDArray

from countries.content.sentences import Sentence, _, ngettext
from diagnostics.scoring.randomness import generator, place
from diagnostics.scoring.ratings import Levels

Numbers = NDArray[np.float64]

REPLICATES = 1000
FEWEST_UNITS = 10
DEFINED_PERCENT = 90

TOO_FEW = _("Fewer than two items were rated in two sheets or more.")
NO_VARIATION = _("no variation")
FEW_UNITS = ngettext(
    "An interval needs at least %(n)s item rated in two sheets or more.",
    "An interval needs at least %(n)s items rated in two sheets or more.",
    FEWEST_UNITS,
)
FEW_DEFINED = _(
    "In more than %(share)s %% of the resamplings alpha is not defined.",
    share=100 - DEFINED_PERCENT,
)

# The customary marks for alpha, with words that claim no more than they do.
RELIABLE, TENTATIVE = 0.80, 0.667
# With this share within one level a low alpha speaks of items that hardly differ.
CLOSE = 0.90


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of one theme or a whole sheet; None where undefined, and a reason beside it.

    `exact` and `within_one` are shares 0..1. `units` are the items rated in two sheets or more,
    `raters` the sheets with a rating of any of them. `alpha_interval` is 90 %, over items.
    """

    exact: float | None
    within_one: float | None
    alpha: float | None
    alpha_interval: tuple[float, float] | None
    ac2: float | None
    ac2_se: float | None
    raters: int
    units: int
    reason: Sentence | None
    interval_reason: Sentence | None
    words: Sentence


def agreement(levels: Levels, top: int, *, seed: int, code: str) -> Agreement:
    """Return the agreement over the items of `levels`; `code` is the theme's, for its seed.

    Raises ValueError for a level outside 0..`top` and for a negative seed.
    """
    counts = value_counts(levels, top)
    paired = counts[counts.sum(axis=1) >= 2]
    units = len(paired)
    raters = int((levels[counts.sum(axis=1) >= 2] > 0).any(axis=0).sum())
    exact, within_one = shares_of_pairs(paired)
    alpha = interval = ac2 = error = None
    reason: Sentence | None = TOO_FEW
    interval_reason: Sentence | None = TOO_FEW
    one_category = (counts.sum(axis=0) > 0).sum() == 1
    if units >= 2 or (units and one_category):
        ac2, error = gwet_ac2(counts)
        alpha = krippendorff_alpha(counts)
        reason = interval_reason = NO_VARIATION
    if alpha is not None:
        reason = None
        interval, interval_reason = alpha_interval(paired, seed=seed, code=code)
    return Agreement(
        exact=exact,
        within_one=within_one,
        alpha=alpha,
        alpha_interval=interval,
        ac2=ac2,
        ac2_se=error,
        raters=raters,
        units=units,
        reason=reason,
        interval_reason=interval_reason,
        words=_words(exact, within_one, alpha, reason),
    )


def value_counts(levels: Levels, top: int) -> Numbers:
    """Return how many sheets gave each level, items x `top`; missing ratings count nowhere."""
    if levels.size and not 0 <= levels.min() <= levels.max() <= top:
        raise ValueError(f"A level lies outside 1 to {top}.")
    steps = np.arange(1, top + 1)
    found: Numbers = (levels[:, :, None] == steps).sum(axis=1).astype(np.float64)
    return found


def shares_of_pairs(counts: Numbers) -> tuple[float | None, float | None]:
    """Return the shares of exact and of within-one agreement, 0..1.

    Per item: of all pairs of sheets that rated it, the share with equal levels and the share with
    levels at most one apart. The result is the mean over the items with at least one pair, each
    item alike, however many sheets rated it; None without such an item.
    """
    counts = counts[counts.sum(axis=1) >= 2]
    if not len(counts):
        return None, None
    given = counts.sum(axis=1)
    pairs = given * (given - 1) / 2
    same = (counts * (counts - 1) / 2).sum(axis=1)
    neighbours = (counts[:, 1:] * counts[:, :-1]).sum(axis=1)
    return float((same / pairs).mean()), float(((same + neighbours) / pairs).mean())


def krippendorff_alpha(counts: Numbers) -> float | None:
    """Return Krippendorff's alpha, ordinal; None if the pairable ratings have one category."""
    paired = counts[counts.sum(axis=1) >= 2]
    if (paired.sum(axis=0) > 0).sum() < 2:
        return None
    return float(
        krippendorff.alpha(
            value_counts=paired.astype(np.int64),
            value_domain=np.arange(counts.shape[1]),
            level_of_measurement="ordinal",
        )
    )


def alphas(coincidences: Numbers) -> Numbers:
    """Return the ordinal alpha of each coincidence matrix, replicates x L x L; NaN if undefined.

    The same formula as the package's, for many matrices at once.
    """
    totals = coincidences.sum(axis=1)
    whole = totals.sum(axis=1)
    middles = totals.cumsum(axis=1) - totals / 2
    distances = (middles[:, :, None] - middles[:, None, :]) ** 2
    observed = (coincidences * distances).sum(axis=(1, 2))
    expected = (totals[:, :, None] * totals[:, None, :] * distances).sum(axis=(1, 2))
    found = np.full(len(totals), np.nan)
    varied = (totals > 0).sum(axis=1) > 1
    found[varied] = 1 - (whole[varied] - 1) * observed[varied] / expected[varied]
    return found


def unit_coincidences(counts: Numbers) -> Numbers:
    """Return each item's coincidence matrix, items x L x L, for items rated twice or more."""
    paired = counts[counts.sum(axis=1) >= 2]
    pairs = paired[:, :, None] * paired[:, None, :]
    pairs -= paired[:, :, None] * np.eye(counts.shape[1])
    found: Numbers = pairs / (paired.sum(axis=1) - 1)[:, None, None]
    return found


def alpha_interval(
    counts: Numbers, *, seed: int, code: str, replicates: int = REPLICATES
) -> tuple[tuple[float, float] | None, Sentence | None]:
    """Return the 90 % interval of alpha over resampled items, or None and the reason.

    Items rated twice or more are drawn with replacement, `replicates` times; the interval runs
    from the 5 to the 95 % inverse-distribution quantile of the defined replicates. It says how
    sensitive alpha is to the choice of items, not how it would vary with other raters.
    """
    units = unit_coincidences(counts)
    if len(units) < FEWEST_UNITS:
        return None, FEW_UNITS
    drawn = generator(seed, code).integers(0, len(units), size=(replicates, len(units)))
    drawn += np.arange(replicates)[:, None] * len(units)
    times = np.bincount(drawn.ravel(), minlength=replicates * len(units))
    found = alphas(
        (times.reshape(replicates, len(units)) @ units.reshape(len(units), -1)).reshape(
            replicates, *units.shape[1:]
        )
    )
    defined = np.sort(found[~np.isnan(found)])
    if 100 * len(defined) < DEFINED_PERCENT * replicates:
        return None, FEW_DEFINED
    low, high = (float(defined[place(len(defined), percent)]) for percent in (5, 95))
    return (low, high), None


def ordinal_weights(top: int) -> Numbers:
    """Return Gwet's ordinal weights over all levels, L x L, from 0 (ends) to 1 (equal)."""
    apart = np.abs(np.subtract.outer(np.arange(top), np.arange(top)))
    weights: Numbers = 1 - apart * (apart + 1) / (top * (top - 1))
    return weights


def gwet_ac2(counts: Numbers) -> tuple[float, float | None]:
    """Return Gwet's AC2 with ordinal weights over all L levels, and its standard error."""
    return gwet(counts, ordinal_weights(counts.shape[1]))


def gwet(counts: Numbers, weights: Numbers) -> tuple[float, float | None]:
    """Return Gwet's weighted coefficient and its standard error; `weights` are L x L.

    Items need two ratings for the observed part and one for the prevalences. With one category
    only the coefficient is 1 and the error 0. The error (Gwet's linearisation, for the sample of
    items) is None for a single item. At least one item has two ratings.
    """
    counts = counts[counts.sum(axis=1) >= 1]
    if (counts.sum(axis=0) > 0).sum() == 1:
        return 1.0, 0.0
    top = counts.shape[1]
    given = counts.sum(axis=1)
    paired = given >= 2
    prevalence = (counts / given[:, None]).mean(axis=0)
    scale = weights.sum() / (top * (top - 1))
    chance = float(scale * (prevalence * (1 - prevalence)).sum())
    pairs = np.where(paired, given * (given - 1), 1)
    observed = (counts * (counts @ weights - 1)).sum(axis=1) / pairs * paired
    value = (float(observed.sum() / paired.sum()) - chance) / (1 - chance)
    units = len(counts)
    if units < 2:
        return value, None
    each = units / paired.sum() * (observed - chance * paired) / (1 - chance)
    chances = scale * (counts @ (1 - prevalence)) / given
    each = each - 2 * (1 - value) * (chances - chance) / (1 - chance)
    return value, sqrt(float(((each - value) ** 2).sum()) / (units * (units - 1)))


def _words(
    exact: float | None, within_one: float | None, alpha: float | None, reason: Sentence | None
) -> Sentence:
    if exact is None or within_one is None:
        return _("No item was rated in two sheets, so nothing can be said of agreement.")
    first = _(
        "Two sheets that rate the same item give the same level in %(exact)s of 100 cases "
        "and levels at most one apart in %(within_one)s.",
        exact=_of_100(exact),
        within_one=_of_100(within_one),
    )
    if alpha is None:
        second = (
            _("All of these ratings are the same level, so a coefficient has nothing to measure.")
            if reason == NO_VARIATION
            else _("These are too few items for a coefficient.")
        )
    elif alpha >= RELIABLE:
        second = _("The sheets tell the items apart in the same way.")
    elif alpha >= TENTATIVE:
        second = _(
            "The sheets tell the items apart in much the same way; take close calls with care."
        )
    elif within_one >= CLOSE:
        second = _(
            "The items lie so close together that sheets one level apart rank them differently."
        )
    elif alpha > 0:
        second = _("The sheets differ much in how they tell the items apart; settle them first.")
    else:
        second = _("The sheets agree on the items no better than chance.")
    return Sentence("%(first)s %(second)s", facts={"first": first, "second": second})


def _of_100(share: float) -> int:
    """Rounded half up, but never to all or none unless it is so."""
    rounded = int(100 * share + 0.5 + 1e-9)
    return min(max(rounded, 1 if share > 0 else 0), 99 if share < 1 else 100)
