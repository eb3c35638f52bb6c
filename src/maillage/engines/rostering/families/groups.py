"""Rules that count groups of slots a worker touches: firms, weekends, firms of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.engines.rostering.families.rule import Finding
from maillage.engines.rostering.ground import ints
from maillage.engines.rostering.shapes import Shape, Touches

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.families.rule import LineFindings, LineShapes
    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.settings import Setting

    Group = tuple[Hashable, Hashable]  # the outer group, then the inner one
    GroupOf = Callable[[Instance, Need], Group | None]
    Counts = Callable[[Worker, Hashable], bool]


def every(_worker: Worker, _inner: Hashable) -> bool:
    """Count every group."""
    return True


def group_findings(
    group_of: GroupOf, limit: Callable[[Setting], int], counts: Counts = every
) -> LineFindings:
    """Return findings on the inner groups touched beyond `limit` in each outer group."""

    def findings(setting: Setting, line: Line) -> Iterator[Finding]:
        if len(line.needs) <= limit(setting):
            return
        by_group: dict[Group | None, list[str]] = {}
        for need in line.in_force(setting):
            by_group.setdefault(group_of(line.instance, need), []).append(need.need_id)
        touched: dict[Hashable, dict[Hashable, list[str]]] = {}
        for group, need_ids in by_group.items():
            if group is not None and counts(line.worker, group[1]):
                touched.setdefault(group[0], {})[group[1]] = need_ids
        for outer, inner in touched.items():
            amount = len(inner) - limit(setting)
            if amount > 0:
                names = tuple(sorted(inner, key=str))
                details = {
                    "count": len(inner),
                    "limit": limit(setting),
                    "groups": names,
                    "outer": outer,
                }
                slots = tuple(need_id for need_ids in inner.values() for need_id in need_ids)
                yield Finding(amount, slots, details)

    return findings


def group_shapes(
    group_of: GroupOf, limit: Callable[[Setting], int], counts: Counts = every
) -> LineShapes:
    """Return the shape that says the same."""

    def shapes(setting: Setting, ground: Ground) -> Iterator[Shape]:
        instance = ground.instance
        own = ground.own_in_force(setting)
        of_need = [
            group_of(instance, need) if mine else None
            for need, mine in zip(ground.needs, own, strict=True)
        ]
        groups = list(dict.fromkeys(group for group in of_need if group is not None))
        number = {group: g for g, group in enumerate(groups)}
        outers = {outer: o for o, outer in enumerate(dict.fromkeys(g[0] for g in groups))}
        counted = np.ones((len(instance.workers), len(groups)), np.bool_)
        for w, worker in enumerate(instance.workers if counts is not every else ()):
            for g, group in enumerate(groups):
                counted[w, g] = counts(worker, group[1])
        yield Touches(
            scope=ground.scope(setting),
            inner=ints(-1 if group is None else number[group] for group in of_need),
            outer=ints(outers[group[0]] for group in groups),
            counted=counted,
            limit=limit(setting),
        )

    return shapes
