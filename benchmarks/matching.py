"""How fast are needs and offers matched? Beside plain Python, one pair after another, in one run.

    python -m benchmarks.matching                 the sizes below
    python -m benchmarks.matching 1000x500        only this one

Each line is one made-up network. The baseline weighs each pair with the functions of the checks;
both keep the best pairs first, and their answers are compared. Seconds depend on the machine:
compare the ratio.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from random import Random

from maillage.engines.matching import Instance, Statement, breaches, solve, sorted_pairs
from maillage.engines.matching.checks import is_match, reasons_of

SEED = 1
SIZES = ("100x50", "500x250", "1000x500")
HEADINGS = f"{'needs':>6} {'offers':>7} {'matches':>8} {'s':>7} {'plain s':>8} {'ratio':>6}  end"
TOPICS = ("staff", "training", "equipment", "purchases", "digital", "other")
TRADES = 40
WORDS = 800
FIRMS = 600


def made_up(needs: int, offers: int, *, seed: int = SEED) -> Instance:
    """Return a network of this size, within a circle of some 60 km; one seed, one network."""
    random = Random(seed)
    pairs = [
        (f"firm {random.randrange(FIRMS)}", f"firm {random.randrange(FIRMS)}") for _ in range(FIRMS)
    ]
    return Instance(
        needs=tuple(_statement(f"need {rank:04}", random) for rank in range(needs)),
        offers=tuple(_statement(f"offer {rank:04}", random) for rank in range(offers)),
        kept_apart=sorted_pairs(pair for pair in pairs if pair[0] != pair[1]),
        akin=sorted_pairs(("other", topic) for topic in TOPICS if topic != "other"),
    )


def _statement(statement_id: str, random: Random) -> Statement:
    topic = random.choice(TOPICS)
    trade = random.randrange(TRADES) if topic == "staff" else None
    said = {f"word {int(WORDS * random.random() ** 2)}" for _ in range(random.randint(2, 12))}
    first = random.randrange(12)
    worked = {(first + month) % 12 for month in range(random.randint(2, 8))}
    hours = tuple(2 * random.randint(3, 20) if month in worked else 0 for month in range(12))
    return Statement(
        statement_id=statement_id,
        firm_id=f"firm {random.randrange(FIRMS)}",
        topic=topic,
        strength=random.randint(1, 5),
        occupation="" if trade is None else f"trade {trade}",
        trade_words=frozenset() if trade is None else frozenset({f"trade word {trade}"}),
        words=frozenset(said),
        half_hours=() if trade is None else hours,
        place=(47.6 + random.uniform(-0.5, 0.5), 1.3 + random.uniform(-0.8, 0.8)),
        sector=random.choice(("", "", "food", "building", "tourism", "care")),
    )


def plainly(instance: Instance) -> list[tuple[str, str]]:
    """Return the pairs that the rule keeps, weighed one after another."""
    found = []
    for need in instance.needs:
        for offer in instance.offers:
            if is_match(instance, need, offer):
                points = sum(reason.points for reason in reasons_of(instance, need, offer))
                found.append((-points, need.statement_id, offer.statement_id))
    offers_of: Counter[str] = Counter()
    needs_of: Counter[str] = Counter()
    kept = []
    for _points, need_id, offer_id in sorted(found):
        if (
            offers_of[need_id] < instance.offers_per_need
            and needs_of[offer_id] < instance.needs_per_offer
        ):
            offers_of[need_id] += 1
            needs_of[offer_id] += 1
            kept.append((need_id, offer_id))
    return kept


def answer(size: str) -> str:
    """Match one network both ways and return one line of the table."""
    needs, offers = map(int, size.split("x"))
    instance = made_up(needs, offers)
    start = time.perf_counter()
    result = solve(instance)
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    plain = plainly(instance)
    plain_seconds = time.perf_counter() - start
    pairs = [(match.need_id, match.offer_id) for match in result.solution.matches]
    wrong = breaches(instance, result.solution)
    end = "; ".join(wrong[:3]) or ("same answer" if pairs == plain else "another answer")
    return (
        f"{needs:>6} {offers:>7} {len(pairs):>8} {seconds:>7.3f} {plain_seconds:>8.3f} "
        f"{plain_seconds / seconds:>6.1f}  {end}"
    )


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", default=SIZES, help="needs x offers, as 1000x500")
    print(HEADINGS)
    for size in parser.parse_args().sizes:
        print(answer(size), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
