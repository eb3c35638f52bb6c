"""Rules on totals over days, weeks or the whole horizon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from maillage.engines.rostering.families.rule import Finding
from maillage.engines.rostering.ground import ints
from maillage.engines.rostering.shapes import NO_LIMIT, Shape, Sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.families.rule import LineFindings, LineShapes
    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting


class Limit(NamedTuple):
    """What a worker's total from one day to another (both included) must respect."""

    first: int
    last: int
    past: int = 0
    least: int = 0
    most: int = int(NO_LIMIT)


if TYPE_CHECKING:
    Limits = Callable[[Setting, Instance, Worker], Iterator[Limit]]
    Counted = Callable[[Setting, Need], int]


def total_findings(limits: Limits, counted: Counted | None = None) -> LineFindings:
    """Return findings on minutes of work (travel included), or on what `counted` counts."""

    def findings(setting: Setting, line: Line) -> Iterator[Finding]:
        for limit in _limits_met(limits, setting, line):
            total = limit.past + _total(setting, line, limit, counted)
            for amount in (total - limit.most, limit.least - total):
                if amount > 0:
                    yield Finding(
                        amount,
                        _slots(line, limit),
                        {
                            "total": total,
                            "limit": limit.most if total > limit.most else limit.least,
                            "first": limit.first,
                            "last": limit.last,
                        },
                    )

    return findings


@dataclass(frozen=True)
class _Known:
    """The limits of one setting on one worker, each found at once by the days it is about.

    `standing` are those that even nobody at work breaks: a contract's hours, a past too full.
    """

    setting: Setting
    worker: Worker
    limits: tuple[Limit, ...]
    standing: tuple[int, ...]
    of_day: Mapping[int, tuple[int, ...]]


def _limits_met(limits: Limits, setting: Setting, line: Line) -> Iterator[Limit]:
    """Yield the limits that a line can break: those of its days, and those standing."""
    kept = line.instance.limits_known
    key = id(limits), id(setting), id(line.worker)
    known = kept.get(key)
    if not isinstance(known, _Known):
        known = kept[key] = _known(limits, setting, line)
    if not known.limits:
        return iter(())
    met = set(known.standing)
    for day in line.by_day:
        met.update(known.of_day.get(day, ()))
    return (known.limits[k] for k in sorted(met))


def _known(limits: Limits, setting: Setting, line: Line) -> _Known:
    found = tuple(limits(setting, line.instance, line.worker))
    of_day: dict[int, tuple[int, ...]] = {}
    for k, limit in enumerate(found):
        for day in range(max(limit.first, 0), min(limit.last + 1, line.instance.horizon.days)):
            of_day[day] = (*of_day.get(day, ()), k)
    standing = (k for k, limit in enumerate(found) if not limit.least <= limit.past <= limit.most)
    return _Known(setting, line.worker, found, tuple(standing), of_day)


def total_shapes(limits: Limits, counted: Counted | None = None) -> LineShapes:
    """Return the shape that says the same."""

    def shapes(setting: Setting, ground: Ground) -> Iterator[Shape]:
        concerned = ground.covers(setting)
        table = [
            {(k.first, k.last): k for k in limits(setting, ground.instance, worker)} if own else {}
            for own, worker in zip(concerned, ground.instance.workers, strict=True)
        ]
        spans = sorted({span for of_worker in table for span in of_worker})
        none = Limit(first=0, last=0)
        amount = (
            ground.minutes
            if counted is None
            else ints(counted(setting, need) for need in ground.needs)
        )
        yield Sums(
            scope=ground.scope(setting),
            amount=amount,
            with_travel=counted is None,
            first=ints(first for first, _ in spans),
            last=ints(last for _, last in spans),
            past=_array([[of.get(span, none).past for span in spans] for of in table]),
            least=_array([[of.get(span, none).least for span in spans] for of in table]),
            most=_array([[of.get(span, none).most for span in spans] for of in table]),
        )

    return shapes


def _array(rows: list[list[int]]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.array(rows, np.int64).reshape(len(rows), len(rows[0]) if rows else 0)


def _total(setting: Setting, line: Line, limit: Limit, counted: Counted | None) -> int:
    if counted is None:
        return line.minutes(limit.first, limit.last)
    return sum(
        counted(setting, need) for need in line.needs if limit.first <= need.day <= limit.last
    )


def _slots(line: Line, limit: Limit) -> tuple[str, ...]:
    return tuple(n.need_id for n in line.own if limit.first <= n.day <= limit.last)
