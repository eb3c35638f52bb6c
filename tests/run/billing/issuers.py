"""Twenty people take numbers at the same moment; every fifth changes their mind."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

from django.core.management import call_command
from django.db import connection, transaction

from maillage.run.billing.numbering import take_number
from tests.cast import cast_of, inside

ISSUERS = 20


def numbers() -> list[int]:
    """Return the positions that were kept."""
    cast = cast_of("issuers")
    together = threading.Barrier(ISSUERS)

    def take(rank: int) -> int:
        try:
            with inside(cast.network):
                together.wait(30)
                with transaction.atomic():
                    _number, position = take_number(cast.network, "F", 2026)
                    given_up = rank % 5 == 0
                    transaction.set_rollback(given_up)
            return 0 if given_up else position
        finally:
            connection.close()

    with ThreadPoolExecutor(ISSUERS) as pool:
        return sorted(filter(None, pool.map(take, range(ISSUERS))))


def main() -> None:
    """Do it on a new database, and print what became of it."""
    call_command("migrate", verbosity=0)
    print(json.dumps(numbers()))  # noqa: T201 -- read by the test
