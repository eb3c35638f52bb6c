"""Which topics bring firms together: many of them, strongly, safely between competitors, soon.

For the animator of a network alone, like common needs.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from maillage.launch.needs.commons import Situation, Together, together_of
from maillage.launch.needs.commons_groups import largest, linked_among
from maillage.launch.needs.commons_rules import (
    LEAST_FIRMS_OF_A_STAKE,
    LEAST_STRENGTH,
    RANKED_BY,
    SAFE,
    TOPIC_RULES,
    Gain,
    Sensitivity,
    TopicRule,
)
from maillage.launch.needs.enums import ProposalKind, Strength, Topic
from maillage.launch.needs.models import CommonNeed

WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Stake:
    """A topic that firms have in common.

    `together` are the firms around one place that may sit at one table; `interested` counts all
    those of the network that state something about it. `score`, out of 1000, ranks it.
    """

    topic: str
    interested: int
    together: Together
    rule: TopicRule
    score: int

    @property
    def key(self) -> str:
        """Its name in an address."""
        return f"stake-{self.topic}"

    @property
    def enough_firms(self) -> bool:
        """Whether enough firms that are near each other may meet about it."""
        return self.together.firms >= LEAST_FIRMS_OF_A_STAKE

    @property
    def strong_enough(self) -> bool:
        """Whether half of them find it useful at least."""
        return self.together.half >= LEAST_STRENGTH

    @property
    def safe(self) -> bool:
        """Whether two competitors may work on it together."""
        return self.rule.sensitivity <= SAFE

    @property
    def proposed(self) -> bool:
        """Whether it passes every threshold."""
        return self.enough_firms and self.strong_enough


def stakes_of(situation: Situation, kept: Iterable[CommonNeed] = ()) -> list[Stake]:
    """Return the topics of a network: those that may be proposed first, then by their score.

    Those taken up or set aside already are left out; what is stated as something else is no topic.
    """
    known = {one.topic for one in kept if one.kind == ProposalKind.STAKE} | {Topic.OTHER}
    by_topic = defaultdict(list)
    for need in situation.needs.values():
        if need.topic not in known:
            by_topic[need.topic].append(situation.wanted(need, frozenset()))
    most = max((len({one.firm for one in rows}) for rows in by_topic.values()), default=1)
    found = []
    for topic, unsorted in by_topic.items():
        rows = sorted(unsorted, key=lambda one: one.need)
        linked = linked_among(rows, situation.ground.near_metres)
        group = largest(rows, range(len(rows)), linked, situation.ground)
        if group is not None:
            together = together_of(situation, group)
            interested = len({one.firm for one in rows})
            rule = TOPIC_RULES[topic]
            score = _score(together, interested, most, rule)
            found.append(Stake(topic, interested, together, rule, score))
    return sorted(found, key=lambda one: (not one.proposed, -one.score, one.topic))


def _score(together: Together, interested: int, most: int, rule: TopicRule) -> int:
    strengths = sum(one.strength for one in together.needs)
    parts = {
        "firms": WHOLE * interested // most,
        "strength": WHOLE * strengths // (Strength.SURVIVAL * len(together.needs)),
        "safety": WHOLE * (Sensitivity.SECRET - rule.sensitivity) // Sensitivity.SECRET,
        "gain": WHOLE * rule.gain // Gain.WEEKS,
    }
    return sum(RANKED_BY[part] * parts[part] for part in parts) // sum(RANKED_BY.values())
