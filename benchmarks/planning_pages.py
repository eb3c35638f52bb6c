"""How heavy and how slow are the pages of a plan? For 60 firms × 50 workers, and 300 × 250.

    python -m benchmarks.planning_pages                60 × 50 and 300 × 250
    python -m benchmarks.planning_pages 60x50 20x12    other sizes

Each group is made up by the demonstration, from a seed, in a database of its own: four weeks
behind, this one and the next planned, two more where nobody is placed yet. Bytes are those of the
page alone, with compression. Times depend on the machine: compare the sizes of the same run. The
budgets are 12 queries, 100 ms at the 95th percentile, and 30 KB for a page, 300 KB more for a
board. What law says of everybody is asked for by the page of a gap, apart: it has no such budget.
"""

import argparse
import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from time import perf_counter
from typing import Protocol

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from django_scopes import scope

# Before all that has models: it points Django to a database of its own and sets it up.
from benchmarks.pages import BUDGET_MS, REQUESTS, database, enlarged
from maillage.demo.site import SLUG, load
from maillage.demo.staff import Crew, employ
from maillage.demo.territory import territory
from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.models import Pledge, PledgeSignature
from maillage.run.employment.links import page_path
from maillage.run.planning.gathering import monday_of
from maillage.run.planning.models import Slot

SIZES = ("60x50", "300x250")
QUERIES, PAGE_KB, BOARD_KB = 12, 30, 330
SLOW_TURNS = 5  # of what judges everybody


class Answer(Protocol):
    """What a page answers with."""

    content: bytes
    status_code: int


type Ask = Callable[[], Answer]


@dataclass(frozen=True)
class Measure:
    """What one page costs: queries, kilobytes with compression, milliseconds at 95 %."""

    queries: int
    kilobytes: float
    late: float


@dataclass(frozen=True)
class Asked:
    """A page: how it is asked for, how often, and how heavy it may be; 0 is without budget."""

    name: str
    ask: Ask
    turns: int = REQUESTS
    heavy: int = PAGE_KB
    late: int = BUDGET_MS


def main() -> None:
    """Measure every page at every size and print the table."""
    parser = argparse.ArgumentParser(description="How heavy and slow the pages of a plan are.")
    parser.add_argument("sizes", nargs="*", default=SIZES, help="firms x workers: 60x50")
    sizes: Sequence[str] = parser.parse_args().sizes
    call_command("collectstatic", interactive=False, verbosity=0)
    print(f"{'page':<38} {'size':>8} {'queries':>8} {'size, KB':>9} {'95 %':>10}")
    for size in sizes:
        firms, workers = (int(number) for number in size.split("x"))
        with database(firms):
            for page in pages_of(*group_of(firms, workers)):
                one = measure(page)
                print(
                    f"{page.name:<38} {size:>8} {one.queries:>8} {one.kilobytes:>9.1f} "
                    f"{one.late:>7.1f} ms{over(page, one)}"
                )


def group_of(firms: int, workers: int) -> tuple[Network, Crew, date]:
    """Make up a group of firms that share workers, in the network of the demonstration."""
    known = territory()
    network = load(enlarged(known, max(firms, len(known.firms))))
    monday = monday_of(localdate())
    with scope(network=network, register=network.register):
        alice = Person.objects.get(email="alice@maillage.example")
        for pledge in Pledge.objects.all():
            PledgeSignature.objects.create(pledge=pledge, person=alice)
        sharing = list(Organisation.objects.order_by("pk")[:firms])
        crew = employ(network, sharing, workers=workers, monday=monday)
    return network, crew, monday


def pages_of(network: Network, crew: Crew, monday: date) -> list[Asked]:
    """Return the pages to ask for, those of the animator and that of a worker."""
    alice = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    alice.force_login(
        Person.objects.get(email="alice@maillage.example"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    nobody = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    with scope(network=network, register=network.register):
        late = Slot.objects.filter(assignments=None, day__gte=monday).latest("day", "pk").public_id
        link = page_path(crew.workers[0])

    def of(name: str, *args: object) -> str:
        return reverse(f"planning:{name}", args=[SLUG, *args])

    def board(weeks: int, more: str = "") -> Ask:
        week = f"{monday + timedelta(weeks=weeks):%G-W%V}"
        return lambda: alice.get(f"{of('board')}?week={week}{more}")

    coming = f"{monday + timedelta(weeks=2):%G-W%V}"
    publish = f"{of('publish')}?week={monday + timedelta(weeks=1):%G-W%V}"
    return [
        Asked("board, this week", board(0), heavy=BOARD_KB),
        Asked("board, next week, not published", board(1), heavy=BOARD_KB),
        Asked("board, nobody placed", board(2), heavy=BOARD_KB),
        Asked("board, last page", board(0, "&page=last"), heavy=BOARD_KB),
        Asked("board, by firm", board(0, "&by=firm"), heavy=BOARD_KB),
        Asked("board, searched", board(0, "&q=jardin"), heavy=BOARD_KB),
        Asked("gaps of a week", lambda: alice.get(of("gaps", coming))),
        Asked("gap", lambda: alice.get(of("gap", late))),
        Asked(
            "gap: who could, and how (POST)",
            lambda: alice.post(of("who-could", late)),
            SLOW_TURNS,
            0,
            0,
        ),
        Asked(
            "drag: law answers (POST)", lambda: alice.post(of("answers", late)), SLOW_TURNS, 0, 0
        ),
        Asked("publish, next week", lambda: alice.get(publish)),
        Asked("worker’s week", lambda: nobody.get(link)),
    ]


def measure(page: Asked) -> Measure:
    """Ask for a page again and again."""
    with CaptureQueriesContext(connection) as queries:
        answer = page.ask()
    made = len(queries)
    if answer.status_code != HTTPStatus.OK:
        raise SystemExit(f"{page.name} answers {answer.status_code}")
    times = []
    for _turn in range(page.turns):
        start = perf_counter()
        page.ask()
        times.append(1000 * (perf_counter() - start))
    times.sort()
    late = times[max(0, int(0.95 * len(times)) - 1)]
    return Measure(made, len(gzip.compress(answer.content)) / 1024, late)


def over(page: Asked, one: Measure) -> str:
    """Say which budgets a page does not keep to."""
    broken = [
        name
        for name, is_over in (
            ("queries", page.late and one.queries > QUERIES),
            ("bytes", page.heavy and one.kilobytes > page.heavy),
            ("time", page.late and one.late > page.late),
        )
        if is_over
    ]
    return f"   over: {', '.join(broken)}" if broken else ""


if __name__ == "__main__":
    main()
