"""What number and unit each figure of a cluster takes; positions are read from them."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

COUNTED = frozenset(
    {"firms", "firms_micro", "firms_small", "firms_medium", "firms_large", "employment"}
)
SHARE = "export_share"
_PERCENT = re.compile(r"%|\b(percent|per cent|pour cent|процент\w*|phần trăm)\b", re.IGNORECASE)
# Three capitals are a currency (ISO 4217), but for what firms themselves are called.
_MONEY = re.compile(r"\b(?!SME|MSE|PME|МСП)[A-Z]{3}\b|[$€£¥₫₽₩₸]")


def is_percent(unit: str) -> bool:
    """Whether the unit is percent and nothing besides: of output, that is, not of some market."""
    return not _PERCENT.sub("", unit).strip()


def fault(measure: str, value: Decimal | None, unit: str) -> tuple[str, str] | None:
    """The field that does not fit (`value` or `unit`) with a sentence; None where all does."""
    if measure == SHARE and not is_percent(unit):
        return "unit", _("A share of output is in percent: expected “%%”, not “%(unit)s”.") % {
            "unit": unit
        }
    if measure in COUNTED:
        if _PERCENT.search(unit) or _MONEY.search(unit):
            return "unit", _(
                "Firms and people are counted: expected what is counted, such as “firms”, not "
                "“%(unit)s”."
            ) % {"unit": unit}
        if value is not None and value != value.to_integral_value():
            return "value", _(
                "Firms and people are counted one by one: expected a whole number, not %(value)s."
            ) % {"value": f"{value.normalize():f}"}
    if measure == "exports" and _PERCENT.search(unit):
        return "unit", _(
            "Exports are an amount: enter a percentage as the share of output exported."
        )
    if measure == "output" and is_percent(unit):
        return "unit", _("Output is an amount: say in which unit, or percent of what.")
    return None
