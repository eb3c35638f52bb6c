"""The base rule pack: French working-time law at its defaults, and the charter's usual terms.

Every number is here, dated and with its article; a branch, an agreement or a charter replaces a
setting by giving another one of the same rule (see `reading`). `farm` rules are not the default.
Minutes throughout. Costs are points, chosen so that one half-day (240 minutes) uncovered at
importance 1 000 outweighs any comfort.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from maillage.engines.rostering.settings import Parameter, Setting, Severity

LABOUR_CODE: Final = date(2016, 8, 10)  # the numbering of articles in force since that day
HOUR: Final = 60
HALF_DAY: Final = 4 * HOUR


def _law(rule: str, article: str, severity: Severity, **parameters: Parameter) -> Setting:
    return Setting(
        rule=rule,
        severity=severity,
        parameters=parameters,
        article=article,
        valid_from=LABOUR_CODE,
    )


def _cost(rule: str, cost: int, *, per: int = 1, article: str = "", **limits: int) -> Setting:
    return Setting(
        rule=rule,
        severity=Severity.WARN,
        parameters=limits,
        cost=cost,
        per=per,
        article=article,
        priority=0 if rule == "uncovered" else 1,
    )


BLOCK, DOCUMENT, INFO = Severity.BLOCK, Severity.NEEDS_DOCUMENT, Severity.INFO

STRUCTURE: Final = tuple(
    Setting(rule=rule, severity=BLOCK)
    for rule in ("skill", "availability", "no_overlap", "travel", "fixed")
)
LAW: Final = (
    _law("daily_maximum", "L3121-18", BLOCK, minutes=10 * HOUR),
    _law("weekly_maximum", "L3121-20", BLOCK, minutes=48 * HOUR),
    _law("average_maximum", "L3121-22", BLOCK, weeks=12, minutes=44 * HOUR),
    _law("daily_rest", "L3131-1", BLOCK, minutes=11 * HOUR),
    _law("weekly_rest", "L3132-2", BLOCK, minutes=35 * HOUR, within=24 * HOUR),
    _law("days_in_row", "L3132-1", BLOCK, days=6),
    _law("break_time", "L3121-16", BLOCK, longest=6 * HOUR, pause=20),
    _law("night_work", "L3122-20", DOCUMENT, **{"from": 21 * HOUR, "to": 6 * HOUR}),
    _law("sunday_work", "L3132-3", DOCUMENT),
    _law("part_time_minimum", "L3123-27", INFO, minutes=24 * HOUR),
    _law("part_time_ceiling", "L3123-28, L3123-9", BLOCK, extra_percent=10, full_time=35 * HOUR),
)
CHARTER: Final = (
    Setting(rule="allowed_firm", severity=BLOCK, article="L8241-2"),
    Setting(rule="competitors", severity=BLOCK, article="charter"),
    Setting(rule="max_firms", severity=BLOCK, parameters={"most": 5}, article="charter"),
    Setting(rule="urgent_maximum", severity=BLOCK, parameters={"most": 3}, article="charter"),
    Setting(rule="surplus", severity=Severity.WARN, cost=1, priority=1),
    _cost("uncovered", 1),
    _cost("idle_hours", 20, per=HALF_DAY),
    _cost("new_faces", 60),
    _cost("few_firms", 30, free=3),
    _cost("two_firms_a_day", 15),
    _cost("requests", 30),
    _cost("wished_worker", 20),
    _cost("urgent_fairness", 10),
    _cost("unpleasant_fairness", 5),
    _cost("stability", 40),
    _cost("notice", 100, article="L3123-31", days=7),
)

FRANCE: Final[tuple[Setting, ...]] = (*STRUCTURE, *LAW, *CHARTER)
BASES: Final = {"france": FRANCE, "none": ()}
