"""Why a need stays alone (first version: the reasons that two needs can tell)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.pooling.explain.findings import Reason, Unserved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.engines.pooling.instance import Instance, Need


def unserved(instance: Instance, served: frozenset[str]) -> Iterable[Unserved]:
    """Yield each need that no job serves."""
    for need in instance.needs:
        if need.need_id not in served:
            yield Unserved(need.need_id, _reason(instance, need), None)


def _reason(instance: Instance, need: Need) -> Reason:
    if not need.units:
        return Reason("no_hours", {})
    limit = instance.contract.period_max_half_hours
    highest = max(need.half_hours)
    if highest > limit:
        period = need.half_hours.index(highest)
        return Reason("peak_too_high", {"period": period, "half_hours": highest, "limit": limit})
    return Reason("partners_better_used", {"jobs": None, "or_more": False})
