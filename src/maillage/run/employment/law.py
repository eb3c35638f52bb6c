"""The figures of the law on contracts: each dated, with its article; agreements may set others.

Articles are those of the French labour code. Minutes are of working time a week, pay is in cents.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.models import Network
from maillage.run.employment.models_of_contracts import ContractFigure


@dataclass(frozen=True, slots=True)
class Figure:
    """What a rule says on a day: its figure, and the article or the agreement that says so."""

    value: int
    article: str


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of the law, from a day on."""

    rule: str
    value: int
    article: str
    since: date


WORK_ACT: Final = date(2016, 8, 10)  # the articles on working time were numbered anew
ORDERS: Final = date(2017, 9, 24)  # fixed-term contracts: the branch may set other figures
CODE: Final = date(2008, 5, 1)  # the code in its present numbering

ROWS: Final = (
    Row("fixed_term_months", 18, "L1242-8-1", ORDERS),
    Row("fixed_term_renewals", 2, "L1243-13-1", ORDERS),
    Row("waiting_long_from_days", 14, "L1244-3-1", ORDERS),
    Row("waiting_divisor_long", 3, "L1244-3-1", ORDERS),
    Row("waiting_divisor_short", 2, "L1244-3-1", ORDERS),
    Row("apprentice_members", 3, "R6223-10", CODE),
    Row("part_time_minutes", 24 * 60, "L3123-27", WORK_ACT),
    Row("full_time_minutes", 35 * 60, "L3121-27", WORK_ACT),
    Row("year_minutes", 1607 * 60, "L3121-41", WORK_ACT),
    Row("short_contract_days", 7, "L3123-7", WORK_ACT),
    Row("student_age", 26, "L3123-7", WORK_ACT),
    Row("amendments_a_year", 8, "L3123-22", WORK_ACT),
    Row("minimum_wage", 1188, "L3231-2", date(2024, 11, 1)),
    Row("minimum_wage", 1202, "L3231-2", date(2026, 1, 1)),
    Row("minimum_wage", 1231, "L3231-2", date(2026, 6, 1)),
    Row("trial_months_worker", 2, "L1221-19", CODE),
    Row("trial_months_technician", 3, "L1221-19", CODE),
    Row("trial_months_manager", 4, "L1221-19", CODE),
    Row("trial_whole_months_worker", 4, "L1221-21", CODE),
    Row("trial_whole_months_technician", 6, "L1221-21", CODE),
    Row("trial_whole_months_manager", 8, "L1221-21", CODE),
    Row("trial_fixed_term_days", 14, "L1242-10", CODE),
    Row("trial_fixed_term_months", 1, "L1242-10", CODE),
    Row("trial_long_from_months", 6, "L1242-10", CODE),
    Row("declaration_days", 8, "R1221-4", CODE),
)
BY_RULE: Final[Mapping[str, tuple[Row, ...]]] = {
    rule: tuple(row for row in ROWS if row.rule == rule)
    for rule in dict.fromkeys(row.rule for row in ROWS)
}
# What an agreement of the branch may set otherwise, and how it is said.
BY_AGREEMENT: Final[Mapping[str, Promise]] = {
    "fixed_term_months": _("Longest fixed-term contract, in months"),
    "fixed_term_renewals": _("Renewals of a fixed-term contract, at most"),
    "waiting_divisor_long": _(
        "Waiting time after a fixed-term contract of 14 days or more: its length divided by"
        " (0 for none)"
    ),
    "waiting_divisor_short": _(
        "Waiting time after a shorter fixed-term contract: its length divided by (0 for none)"
    ),
    "part_time_minutes": _("Shortest part-time week, in minutes"),
    "year_minutes": _("Working time of a full year, in minutes"),
    "amendments_a_year": _("Temporary changes of hours in a year, at most"),
    "trial_months_worker": _("Trial period of a worker or employee, in months"),
    "trial_months_technician": _("Trial period of a technician or supervisor, in months"),
    "trial_months_manager": _("Trial period of a manager, in months"),
    "trial_whole_months_worker": _("The same renewed, worker or employee, in months in all"),
    "trial_whole_months_technician": _(
        "The same renewed, technician or supervisor, in months in all"
    ),
    "trial_whole_months_manager": _("The same renewed, manager, in months in all"),
}
# What an agreement may do without: 0 says so.
MAY_BE_NONE: Final = frozenset({"waiting_divisor_long", "waiting_divisor_short"})
# What the law lets no agreement exceed; the others may go either way.
NEVER_ABOVE: Final = frozenset(
    {
        "amendments_a_year",
        "year_minutes",
        "trial_whole_months_worker",
        "trial_whole_months_technician",
        "trial_whole_months_manager",
    }
)


def law_on(rule: str, day: date) -> Figure:
    """Return what the law says on a day; before the first date kept, what it said first."""
    rows = BY_RULE[rule]
    row = next((one for one in reversed(rows) if one.since <= day), rows[0])
    return Figure(row.value, row.article)


@dataclass(frozen=True, slots=True)
class Figures:
    """What every rule says on a day in one group: the law, or the agreement that sets otherwise."""

    day: date
    agreed: Mapping[str, Figure]

    def of(self, rule: str) -> Figure:
        """Return the figure of a rule."""
        return self.agreed.get(rule) or law_on(rule, self.day)


def law_alone(day: date) -> Figures:
    """Return what the law says on a day, without any agreement."""
    return Figures(day, {})


def figures_on(network: Network, day: date) -> Figures:
    """Return what holds in a group on a day, for whatever judges contracts. One query."""
    rows = ContractFigure.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day), network=network, starts_on__lte=day
    )
    return Figures(day, _latest(rows.order_by("starts_on", "id")))


def _latest(rows: Iterable[ContractFigure]) -> Mapping[str, Figure]:
    return {row.rule: Figure(row.value, row.reference) for row in rows}
