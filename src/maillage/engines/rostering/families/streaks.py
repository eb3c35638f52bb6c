"""Rules on days worked, or free, in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import Finding
from maillage.engines.rostering.ground import ints
from maillage.engines.rostering.shapes import NO_LIMIT, Runs, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.entities import Worker
    from maillage.engines.rostering.families.rule import LineFindings, LineShapes
    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting


def run_findings(*, of_work: bool, most: bool) -> LineFindings:
    """Return findings on runs that pass `days` (`most`), or fall short of it."""

    def findings(setting: Setting, line: Line) -> Iterator[Finding]:
        limit = setting.number("days")
        past = before(line.worker, of_work=of_work)
        if most and of_work and len(line.by_day) + (past or 0) <= limit:
            return
        holds = setting.days_of(line.instance.horizon)
        marks = [worked == of_work for worked in line.worked_days()]
        for first, last, length, ended in _runs(marks, past):
            amount = limit - length if ended else 0
            if most:
                amount = length - limit if last >= first else 0
            if amount > 0 and holds[max(last, 0)]:
                yield Finding(
                    amount,
                    tuple(n.need_id for n in line.own if first <= n.day <= last),
                    {"days": length, "limit": limit, "first": first, "last": last},
                )

    return findings


def run_shapes(*, of_work: bool, most: bool) -> LineShapes:
    """Return the shape that says the same."""

    def shapes(setting: Setting, ground: Ground) -> Iterator[Shape]:
        limit = setting.number("days")
        known = (before(worker, of_work=of_work) for worker in ground.instance.workers)
        yield Runs(
            scope=ground.scope(setting),
            of_work=of_work,
            least=0 if most else limit,
            most=limit if most else int(NO_LIMIT),
            before=ints(-1 if days is None else days for days in known),
            in_force=ground.in_force(setting),
        )

    return shapes


def before(worker: Worker, *, of_work: bool) -> int | None:
    """Days a run had lasted when the horizon began; None when not known."""
    past = worker.history
    days, other = past.days_in_row, past.days_off_in_row
    if not of_work:
        days, other = other, days
    if days is None and other:
        return 0  # the run of the other kind says that this one had not begun
    return days


def _runs(marks: list[bool], past: int | None) -> Iterator[tuple[int, int, int, bool]]:
    """First day, last day, length, and whether both ends are known, of each run of marks."""
    length, known = past or 0, past is not None
    first = 0
    for day, mark in enumerate(marks):
        if mark:
            length += 1
            continue
        if length:
            yield first, day - 1, length, known
        length, known, first = 0, True, day + 1
    if length:
        yield first, len(marks) - 1, length, False
