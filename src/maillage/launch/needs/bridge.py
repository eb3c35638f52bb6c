"""The only door from needs and offers to the matching engine."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.engines.matching import (
    MOST_POINTS,
    Instance,
    Reason,
    Statement,
    solve,
    sorted_pairs,
    verify,
)
from maillage.foundation.vocabularies.folding import plain
from maillage.launch.needs.enums import Strength, Topic
from maillage.launch.needs.matching_words import words_of
from maillage.launch.needs.models import Need

type Place = tuple[float, float]
type Pairs = Collection[tuple[int, int]]

__all__ = ["MOST_POINTS", "Found", "FoundMatch", "find_matches", "occupation_of"]

OFFERS_PER_NEED = 3
NEEDS_PER_OFFER = 5
# What is stated as something else may be about anything.
AKIN = sorted_pairs((Topic.OTHER, topic) for topic in Topic.values if topic != Topic.OTHER)


@dataclass(frozen=True, slots=True)
class FoundMatch:
    """An offer that could answer a need, by row number; `reasons` are as a `Match` keeps them."""

    need: int
    offer: int
    points: int
    metres: int | None
    reasons: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Found:
    """The matches, the best first, and why each other need is left alone."""

    matches: tuple[FoundMatch, ...]
    alone: Mapping[int, str]


def find_matches(
    needs: Sequence[Need],
    offers: Sequence[Need],
    *,
    places: Mapping[int, Place],
    rivals: Pairs,
    answered: Pairs,
) -> Found:
    """Ask the engine which offers could answer which needs, and check its answer without it.

    `places` are those of firms and `rivals` pairs of them, by row number; `answered` pairs of a
    need and an offer are not proposed again. Raises `SolutionError` when the answer breaks a rule,
    which would be a fault of the engine.
    """
    instance = Instance(
        needs=tuple(_statement(one, places) for one in needs),
        offers=tuple(_statement(one, places) for one in offers),
        kept_apart=sorted_pairs((str(one), str(other)) for one, other in rivals),
        refused=frozenset((str(need), str(offer)) for need, offer in answered),
        akin=AKIN,
        strong_from=Strength.IMPORTANT,
        offers_per_need=OFFERS_PER_NEED,
        needs_per_offer=NEEDS_PER_OFFER,
    )
    result = solve(instance)
    verify(instance, result.solution)
    return Found(
        matches=tuple(
            FoundMatch(
                need=int(match.need_id),
                offer=int(match.offer_id),
                points=match.points,
                metres=match.metres,
                reasons=[_kept(reason) for reason in match.reasons],
            )
            for match in result.solution.matches
        ),
        alone={int(lone.need_id): lone.why.value for lone in result.explain()},
    )


def _statement(need: Need, places: Mapping[int, Place]) -> Statement:
    trade = frozenset(words_of(need.occupation_label))
    return Statement(
        statement_id=str(need.pk),
        firm_id=str(need.organisation_id),
        topic=need.topic,
        strength=need.strength,
        occupation=occupation_of(need),
        trade_words=trade,
        words=frozenset(words_of(need.title, need.detail)) - trade,
        half_hours=tuple(need.half_hours),
        place=places.get(need.organisation_id),
        sector=plain(need.sector),
    )


def occupation_of(need: Need) -> str:
    """Return what occupations are compared by: the code, else the words of the label."""
    return need.occupation or " ".join(sorted(words_of(need.occupation_label)))


def _kept(reason: Reason) -> dict[str, Any]:
    kept: dict[str, Any] = {"kind": reason.kind.value, "thousandths": reason.thousandths}
    if reason.words:
        kept["words"] = list(reason.words)
    if reason.months:
        kept["months"] = list(reason.months)
    if reason.metres is not None:
        kept["metres"] = reason.metres
    return kept
