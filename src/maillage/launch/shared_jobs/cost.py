"""What the hours of a shared worker may cost a firm: an estimate, with its dated assumptions."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Final

WEEKS_A_YEAR: Final = Decimal(52)
CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rate:
    """What an hour is estimated at from a day on, and where both figures come from, by language."""

    valid_from: date
    hourly_wage: Decimal
    wage_source: Mapping[str, str]
    coefficient: Decimal
    coefficient_source: Mapping[str, str]

    @property
    def hour(self) -> Decimal:
        """Euros an hour, before tax."""
        return (self.hourly_wage * self.coefficient).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What hours cost in a year, before tax, at a dated rate."""

    hours_a_year: Decimal
    euros_a_year: Decimal
    rate: Rate


def rate_on(day: date) -> Rate:
    """Return the rate that holds on a day; raises LookupError before the first one."""
    for rate in reversed(_rates()):
        if rate.valid_from <= day:
            return rate
    raise LookupError(f"No rate is known on {day}.")


def estimate(half_hours: Sequence[int], day: date) -> Estimate:
    """Estimate a year of half-hours a week by month, at the rate of a day.

    Months count alike, 52 weeks a year: leave is in the coefficient.
    """
    hours = Decimal(sum(half_hours)) / 2 / len(half_hours) * WEEKS_A_YEAR
    rate = rate_on(day)
    euros = (hours * rate.hour).quantize(CENT, ROUND_HALF_UP)
    return Estimate(hours.quantize(CENT, ROUND_HALF_UP), euros, rate)


@cache
def _rates() -> tuple[Rate, ...]:
    text = files("maillage.launch.shared_jobs").joinpath("cost.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["rates"]
    rates = [
        Rate(
            valid_from=row["valid_from"],
            hourly_wage=Decimal(row["hourly_wage"]),
            wage_source=row["wage_source"],
            coefficient=Decimal(row["coefficient"]),
            coefficient_source=row["coefficient_source"],
        )
        for row in rows
    ]
    return tuple(sorted(rates, key=lambda rate: rate.valid_from))
