"""The time to wait before a fixed term follows another in the same post (L1244-3 to L1244-4-1).

Nothing here reads the database.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import ngettext

from maillage.run.employment.durations import days_between
from maillage.run.employment.enums import ContractKind, EndReason
from maillage.run.employment.law import Figures
from maillage.run.employment.refusals import Problem
from maillage.run.employment.working_days import is_holiday

# The fewest days of a usual week: whoever opens more often says so, and waits less.
USUAL_DAYS: Final = (0, 1, 2, 3, 4)
FREE: Final = frozenset({ContractKind.SEASONAL, ContractKind.REPLACEMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A fixed term that ended in a post, renewals included; `same`: the worker is the same."""

    kind: str
    starts_on: date
    ends_on: date
    end_reason: str = ""
    same: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a post waits, in days on which the firm opens, and the first day it may be held."""

    former: Former
    days: int
    first_day: date
    article: str

    @property
    def problem(self) -> Problem:
        """The refusal of a contract that begins before."""
        sentence = ngettext(
            "This post was held on a fixed term of %(length)s days, until %(last)s. Another waits"
            " %(days)s day on which the firm opens: it may begin on %(first)s.",
            "This post was held on a fixed term of %(length)s days, until %(last)s. Another waits"
            " %(days)s days on which the firm opens: it may begin on %(first)s.",
            self.days,
        ) % {
            "length": days_between(self.former.starts_on, self.former.ends_on),
            "last": date_format(self.former.ends_on, "DATE_FORMAT"),
            "days": self.days,
            "first": date_format(self.first_day, "DATE_FORMAT"),
        }
        return Problem("waiting_time", self.article, "starts_on", sentence)


def follows_freely(kind: str, former: Former) -> bool:
    """Whether a contract of a kind may follow another at once, by its kind or how that one ended.

    The same worker follows freely only when both contracts are of kinds that never wait.
    """
    if former.end_reason == EndReason.RESIGNED:
        return True
    return kind in FREE and (not former.same or former.kind in FREE)


def wait_after(former: Former, opens_on: Collection[int], figures: Figures) -> Wait | None:
    """Return how long a post waits once a fixed term has ended, None when it does not.

    A part of a day counts as one: the law sets the least.
    """
    length = days_between(former.starts_on, former.ends_on)
    long_one = length >= figures.of("waiting_long_from_days").value
    part = figures.of("waiting_divisor_long" if long_one else "waiting_divisor_short")
    if not part.value:
        return None
    days = -(-length // part.value)
    return Wait(former, days, _after(former.ends_on, days, opens_on or USUAL_DAYS), part.article)


def _after(day: date, days: int, opens_on: Collection[int]) -> date:
    """Return the day after so many on which a firm opens; it closes on public holidays."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() in opens_on and not is_holiday(day)
    return day + timedelta(days=1)
