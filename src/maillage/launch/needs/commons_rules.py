"""When something is common enough to be proposed, and what may be talked of between competitors.

Each figure stands here once, with what the experience of networks taught.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from maillage.launch.needs.enums import Strength, Topic


class Sensitivity(IntEnum):
    """How much two competitors would give away by talking of a topic."""

    NONE = 0
    LOW = 1
    HIGH = 2
    SECRET = 3


class Gain(IntEnum):
    """How soon firms that work on a topic together gain something."""

    SLOW = 0
    MONTHS = 1
    WEEKS = 2


@dataclass(frozen=True, slots=True)
class TopicRule:
    """What is known of a topic beforehand."""

    sensitivity: Sensitivity
    gain: Gain


# Enough firms: two needs that overlap are worth a word (L45), a stake begins with three (L15).
LEAST_FIRMS_OF_A_NEED = 2
LEAST_FIRMS_OF_A_STAKE = 3
# Near enough to meet without losing half a day: a need is opened to a territory (L1).
NEAR_METRES = 30_000
# Strong enough: half the firms find it useful at least; the stronger, the more it brings together,
# and a threat to survival most of all (L13).
LEAST_STRENGTH = Strength.USEFUL
# Safe between competitors: up to here two of them may sit at one table; beyond, never (L16).
SAFE = Sensitivity.LOW
# The first action is small and soon.
DAYS_TO_MEET = 14

# Firms, not whoever promotes a topic, make it rank high (L110); then strength, safety, quick gain.
RANKED_BY: Mapping[str, int] = MappingProxyType({"firms": 4, "strength": 3, "safety": 2, "gain": 1})

# Competitors work together on what is beside their trade: safety, environment, quality, training
# (L16). What they sell, to whom, at what price, and whom they employ they keep from each other;
# what is stated as something else may be any of these.
TOPIC_RULES: Mapping[str, TopicRule] = MappingProxyType(
    {
        Topic.STAFF: TopicRule(Sensitivity.HIGH, Gain.MONTHS),
        Topic.TRAINING: TopicRule(Sensitivity.LOW, Gain.MONTHS),
        Topic.EQUIPMENT: TopicRule(Sensitivity.HIGH, Gain.MONTHS),
        Topic.PURCHASES: TopicRule(Sensitivity.HIGH, Gain.WEEKS),
        Topic.SAFETY: TopicRule(Sensitivity.NONE, Gain.WEEKS),
        Topic.ENVIRONMENT: TopicRule(Sensitivity.NONE, Gain.WEEKS),
        Topic.QUALITY: TopicRule(Sensitivity.LOW, Gain.MONTHS),
        Topic.DIGITAL: TopicRule(Sensitivity.LOW, Gain.WEEKS),
        Topic.EXPORT: TopicRule(Sensitivity.HIGH, Gain.SLOW),
        Topic.CUSTOMERS: TopicRule(Sensitivity.SECRET, Gain.SLOW),
        Topic.OTHER: TopicRule(Sensitivity.SECRET, Gain.SLOW),
    }
)


def safe_between_competitors(topic: str) -> bool:
    """Whether two competitors may be proposed to work on a topic together."""
    return TOPIC_RULES[topic].sensitivity <= SAFE
