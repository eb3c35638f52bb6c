"""Two animators drop the same worker at the same moment, late on Monday and early on Tuesday."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

from django.core.management import call_command
from django.db import connection

from maillage.run.planning.models import Slot
from maillage.run.planning.placing import PlacementError, place
from tests.cast import acting, cast_of, inside
from tests.run.stories import shared_baker, slot_of


def drops() -> list[str]:
    """Return what each was told: "placed", or the article that stands in the way."""
    cast = cast_of("two-drops")
    with inside(cast.network):
        gaelle = shared_baker(cast)
        slots = [slot_of(cast, cast.bakery, 0, 14, 20), slot_of(cast, cast.bakery, 1, 6, 9)]
    together = threading.Barrier(2)

    def drop(slot: Slot) -> str:
        try:
            with inside(cast.network):
                alice = acting(cast.alice, cast.network)
                together.wait(30)
                place(acting=alice, slot=slot, worker=gaelle)
        except PlacementError as refused:
            return refused.findings[0].article
        else:
            return "placed"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(drop, slots))


def main() -> None:
    """Do it on a new database, and print what became of it."""
    call_command("migrate", verbosity=0)
    print(json.dumps(drops()))  # noqa: T201 -- read by the test
