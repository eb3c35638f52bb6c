"""The base rule pack: French working-time law at its defaults, and the charter's usual terms.

Every number is here, dated and with its article; a branch, an agreement or a charter replaces a
setting by giving another one of the same rule (see `reading`). Rows of a group are for workers
under 18 and for night workers. `farm` rules are not the default.
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


def _law(
    rule: str, article: str, severity: Severity, group: str = "", /, **parameters: Parameter
) -> Setting:
    return Setting(
        group=group,
        rule=rule,
        severity=severity,
        parameters=parameters,
        article=article,
        valid_from=LABOUR_CODE,
    )


def _cost(rule: str, cost: int, *, per: int = 1, **limits: int) -> Setting:
    return Setting(
        rule=rule,
        severity=Severity.WARN,
        parameters=limits,
        cost=cost,
        per=per,
        priority=0 if rule == "uncovered" else 1,
    )


BLOCK, DOCUMENT, INFO = Severity.BLOCK, Severity.NEEDS_DOCUMENT, Severity.INFO

STRUCTURE: Final = tuple(
    Setting(rule=rule, severity=BLOCK)
    for rule in ("skill", "availability", "no_overlap", "travel", "fixed")
)
NIGHT: Final = {"from": 21 * HOUR, "to": 6 * HOUR}
FULL_TIME: Final = 35 * HOUR
MINOR, NIGHT_WORKER = "minor", "night_worker"  # groups of workers

LAW: Final = (
    _law("daily_maximum", "L3121-18", BLOCK, minutes=10 * HOUR),
    _law("weekly_maximum", "L3121-20", BLOCK, minutes=48 * HOUR),
    _law("average_maximum", "L3121-22", BLOCK, weeks=12, minutes=44 * HOUR),
    _law("break_time", "L3121-16", BLOCK, longest=6 * HOUR, pause=20),
    _law("daily_rest", "L3131-1", BLOCK, minutes=11 * HOUR),
    _law("weekly_rest", "L3132-2", BLOCK, minutes=35 * HOUR, within=24 * HOUR),
    _law("days_in_row", "L3132-1", BLOCK, days=6),
    _law("sunday_work", "L3132-3", DOCUMENT),
    _law("night_work", "L3122-20", DOCUMENT, **NIGHT),
    _law("night_habit", "L3122-5", INFO, **NIGHT, minutes=3 * HOUR, most=1),
    _law("night_hours", "L3122-23", INFO, **NIGHT, most=270 * HOUR),
    _law("daily_maximum", "L3122-6", BLOCK, NIGHT_WORKER, minutes=8 * HOUR),
    _law("average_maximum", "L3122-7", BLOCK, NIGHT_WORKER, weeks=12, minutes=40 * HOUR),
    _law("part_time_minimum", "L3123-27", INFO, minutes=24 * HOUR),
    _law("part_time_ceiling", "L3123-28, L3123-9", BLOCK, extra_percent=10, full_time=FULL_TIME),
    _law("split_day", "L3123-30", DOCUMENT, most=1, longest=120, pause=20, full_time=FULL_TIME),
    Setting(
        rule="notice",
        severity=Severity.WARN,
        parameters={"days": 7},
        cost=100,
        priority=1,
        article="L3123-31, L3121-47",
        valid_from=LABOUR_CODE,
    ),
    _law("notice", "L3123-10", INFO, days=3, calendar=1, added_only=1, full_time=FULL_TIME),
    _law("contract_drift", "L3123-13", INFO, weeks=12, above=120, full_time=FULL_TIME),
    _law("overtime", "L3121-28", INFO, minutes=35 * HOUR),
    _law("overtime_quota", "L3121-33, D3121-24", INFO, minutes=35 * HOUR, most=220 * HOUR),
    _law("daily_maximum", "L3162-1", BLOCK, MINOR, minutes=8 * HOUR),
    _law("weekly_maximum", "L3162-1", BLOCK, MINOR, minutes=35 * HOUR),
    _law("break_time", "L3162-3", BLOCK, MINOR, longest=270, pause=30),
)
CHARTER: Final = (
    Setting(rule="allowed_firm", severity=BLOCK, article="L8241-2"),
    Setting(rule="competitors", severity=BLOCK, article="charter"),
    Setting(rule="max_firms", severity=BLOCK, parameters={"most": 5}, article="charter"),
    Setting(
        rule="urgent_maximum",
        severity=BLOCK,
        parameters={"most": 3, "window": "month"},
        article="charter",
    ),
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
)

FRANCE: Final[tuple[Setting, ...]] = (*STRUCTURE, *LAW, *CHARTER)
BASES: Final = {"france": FRANCE, "none": ()}
