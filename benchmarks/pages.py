"""How long does the site take to answer in a network of 20,000 firms? Beside one of 460.

    python -m benchmarks.pages               460 and 20,000 firms, 60 requests for each page
    python -m benchmarks.pages 460 5000      other sizes: the first is the baseline

Each network is made up from the demonstration territory, in a database of its own, and asked in
turn by its animator and by the owner of a member firm. Times depend on the machine: compare the
last column, which is the ratio to the first size in the same run. The budget is 100 ms at the 95th
percentile on the machines we promise to run on.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from itertools import cycle, islice, product
from pathlib import Path
from time import perf_counter

REQUESTS = 60
BUDGET_MS = 100

# Before Django reads its settings: the folder of an installation is left alone.
os.environ["DJANGO_SETTINGS_MODULE"] = "maillage.config.settings"
os.environ["MAILLAGE_DATA"] = tempfile.mkdtemp(prefix="maillage-bench-")
os.environ["MAILLAGE_SECRET"] = "a secret for benchmarks only"  # noqa: S105 -- it protects nothing
os.environ["MAILLAGE_DEBUG"] = "no"

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from maillage.demo.site import SLUG, load
from maillage.demo.territory import Firm, Territory, territory
from maillage.foundation.accounts.models import Person
from maillage.foundation.visibility.models import Pledge, PledgeSignature

PEOPLE = ("alice", "bob")
PAGES = (
    ("desk", "/n/{slug}/desk/"),
    ("firms", "/n/{slug}/firms/"),
    ("firms, searched", "/n/{slug}/firms/?q=boulangerie"),
    ("firms, sorted", "/n/{slug}/firms/?sort=-commune&page=3"),
    ("firms, by size", "/n/{slug}/firms/?sort=-headcount"),
    ("firms suggested", "/n/{slug}/firms/suggest/?q=bou"),
    ("map", "/n/{slug}/firms/map/"),
    ("search", "/n/{slug}/search/?q=martin"),
    ("network", "/n/{slug}/network/"),
    ("members", "/n/{slug}/network/members/"),
    ("territories", "/n/{slug}/territories/"),
    ("contacts", "/n/{slug}/contacts/"),
    ("competitors", "/n/{slug}/trust/competitors/"),
    ("figures", "/n/{slug}/trust/figures/"),
    ("public directory", "/firms/{slug}/?near=Blois"),
)


@dataclass(frozen=True)
class Measure:
    """How long one page took, in milliseconds, and how many queries it made."""

    median: float
    late: float
    queries: int


def main() -> None:
    """Measure every page at every size and print the table."""
    parser = argparse.ArgumentParser(description="How long the site takes to answer.")
    parser.add_argument("sizes", nargs="*", type=int, default=[460, 20_000])
    sizes: Sequence[int] = parser.parse_args().sizes
    call_command("collectstatic", interactive=False, verbosity=0)
    measured = {size: measure(size) for size in sizes}
    print(f"{'page':<28} {'firms':>7} {'queries':>8} {'median':>9} {'95 %':>9} {'ratio':>7}")
    for page in measured[sizes[0]]:
        base = measured[sizes[0]][page].late
        for size in sizes:
            one = measured[size][page]
            print(
                f"{page:<28} {size:>7,} {one.queries:>8} {one.median:>6.1f} ms {one.late:>6.1f} ms "
                f"{one.late / base:>7.2f}{'' if one.late <= BUDGET_MS else '   over the budget'}"
            )


def measure(size: int) -> dict[str, Measure]:
    """Return the measures of every page in a network of `size` firms."""
    with database(size):
        load(enlarged(territory(), size))
        with scopes_disabled():
            for pledge, person in product(Pledge.objects.order_by("pk"), Person.objects.all()):
                PledgeSignature.objects.get_or_create(pledge=pledge, person=person)
        return {
            f"{label} ({name})": one
            for name in PEOPLE
            for label, address in PAGES
            if (one := asked(name, address.format(slug=SLUG))) is not None
        }


@contextmanager
def database(size: int) -> Iterator[None]:
    """Open a new database; PostgreSQL, when chosen, is emptied instead."""
    if connection.vendor == "sqlite":
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(
            Path(os.environ["MAILLAGE_DATA"]) / f"{size}.sqlite3"
        )
        call_command("migrate", verbosity=0)
    else:
        call_command("migrate", verbosity=0)
        call_command("flush", interactive=False, verbosity=0)
    yield


def enlarged(known: Territory, size: int) -> Territory:
    """Return the territory with firms repeated under other names until there are `size`."""
    copies = islice(cycle(known.firms), size - len(known.firms)) if size > len(known.firms) else ()
    more = [
        replace(firm, firm_id=f"{firm.firm_id}-{rank}", name=f"{firm.name} {rank}")
        for rank, firm in enumerate(copies, 1)
    ]
    firms: tuple[Firm, ...] = (*known.firms, *more)
    return replace(known, firms=firms)


def asked(name: str, address: str) -> Measure | None:
    """Ask for a page again and again; None when this person may not have it."""
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    person = Person.objects.get(email=f"{name}@maillage.example")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(connection) as queries:
        status = client.get(address).status_code
    made = len(queries)
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}:
        return None
    if status != HTTPStatus.OK:
        raise SystemExit(f"{name} asks for {address} and gets {status}")
    times = []
    for _turn in range(REQUESTS):
        start = perf_counter()
        client.get(address)
        times.append(1000 * (perf_counter() - start))
    times.sort()
    return Measure(statistics.median(times), times[int(0.95 * len(times)) - 1], made)


if __name__ == "__main__":
    main()
