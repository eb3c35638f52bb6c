"""Is a solution valid? Plain Python, one pair at a time, nothing of the tables that found it.

Each check yields one sentence per breach, in English, naming the pair.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from maillage.engines.kernel.errors import SolutionError
from maillage.engines.matching.instance import STRONGEST, Instance, Statement
from maillage.engines.matching.solution import (
    AKIN,
    LEAST_REASONS,
    LEAST_WORDS,
    SUBJECTS,
    WHOLE,
    Match,
    Reason,
    ReasonKind,
    Solution,
    metres_between,
)

ROUNDING = 1  # metre, between two ways of counting the same distance

type Pair = tuple[Statement, Statement]
type Recompute = Callable[[Instance, Statement, Statement], Reason | None]


def topic(instance: Instance, need: Statement, offer: Statement) -> Reason | None:
    """The same topic, or one that may go with it."""
    pair = (min(need.topic, offer.topic), max(need.topic, offer.topic))
    if need.topic == offer.topic:
        return Reason(kind=ReasonKind.TOPIC, thousandths=WHOLE)
    return Reason(kind=ReasonKind.TOPIC, thousandths=AKIN) if pair in instance.akin else None


def occupation(_instance: Instance, need: Statement, offer: Statement) -> Reason | None:
    """The same occupation."""
    if not need.occupation or need.occupation != offer.occupation:
        return None
    return Reason(kind=ReasonKind.OCCUPATION, thousandths=WHOLE)


def words(instance: Instance, need: Statement, offer: Statement) -> Reason | None:
    """Words in common; those that name an occupation count only where it is not the same."""
    named = occupation(instance, need, offer) is not None
    mine, theirs = (need.words, offer.words) if named else (need.all_words, offer.all_words)
    common, shorter = mine & theirs, min(len(mine), len(theirs))
    if not common or LEAST_WORDS * len(common) < shorter:
        return None
    thousandths = WHOLE * len(common) // shorter
    return Reason(kind=ReasonKind.WORDS, thousandths=thousandths, words=tuple(sorted(common)))


def months(_instance: Instance, need: Statement, offer: Statement) -> Reason | None:
    """Hours offered in months in which they are needed."""
    pairs = list(zip(need.half_hours, offer.half_hours, strict=False))
    fit = tuple(month for month, (one, other) in enumerate(pairs, 1) if one and other)
    if not fit:
        return None
    served = sum(min(pair) for pair in pairs)
    thousandths = -(-WHOLE * served // sum(need.half_hours))
    return Reason(kind=ReasonKind.MONTHS, thousandths=thousandths, months=fit)


def near(instance: Instance, need: Statement, offer: Statement) -> Reason | None:
    """A place no farther than what is near."""
    if need.place is None or offer.place is None:
        return None
    metres = metres_between(need.place, offer.place)
    if metres > instance.near_metres:
        return None
    thousandths = WHOLE - AKIN * metres // instance.near_metres
    return Reason(kind=ReasonKind.NEAR, thousandths=thousandths, metres=metres)


def sector(_instance: Instance, need: Statement, offer: Statement) -> Reason | None:
    """The same sector."""
    if not need.sector or need.sector != offer.sector:
        return None
    return Reason(kind=ReasonKind.SECTOR, thousandths=WHOLE)


def strength(instance: Instance, need: Statement, _offer: Statement) -> Reason | None:
    """A need that is strong."""
    if need.strength < instance.strong_from:
        return None
    return Reason(kind=ReasonKind.STRENGTH, thousandths=need.strength * WHOLE // STRONGEST)


RECOMPUTE: Mapping[ReasonKind, Recompute] = {
    ReasonKind.TOPIC: topic,
    ReasonKind.OCCUPATION: occupation,
    ReasonKind.WORDS: words,
    ReasonKind.MONTHS: months,
    ReasonKind.NEAR: near,
    ReasonKind.SECTOR: sector,
    ReasonKind.STRENGTH: strength,
}


def reasons_of(instance: Instance, need: Statement, offer: Statement) -> tuple[Reason, ...]:
    """Return the reasons of a pair, recomputed."""
    found = (recompute(instance, need, offer) for recompute in RECOMPUTE.values())
    return tuple(reason for reason in found if reason is not None)


def is_match(instance: Instance, need: Statement, offer: Statement) -> bool:
    """Whether a pair is a match, were there no limit to how many each one gets."""
    kinds = {reason.kind for reason in reasons_of(instance, need, offer)}
    return (
        ReasonKind.TOPIC in kinds
        and len(kinds) - 1 >= LEAST_REASONS
        and not kinds.isdisjoint(SUBJECTS)
        and not _months_clash(need, offer)
        and not _kept_apart(instance, need, offer)
    )


def _months_clash(need: Statement, offer: Statement) -> bool:
    both = any(need.half_hours) and any(offer.half_hours)
    pairs = zip(need.half_hours, offer.half_hours, strict=False)
    return both and not any(one and other for one, other in pairs)


def _kept_apart(instance: Instance, need: Statement, offer: Statement) -> bool:
    firms = (min(need.firm_id, offer.firm_id), max(need.firm_id, offer.firm_id))
    return (
        need.firm_id == offer.firm_id
        or firms in instance.kept_apart
        or (need.statement_id, offer.statement_id) in instance.refused
    )


def check_apart(instance: Instance, pairs: Mapping[Match, Pair]) -> Iterator[str]:
    """Nobody meets itself, a firm kept apart from it, or an offer refused."""
    for match, (need, offer) in pairs.items():
        if _kept_apart(instance, need, offer):
            yield f"{_name(match)} brings together what is kept apart"


def check_about(_instance: Instance, pairs: Mapping[Match, Pair]) -> Iterator[str]:
    """A match has two reasons besides the topic, one of which says what it is about."""
    for match, (need, offer) in pairs.items():
        kinds = {reason.kind for reason in match.reasons}
        if ReasonKind.TOPIC not in kinds or kinds.isdisjoint(SUBJECTS):
            yield f"{_name(match)} is not about one thing"
        if len(kinds - {ReasonKind.TOPIC}) < LEAST_REASONS:
            yield f"{_name(match)} has fewer than {LEAST_REASONS} reasons besides the topic"
        if _months_clash(need, offer):
            yield f"{_name(match)} has hours in no month in common"


def check_reasons(instance: Instance, pairs: Mapping[Match, Pair]) -> Iterator[str]:
    """Reasons are those of the pair, neither more nor less."""
    for match, (need, offer) in pairs.items():
        wanted = {reason.kind: reason for reason in reasons_of(instance, need, offer)}
        given = {reason.kind: reason for reason in match.reasons}
        if len(given) != len(match.reasons):
            yield f"{_name(match)} gives a reason twice"
        for kind in wanted.keys() | given.keys():
            if not _agree(given.get(kind), wanted.get(kind)):
                yield f"{_name(match)}: {kind} is {given.get(kind)}, not {wanted.get(kind)}"


def _agree(given: Reason | None, wanted: Reason | None) -> bool:
    if given is None or wanted is None or given.metres is None or wanted.metres is None:
        return given == wanted
    return (
        abs(given.metres - wanted.metres) <= ROUNDING
        and abs(given.thousandths - wanted.thousandths) <= ROUNDING
    )


def check_limits(instance: Instance, pairs: Mapping[Match, Pair]) -> Iterator[str]:
    """Nobody gets more than its fill."""
    offers = Counter(match.need_id for match in pairs)
    needs = Counter(match.offer_id for match in pairs)
    for need_id, count in offers.items():
        if count > instance.offers_per_need:
            yield f"need {need_id} has {count} offers"
    for offer_id, count in needs.items():
        if count > instance.needs_per_offer:
            yield f"offer {offer_id} has {count} needs"


CHECKS = (check_apart, check_about, check_reasons, check_limits)


def breaches(instance: Instance, solution: Solution) -> tuple[str, ...]:
    """Return every breach of a rule, in words; empty when the solution is valid."""
    needs = {one.statement_id: one for one in instance.needs}
    offers = {one.statement_id: one for one in instance.offers}
    unknown = tuple(
        f"{_name(match)} names what does not exist"
        for match in solution.matches
        if match.need_id not in needs or match.offer_id not in offers
    )
    if unknown:  # the other checks need to look them up
        return unknown
    times = Counter((match.need_id, match.offer_id) for match in solution.matches)
    twice = tuple(
        f"need {need}, offer {offer} is given twice" for (need, offer), n in times.items() if n > 1
    )
    pairs = {match: (needs[match.need_id], offers[match.offer_id]) for match in solution.matches}
    return twice + tuple(breach for check in CHECKS for breach in check(instance, pairs))


def verify(instance: Instance, solution: Solution) -> None:
    """Raise `SolutionError` listing the breaches, if there is any."""
    found = breaches(instance, solution)
    if found:
        raise SolutionError(found)


def _name(match: Match) -> str:
    return f"need {match.need_id}, offer {match.offer_id}"
