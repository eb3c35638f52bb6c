"""The rules, one module each; what they have in common is in `families`.

A new rule is a module here, a line below, and a setting in a rule pack; the search never changes.
"""

from collections.abc import Mapping
from types import MappingProxyType

from maillage.engines.rostering.families.rule import CoverRule, Rule
from maillage.engines.rostering.rules import (
    allowed_firm,
    availability,
    average_maximum,
    break_time,
    competitors,
    contract_drift,
    daily_maximum,
    daily_rest,
    days_in_row,
    few_firms,
    fixed,
    idle_hours,
    kind_maximum,
    max_firms,
    new_faces,
    night_habit,
    night_hours,
    night_work,
    no_overlap,
    notice,
    overtime,
    overtime_quota,
    part_time_ceiling,
    part_time_minimum,
    period_hours,
    requests,
    rest_run,
    skill,
    split_day,
    stability,
    succession,
    sunday_work,
    surplus,
    travel,
    two_firms_a_day,
    uncovered,
    unpleasant_fairness,
    urgent_fairness,
    urgent_maximum,
    weekends,
    weekly_maximum,
    weekly_rest,
    wished_worker,
    work_run,
)

LINE_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            allowed_firm.RULE,
            availability.RULE,
            average_maximum.RULE,
            break_time.RULE,
            competitors.RULE,
            contract_drift.RULE,
            daily_maximum.RULE,
            daily_rest.RULE,
            days_in_row.RULE,
            few_firms.RULE,
            fixed.RULE,
            idle_hours.RULE,
            kind_maximum.RULE,
            max_firms.RULE,
            new_faces.RULE,
            night_habit.RULE,
            night_hours.RULE,
            night_work.RULE,
            no_overlap.RULE,
            notice.RULE,
            overtime.RULE,
            overtime_quota.RULE,
            part_time_ceiling.RULE,
            part_time_minimum.RULE,
            period_hours.RULE,
            requests.RULE,
            rest_run.RULE,
            skill.RULE,
            split_day.RULE,
            stability.RULE,
            succession.RULE,
            sunday_work.RULE,
            travel.RULE,
            two_firms_a_day.RULE,
            unpleasant_fairness.RULE,
            urgent_fairness.RULE,
            urgent_maximum.RULE,
            weekends.RULE,
            weekly_maximum.RULE,
            weekly_rest.RULE,
            wished_worker.RULE,
            work_run.RULE,
        )
    }
)
COVER_RULES: Mapping[str, CoverRule] = MappingProxyType(
    {rule.name: rule for rule in (uncovered.RULE, surplus.RULE)}
)
RULES: Mapping[str, Rule | CoverRule] = MappingProxyType({**LINE_RULES, **COVER_RULES})
