"""A round scored from plain rows as method.md words it, with nothing of the product in it.

Slow on purpose: medians by sorting, cheapest sets by trying all, coefficients from pairs. An
instrument is {"levels", "pass_mark", "completeness", "themes": [{"code", "groups": {code: weight or
None}, "items": [{"code", "group", "weight", "core", "effort"}]}]}; a row is (sheet, panel, item,
status, answers).
"""

from fractions import Fraction
from itertools import combinations

EPS = 1e-9
ORDER = ["no", "unknown", "partly", "yes"]


def middle(values):
    return sorted(values)[(len(values) + 1) // 2 - 1]


def twice(by_panel):
    inner = [middle(values) for values in by_panel.values() if values]
    return middle(inner) if inner else None


def climb(answers):
    """Level and what stops it."""
    for at, answer in enumerate(answers):
        if answer != "yes":
            return at + 1, answer
    return len(answers) + 1, "top"


def majority(item, rows, levels):
    mine = [row for row in rows if row[2] == item and row[0] != "agreed"]
    mine = [row for row in mine if row[3] == "not_applicable" or any(row[4])]
    away = [row for row in mine if row[3] == "not_applicable"]
    if len(away) > len(mine) / 2:
        return None
    settled = []
    for at in range(levels - 1):
        by_panel = {}
        for row in mine:
            if row[3] == "answered" and row[4][at]:
                by_panel.setdefault(row[1], []).append(ORDER.index(row[4][at]))
        found = twice(by_panel)
        settled.append("" if found is None else ORDER[found])
    return settled


def scored_answers(instrument, rows):
    """Item to answers, None where it does not apply."""
    levels = instrument["levels"]
    codes = [item["code"] for theme in instrument["themes"] for item in theme["items"]]
    if not any(row[0] == "agreed" for row in rows):
        return {code: majority(code, rows, levels) for code in codes}
    found = {code: [""] * (levels - 1) for code in codes}
    for row in rows:
        if row[0] == "agreed":
            found[row[2]] = None if row[3] == "not_applicable" else list(row[4])
    return found


def shares(theme, answers):
    """Weights over the applicable items as exact fractions; those of weight 0 are left out."""
    items = [i for i in theme["items"] if i["weight"] > 0 and answers[i["code"]] is not None]
    groups = {}
    for item in items:
        groups.setdefault(item["group"], []).append(item)
    inside = {code: sum(Fraction(i["weight"]) for i in found) for code, found in groups.items()}
    outside = {
        code: inside[code] if theme["groups"].get(code) is None else Fraction(theme["groups"][code])
        for code in groups
    }
    whole = sum(outside.values())
    if not whole:
        return {}
    found = {}
    for item in items:
        share = outside[item["group"]] / whole * Fraction(item["weight"]) / inside[item["group"]]
        if share:
            found[item["code"]] = share
    return found


def stage(levels, weight, core, top, mark):
    best = 1
    for step in range(2, top + 1):
        enough = float(sum(weight[c] for c in weight if levels[c] >= step)) >= mark - EPS
        if enough and all(levels[c] >= step for c in core):
            best = step
    return best


def theme_result(instrument, theme, answers):
    top, mark = instrument["levels"], instrument["pass_mark"]
    weight = shares(theme, answers)
    given = {code: answers[code] for code in weight}
    core = [i["code"] for i in theme["items"] if i["core"] and i["code"] in weight]
    stops = {code: climb(one)[1] for code, one in given.items()}
    levels = {code: 1 if stops[code] == "" else climb(one)[0] for code, one in given.items()}
    if not weight:
        return {"stage": None, "bounds": None, "coverage": None, "cheapest_set": None}
    answered = [code for code in weight if stops[code] != ""]
    known = [code for code in answered if stops[code] != "unknown"]
    completeness, knowledge = (float(sum(weight[c] for c in one)) for one in (answered, known))

    def now(levels):
        return stage(levels, weight, core, top, mark)

    def with_all(wanted, answer):
        return {
            code: climb([answer if one in wanted else one for one in found])[0]
            for code, found in given.items()
        }

    cover = {
        str(step): float(sum(weight[c] for c in weight if levels[c] >= step))
        for step in range(2, top + 1)
    }
    low, high = now(with_all(("unknown", ""), "no")), now(with_all(("unknown", ""), "yes"))
    lacking = min(completeness, knowledge) < instrument["completeness"] - EPS
    if lacking or any(stops[code] == "" for code in core):
        return {
            "stage": None, "bounds": [low, high], "coverage": cover,
            "completeness": completeness, "knowledge": knowledge, "cheapest_set": None,
        }  # fmt: skip
    at = now(levels)
    progress = 0.0 if at == top else min(0.99, cover[str(at + 1)] / mark)
    if at < top and cover[str(at + 1)] >= mark - EPS:
        progress = 0.99
    scores = {code: levels[code] + (stops[code] == "partly") / 2 for code in answered}
    sure = {
        code: 1 if stops[code] == "" else one for code, one in with_all(("unknown",), "yes").items()
    }
    return {
        "stage": at,
        "bounds": [min(low, at), high],
        "coverage": cover,
        "completeness": completeness,
        "knowledge": knowledge,
        "starred": now(sure) > at,
        "position": at + progress,
        "progress": progress,
        "mean_level": float(
            sum(weight[c] * Fraction(scores[c]) for c in answered)
            / sum(weight[c] for c in answered)
        ),
        "cheapest_set": cheapest(theme, given, levels, weight, now, at + 1, top),
    }  # fmt: skip


def cheapest(theme, given, levels, weight, now, target, top):
    """The best of all subsets: cost, then weight, then instrument order."""
    if target > top:
        return {"items": [], "cost": 0.0}
    below = [i for i in theme["items"] if i["code"] in weight and levels[i["code"]] < target]
    cost = {
        i["code"]: i["effort"] * sum(one != "yes" for one in given[i["code"]][: target - 1])
        for i in below
    }
    found = []
    for size in range(len(below) + 1):
        for chosen in combinations(range(len(below)), size):
            codes = [below[at]["code"] for at in chosen]
            if now(levels | dict.fromkeys(codes, target)) >= target:
                price = round(sum(cost[c] for c in codes), 9)
                found.append((price, -sum(weight[c] for c in codes), chosen, codes))
    # In instrument order: the set that has the first item in which two sets differ.
    best = min(
        found, key=lambda one: (one[0], one[1], [at not in one[2] for at in range(len(below))])
    )
    return {"items": best[3], "cost": best[0]}


def known_levels(theme, rows):
    """Item to {sheet: level}, for what is known; sheets that say nothing of the theme left out."""
    found = {}
    for item in theme["items"]:
        found[item["code"]] = {
            row[0]: climb(row[4])[0]
            for row in rows
            if row[2] == item["code"] and row[0] != "agreed" and row[3] == "answered"
            if climb(row[4])[1] not in ("", "unknown")
        }
    return found


def contested(theme, rows):
    panel = {row[0]: row[1] for row in rows}
    found = []
    for code, levels in known_levels(theme, rows).items():
        values = sorted(levels.values())
        count = len(values)
        medians = {}
        for sheet, level in levels.items():
            medians.setdefault(panel[sheet], []).append(level)
        medians = {name: middle(inner) for name, inner in medians.items()}
        split = 2 <= count <= 4 and values[-1] - values[0] >= 2
        if count >= 5:
            low = min(v for v in values if sum(o <= v for o in values) >= count / 4)
            high = min(v for v in values if sum(o <= v for o in values) >= 3 * count / 4)
            near = sum(abs(v - middle(values)) <= 1 for v in values)
            split = high - low >= 2 or near < 3 * count / 4
        if len(medians) > 1 and max(medians.values()) - min(medians.values()) >= 2:
            split = True
        mine = [r for r in rows if r[2] == code and r[0] != "agreed"]
        says = {r[3] for r in mine if r[3] == "not_applicable" or any(r[4])}
        if split or len(says) > 1:
            found.append(code)
    return found


def pairs(units):
    """Exact and within-one agreement, each item alike."""
    exact, near = [], []
    for values in units:
        both = list(combinations(values, 2))
        if both:
            exact.append(sum(a == b for a, b in both) / len(both))
            near.append(sum(abs(a - b) <= 1 for a, b in both) / len(both))
    if not exact:
        return None, None
    return sum(exact) / len(exact), sum(near) / len(near)


def ac2(units, top):
    """Gwet's AC2 with ordinal weights from its definition; None without an item rated twice."""
    units = [values for values in units if values]
    twice_rated = [values for values in units if len(values) >= 2]
    if not twice_rated:
        return None
    if len({value for values in units for value in values}) == 1:
        return 1.0

    def agree(a, b):
        size = abs(a - b) + 1
        return 1 - (size * (size - 1) / 2) / (top * (top - 1) / 2)

    seen = sum(
        sum(agree(a, b) for a, b in combinations(values, 2)) / (len(values) * (len(values) - 1) / 2)
        for values in twice_rated
    ) / len(twice_rated)
    share = [
        sum(values.count(k) / len(values) for values in units) / len(units)
        for k in range(1, top + 1)
    ]
    every = sum(agree(a, b) for a in range(1, top + 1) for b in range(1, top + 1))
    chance = every / (top * (top - 1)) * sum(p * (1 - p) for p in share)
    return (seen - chance) / (1 - chance)
