"""Part-time minimum: a contract promises `minutes` a week, unless the worker asked for less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import Finding, Rule
from maillage.engines.rostering.ground import ints
from maillage.engines.rostering.sentences import Sentence
from maillage.engines.rostering.shapes import Givens, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting


def findings(setting: Setting, line: Line) -> Iterator[Finding]:
    """Minutes that the contract lacks, whatever the plan."""
    promised = line.worker.contract.week_minutes
    amount = setting.number("minutes") - promised
    if amount > 0:
        yield Finding(amount, (), {"total": promised, "limit": setting.number("minutes")})


def shapes(setting: Setting, ground: Ground) -> Iterator[Shape]:
    """Say the same to the search, which can do nothing about it."""
    promised = ints(worker.contract.week_minutes for worker in ground.instance.workers)
    missing = (setting.number("minutes") - promised).clip(min=0)
    yield Givens(scope=ground.scope(setting), amount=missing)


RULE = Rule(
    name="part_time_minimum",
    unit="minutes",
    sentence=Sentence(
        en="the contract {of_worker} promises {total} a week, {limit} at least",
        fr="le contrat {of_worker} promet {total} par semaine, {limit} au moins",
    ),
    findings=findings,
    shapes=shapes,
    parameters=("minutes",),
)
