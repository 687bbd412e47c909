"""The re-scorings as method.md section 6 words them: one draw after another, in plain Python.

Slow and literal, with its own ways to a level, a median, a coverage and a stage, so that it can
contradict the fast ones.
"""

from zlib import crc32

import numpy as np

ORDERS = {"measurement", "rules", "sheets", "noise", "unknowns", "weights", "pass_mark"}


def stream(seed, code):
    return np.random.Generator(
        np.random.PCG64(np.random.SeedSequence([seed, crc32(code.encode())]))
    )


def lower_median(values):
    return sorted(values)[(len(values) - 1) // 2]


def level_of(answers):
    level = 1
    for answer in answers:
        if answer != "yes":
            break
        level += 1
    return level


def first_open(answers):
    return next((str(answer) for answer in answers if answer != "yes"), None)


def panel_level(panels, item):
    medians = []
    for rows in panels:
        levels = [row[item] for row in rows if row[item]]
        if levels:
            medians.append(lower_median(levels))
    return lower_median(medians) if medians else None


def rows_by_panel(codes, theme_items, sheets):
    """Rated levels of the items in `codes`, 0 for none; panels and rows in order of content."""
    panels = {}
    for sheet in sheets:
        if "agreed" in (sheet.name, sheet.panel):
            continue
        said = [sheet.responses[code] for code in theme_items if code in sheet.responses]
        if not any(one.status == "not_applicable" or any(one.answers) for one in said):
            continue
        row = []
        for code in codes:
            response = sheet.responses.get(code)
            rated = response is not None and response.status == "answered"
            rated = rated and first_open(response.answers) != ""
            row.append(level_of(response.answers) if rated else 0)
        panels.setdefault(sheet.panel, []).append(tuple(row))
    return sorted(sorted(rows) for rows in panels.values())


def drawn_levels(rng, answers, core, panels, top):
    """One draw of a round: for each item its base, shift, noise and its level resolved."""
    count = len(answers)
    base = [1 if first_open(one) == "" else level_of(one) for one in answers]
    held = [first_open(one) == "unknown" for one in answers]
    resampled = [[rows[int(rng.random() * len(rows))] for _ in rows] for rows in panels]
    shift = []
    for item in range(count):
        new, full = panel_level(resampled, item), panel_level(panels, item)
        shift.append(0 if new is None else new - full)

    mood = rng.random()
    down, stay = {0: (0.2, 0.8), 1: (0.1, 0.8), 2: (0.0, 0.8)}[(mood >= 1 / 3) + (mood >= 2 / 3)]
    noise = []
    for item in range(count):
        sheets = sum(1 for rows in panels for row in rows if row[item])
        if sheets >= 3 or core[item] or held[item]:
            noise.append(0)
            continue
        u = rng.random()
        noise.append(-1 if u < down else 0 if u < down + stay else 1)

    share = rng.random()
    resolved = list(base)
    for item in range(count):
        if held[item]:
            told = [
                ("yes" if rng.random() < share else "no") if answer == "unknown" else str(answer)
                for answer in answers[item]
            ]
            resolved[item] = level_of(told)

    def clipped(levels):
        return [min(max(level, 1), top) for level in levels]

    return {
        "still": base,
        "sheets": clipped([b + s for b, s in zip(base, shift, strict=True)]),
        "noise": clipped([b + n for b, n in zip(base, noise, strict=True)]),
        "unknowns": resolved,
        "all": clipped([r + s + n for r, s, n in zip(resolved, shift, noise, strict=True)]),
    }


def drawn_rules(rng, weights, pass_mark):
    moved = [weight * (0.75 + 0.5 * rng.random()) for weight in weights]
    mark = pass_mark - 0.10 + 0.20 * rng.random()
    return [weight / sum(moved) for weight in moved], min(max(mark, 0.01), 1.0)


def coverage(levels, weights, top):
    return [
        sum(weight for level, weight in zip(levels, weights, strict=True) if level >= step)
        for step in range(2, top + 1)
    ]


def scored(draws, core, weights, base, top):
    """Stage and position of each draw (levels, weights, mark), centred on the base levels."""
    published = coverage(base, weights, top)
    drawn = [coverage(levels, own, top) for levels, own, _mark in draws]
    means = [sum(column) / len(drawn) for column in zip(*drawn, strict=True)]
    found = []
    for (levels, _own, mark), shares in zip(draws, drawn, strict=True):
        moved = [c + p - m for c, p, m in zip(shares, published, means, strict=True)]
        stage = 1
        for step in range(2, top + 1):
            held = any(c and level < step for c, level in zip(core, levels, strict=True))
            if moved[step - 2] >= mark - 1e-9 and not held:
                stage = step
        progress = 0.0 if stage == top else min(max(moved[stage - 1] / mark, 0.0), 0.99)
        found.append((stage, stage + progress))
    return found


def setting(tally, theme_items, sheets):
    """The counted items of a tally as plain lists: answers, core, weights, panels."""
    codes = [item.code for item in tally.items if tally.weights[item.code] > 0]
    return (
        [tally.answers[code] for code in codes],
        [item.core for item in tally.items if item.code in codes],
        [tally.weights[code] for code in codes],
        rows_by_panel(codes, theme_items, sheets),
    )


def certainty(tally, theme, sheets, draws, seed):
    """The (stage, position) pairs of every line and source."""
    answers, core, weights, panels = setting(tally, [item.code for item in theme.items], sheets)
    rng = stream(seed, theme.code)
    p = tally.pass_mark
    lines = {name: [] for name in ORDERS}
    for _ in range(draws):
        levels = drawn_levels(rng, answers, core, panels, tally.top)
        other, mark = drawn_rules(rng, weights, p)
        lines["measurement"].append((levels["all"], weights, p))
        lines["rules"].append((levels["all"], other, mark))
        for name in ("sheets", "noise", "unknowns"):
            lines[name].append((levels[name], weights, p))
        lines["weights"].append((levels["still"], other, p))
        lines["pass_mark"].append((levels["still"], weights, mark))
    base = [1 if first_open(one) == "" else level_of(one) for one in answers]
    return {name: scored(found, core, weights, base, tally.top) for name, found in lines.items()}


def differences(tallies, theme_items, rounds, code, draws, seed):
    """Newer minus older position in every draw, with shared weights and pass marks."""
    sides = [setting(one, theme_items, sheets) for one, sheets in zip(tallies, rounds, strict=True)]
    rng = stream(seed, code)
    newer = tallies[1]
    _answers, core, weights, _panels = sides[1]
    drawn = ([], [])
    for _ in range(draws):
        levels = [
            drawn_levels(rng, answers, core, panels, newer.top)["all"]
            for answers, _core, _weights, panels in sides
        ]
        other, mark = drawn_rules(rng, weights, newer.pass_mark)
        for kept, found in zip(drawn, levels, strict=True):
            kept.append((found, other, mark))
    before, after = (
        scored(
            kept,
            core,
            weights,
            [1 if first_open(one) == "" else level_of(one) for one in side[0]],
            newer.top,
        )
        for kept, side in zip(drawn, sides, strict=True)
    )
    return [new[1] - old[1] for old, new in zip(before, after, strict=True)]
