"""How far an agreement or the authority may move a limit of working time: dated, with the article.

What is not here is public order, or belongs to the contract: no text of the group changes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from maillage.run.planning.enums import RuleSource

HOUR: Final = 60
WORK_ACT: Final = date(2016, 8, 10)  # the articles on working time were numbered anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """What the law allows a text to set for `limit` of `rule`, both ends included, from a day on.

    `sources` are the texts that may do so.
    """

    rule: str
    limit: str
    lowest: int
    highest: int
    article: str
    since: date = WORK_ACT
    sources: tuple[RuleSource, ...] = (RuleSource.AGREEMENT,)


MARGINS: Final = (
    Margin(
        rule="daily_maximum",
        limit="minutes",
        lowest=1,
        highest=12 * HOUR,
        article="L3121-18, L3121-19",
        sources=(RuleSource.AGREEMENT, RuleSource.AUTHORITY),
    ),
    Margin(
        rule="weekly_maximum",
        limit="minutes",
        lowest=1,
        highest=60 * HOUR,
        article="L3121-21",
        sources=(RuleSource.AUTHORITY,),
    ),
    Margin(
        rule="average_maximum",
        limit="minutes",
        lowest=1,
        highest=46 * HOUR,
        article="L3121-23, L3121-24",
        sources=(RuleSource.AGREEMENT, RuleSource.AUTHORITY),
    ),
    Margin(
        rule="daily_rest",
        limit="minutes",
        lowest=9 * HOUR,
        highest=24 * HOUR,
        article="L3131-2, D3131-6",
    ),
    Margin(
        rule="part_time_ceiling",
        limit="extra_percent",
        lowest=0,
        highest=33,  # one third, in whole percents
        article="L3123-20",
    ),
    Margin(rule="notice", limit="days", lowest=3, highest=365, article="L3123-24"),
)


def margin_on(rule: str, day: date) -> Margin | None:
    """Return what the law allows for a rule on a day, None when nothing may change it."""
    rows = [row for row in MARGINS if row.rule == rule and row.since <= day]
    return max(rows, key=lambda row: row.since, default=None)


def changeable(day: date) -> Mapping[str, Margin]:
    """Return the rules that a text may change on a day."""
    found = {row.rule: margin_on(row.rule, day) for row in MARGINS}
    return {rule: margin for rule, margin in found.items() if margin is not None}
