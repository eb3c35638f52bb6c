"""The indicators of shared work, as the board and the animator read them."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.bricks.indicators.enums import Side, Unit
from maillage.bricks.indicators.measures import Measure, in_words
from maillage.bricks.indicators.registry import Indicator, register
from maillage.run.employment.drift import (
    employers_per_worker,
    permanent_share,
    short_length,
    short_share,
    stable_exits,
    turnover,
)

MODULE: Final = "employment"


def _percent(measure: Measure) -> str:
    return in_words(Unit.PERCENT, measure.value or Decimal(0))


def _short(measure: Measure) -> str:
    return _("%(value)s of the contracts begun in the last 12 months are short") % {
        "value": _percent(measure)
    }


def _length(measure: Measure) -> str:
    return _("The short contracts begun in the last 12 months last %(value)s on average") % {
        "value": in_words(Unit.DAYS, measure.value or Decimal(0))
    }


def _turnover(measure: Measure) -> str:
    return _("In 12 months, arrivals and departures renewed %(value)s of the people in place") % {
        "value": _percent(measure)
    }


def _permanent(measure: Measure) -> str:
    return _("%(value)s of the contracts in force are permanent") % {"value": _percent(measure)}


def _exits(measure: Measure) -> str:
    return _("%(value)s of those who left in 12 months went to a stable job") % {
        "value": _percent(measure)
    }


def _employers(measure: Measure) -> str:
    return _("Firms per worker, on average: %(value)s") % {
        "value": in_words(Unit.NUMBER, measure.value or Decimal(0))
    }


register(
    Indicator(
        key="short_share",
        module=MODULE,
        name=gettext_lazy("Share of short contracts"),
        formula=gettext_lazy(
            "Fixed-term, seasonal and replacement contracts begun in the last 12 months, divided "
            "by all the contracts begun in these months."
        ),
        unit=Unit.PERCENT,
        side=Side.ABOVE,
        threshold=Decimal(25),
        next_action=gettext_lazy(
            "Look at which firms ask for short contracts, and compose permanent shared jobs out of "
            "their needs."
        ),
        said=_short,
        measure=short_share,
    ),
    Indicator(
        key="short_length",
        module=MODULE,
        name=gettext_lazy("Mean length of short contracts"),
        formula=gettext_lazy(
            "Days of the short contracts begun in the last 12 months, from the first to the last "
            "one included, divided by their number. A contract without a known end is not counted."
        ),
        unit=Unit.DAYS,
        side=Side.BELOW,
        threshold=Decimal(30),
        next_action=gettext_lazy(
            "Put short contracts for the same post together, in one longer or seasonal contract."
        ),
        said=_length,
        measure=short_length,
    ),
    Indicator(
        key="permanent_share",
        module=MODULE,
        name=gettext_lazy("Share of permanent contracts"),
        formula=gettext_lazy(
            "Permanent contracts in force, divided by all the contracts in force."
        ),
        unit=Unit.PERCENT,
        side=Side.BELOW,
        threshold=Decimal(50),
        next_action=gettext_lazy(
            "Before a short contract is renewed, look whether its hours and those of other firms "
            "make a permanent job."
        ),
        said=_permanent,
        measure=permanent_share,
    ),
    Indicator(
        key="turnover",
        module=MODULE,
        name=gettext_lazy("Staff turnover"),
        formula=gettext_lazy(
            "Contracts begun plus contracts ended in the last 12 months, divided by the contracts "
            "in force at the beginning plus those in force at the end."
        ),
        unit=Unit.PERCENT,
        side=Side.ABOVE,
        threshold=Decimal(50),
        next_action=gettext_lazy(
            "Ask those who leave why, and open the recruitments that the forecast shows."
        ),
        said=_turnover,
        measure=turnover,
    ),
    Indicator(
        key="stable_exits",
        module=MODULE,
        name=gettext_lazy("Exits to a stable job"),
        formula=gettext_lazy(
            "Contracts ended in the last 12 months because the worker was hired by a member firm "
            "or found a stable job, divided by all those that ended. A reason that is not known is "
            "not counted."
        ),
        unit=Unit.PERCENT,
        side=Side.BELOW,
        threshold=Decimal(40),
        next_action=gettext_lazy(
            "Speak with each worker about what they want next, and with the firms that could hire."
        ),
        said=_exits,
        measure=stable_exits,
    ),
    Indicator(
        key="employers_per_worker",
        module=MODULE,
        name=gettext_lazy("Firms per worker"),
        formula=gettext_lazy(
            "Firms to which each worker is lent by a signed agreement in force, divided by the "
            "workers lent to one at least. Workers lent to none are not counted."
        ),
        unit=Unit.NUMBER,
        side=Side.ABOVE,
        threshold=Decimal(3),
        next_action=gettext_lazy(
            "Look at those who go to many firms: could two of these give the whole job?"
        ),
        said=_employers,
        measure=employers_per_worker,
    ),
)
