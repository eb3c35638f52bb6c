"""Maximum of a kind: so many slots of one kind over the horizon, such as nights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.engines.rostering.families.rule import Rule
from maillage.engines.rostering.families.totals import Limit, total_findings, total_shapes
from maillage.engines.rostering.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.engines.rostering.entities import Need, Worker
    from maillage.engines.rostering.instance import Instance
    from maillage.engines.rostering.settings import Setting


def limits(setting: Setting, instance: Instance, _worker: Worker) -> Iterator[Limit]:
    """At most `most` slots."""
    yield Limit(first=0, last=instance.horizon.days - 1, most=setting.number("most"))


def counted(setting: Setting, need: Need) -> int:
    """1 for a slot of kind `kind`."""
    return int(need.kind == setting.word("kind"))


RULE = Rule(
    name="kind_maximum",
    unit="slots",
    sentence=Sentence(
        en="{worker} would have {total} slots of the same kind, {limit} at most",
        fr="{worker} aurait {total} créneaux du même genre, {limit} au plus",
    ),
    findings=total_findings(limits, counted),
    shapes=total_shapes(limits, counted),
    parameters=(
        "kind",
        "most",
    ),
)
