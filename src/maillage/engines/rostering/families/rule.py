"""What a rule is: findings for people and checks, shapes for the search, one sentence for both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from maillage.engines.rostering.entities import Need
    from maillage.engines.rostering.ground import Ground
    from maillage.engines.rostering.plan import Line
    from maillage.engines.rostering.sentences import Sentence
    from maillage.engines.rostering.settings import Setting
    from maillage.engines.rostering.shapes import Shape


@dataclass(frozen=True)
class Finding:
    """One breach: its amount in the rule's unit, the slots it is about, what fills the sentence."""

    amount: int
    need_ids: tuple[str, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)


LineFindings = Callable[["Setting", "Line"], Iterator[Finding]]
LineShapes = Callable[["Setting", "Ground"], Iterator["Shape"]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule that judges one worker's line.

    `unit` is the natural unit of amounts (minutes, slots, days, firms, people…). `parameters`
    are those a setting must give. `findings` and `shapes` say the same thing, for people and
    for the search; a test holds them together. A line of less than `fewest` slots breaks nothing.
    `choices` are the words that a parameter may be. A rule that is `told_only` has no shapes: its
    severity is always "info".
    """

    name: str
    unit: str
    sentence: Sentence
    findings: LineFindings
    shapes: LineShapes
    parameters: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fewest: int = 0
    told_only: bool = False


@dataclass(frozen=True, kw_only=True)
class CoverRule:
    """A rule that judges one slot by how many people are in it: the only link between workers.

    `amount(need, staffed)` is how many people too few or too many; `weight(need)` multiplies the
    cost, and None forbids any amount.
    """

    name: str
    unit: str
    sentence: Sentence
    choices: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    told_only: ClassVar[bool] = False
    amount: Callable[[Need, int], int]
    weight: Callable[[Need], int | None]
    parameters: tuple[str, ...] = ()
