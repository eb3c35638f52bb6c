"""Write a shift-scheduling question of any size, in the text format of Curtois and Qu.

    python -m benchmarks.nrp_generate --staff 45 --weeks 12 --shifts 6 [--seed 0] > FILE

The published family goes up to 150 employees over a year, and its larger files are not ours to
hand out: these have the same sections, the same kinds of limits and about the same tightness.
A legal line is drawn for each employee, from which limits and cover are taken: a legal roster
exists, and the bound of a search says how good the one it found is.
"""

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.nrp_format import WEEK

STARTS = (7, 10, 14, 22, 6, 9, 13, 15, 21, 8, 12, 16)  # hours; further shifts vary the length
LENGTHS = (480, 480, 480, 480, 600, 540, 420, 360)  # minutes
REST = 11 * 60  # minutes between two shifts
NIGHT = 20  # hour from which a shift is a night
DAY_MINUTES = 1440
SLACK = 240  # minutes either way, a span of four weeks
CONTRACTS = ((5, 2, 2, 0), (6, 2, 3, 0), (5, 1, 2, 2), (5, 1, 2, 4))  # runs, rest, days less
ABLE = 0.6  # share of the kinds that somebody may have
UNDER, OVER = 100, 1


@dataclass(frozen=True)
class Kind:
    """A kind of shift."""

    name: str
    start: int
    minutes: int

    def too_close(self, later: "Kind") -> bool:
        """Whether the other kind may not come the day after."""
        return later.start * 60 + DAY_MINUTES - (self.start * 60 + self.minutes) < REST


@dataclass(frozen=True)
class Post:
    """An employee: kinds that they may have, limits, and a line that keeps to them."""

    name: str
    able: frozenset[str]
    longest: int
    shortest: int
    rest: int
    line: tuple[Kind | None, ...]

    @property
    def minutes(self) -> int:
        """Working time of the line."""
        return sum(kind.minutes for kind in self.line if kind)

    @property
    def weekends(self) -> int:
        """Weekends that the line touches."""
        return len({d // WEEK for d, kind in enumerate(self.line) if kind and d % WEEK >= WEEK - 2})

    def most(self, kind: Kind) -> int:
        """How many of a kind they may have: as in the line for nights, else no limit."""
        if kind.name not in self.able:
            return 0
        return max(1, self.line.count(kind)) if kind.start >= NIGHT else len(self.line)


def write(staff: int, weeks: int, shifts: int, seed: int) -> str:
    """Return the text of a question; the same for the same figures."""
    chance = random.Random(f"{staff}/{weeks}/{shifts}/{seed}")
    kinds = [
        Kind(f"s{k + 1}", STARTS[k % len(STARTS)], LENGTHS[(k * 3 // 4) % len(LENGTHS)])
        for k in range(shifts)
    ]
    posts = [_post(chance, f"E{k + 1}", kinds, weeks * WEEK) for k in range(staff)]
    return "\n".join(_lines(chance, kinds, posts)) + "\n"


def _post(chance: random.Random, name: str, kinds: list[Kind], days: int) -> Post:
    longest, shortest, rest, less = CONTRACTS[min(3, int(chance.random() ** 2 * 4.2))]
    able = [kind for kind in kinds if chance.random() < ABLE]
    if all(kind.start >= NIGHT for kind in able):
        able.append(kinds[0])
    line: list[Kind | None] = [None] * chance.randrange(3)
    while len(line) < days:
        for _ in range(chance.randint(max(shortest, longest - 2), longest)):
            before = line[-1] if line else None
            line.append(chance.choice([k for k in able if not (before and before.too_close(k))]))
        line += [None] * chance.randint(rest, rest + 1 + less)
    line = line[:days]
    return Post(name, frozenset(k.name for k in able), longest, shortest, rest, tuple(line))


def _lines(chance: random.Random, kinds: list[Kind], posts: list[Post]) -> Iterator[str]:
    days = len(posts[0].line)
    yield from ("SECTION_HORIZON", "# days; day 0 is a Monday", str(days), "")
    yield from ("SECTION_SHIFTS", "# ShiftID, minutes, shifts that cannot follow")
    for kind in kinds:
        never = "|".join(other.name for other in kinds if kind.too_close(other))
        yield f"{kind.name},{kind.minutes},{never}"
    yield from ("", "SECTION_STAFF", "# ID, most of each, most and least minutes, runs, weekends")
    slack = SLACK * max(1, days // (4 * WEEK))
    for post in posts:
        most = "|".join(f"{kind.name}={post.most(kind)}" for kind in kinds)
        yield (
            f"{post.name},{most},{post.minutes + slack},{max(0, post.minutes - slack)},"
            f"{post.longest},{post.shortest},{post.rest},{post.weekends}"
        )
    yield from ("", "SECTION_DAYS_OFF", "# ID, days")
    for post in posts:
        free = [day for day, kind in enumerate(post.line) if not kind]
        off = sorted(chance.sample(free, min(len(free), max(1, days // 14))))
        yield ",".join([post.name, *map(str, off)])
    on, no = _requests(chance, kinds, posts)
    yield from ("", "SECTION_SHIFT_ON_REQUESTS", "# ID, day, shift, weight", *on)
    yield from ("", "SECTION_SHIFT_OFF_REQUESTS", "# ID, day, shift, weight", *no)
    yield from ("", "SECTION_COVER", "# day, shift, wanted, price of one short, of one too many")
    for day in range(days):
        for kind in kinds:
            there = sum(post.line[day] == kind for post in posts)
            count = max(0, there + chance.choice((0, 0, 0, 0, 0, 1, -1)))
            yield f"{day},{kind.name},{count},{UNDER},{OVER}"


def _requests(
    chance: random.Random, kinds: list[Kind], posts: list[Post]
) -> tuple[list[str], list[str]]:
    on: list[str] = []
    no: list[str] = []
    for post in posts:
        mine = [kind.name for kind in kinds if kind.name in post.able]
        day = chance.randrange(7)
        while day < len(post.line):
            line = f"{post.name},{day},{chance.choice(mine)},{chance.randrange(1, 4)}"
            (on if chance.random() < ABLE else no).append(line)
            day += chance.randrange(1, 8)
    return on, no


def main() -> None:
    """Print one question."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--staff", type=int, required=True)
    parser.add_argument("--weeks", type=int, required=True)
    parser.add_argument("--shifts", type=int, required=True)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    sys.stdout.write(write(options.staff, options.weeks, options.shifts, options.seed))


if __name__ == "__main__":
    main()
