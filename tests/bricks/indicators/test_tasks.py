"""Every night, the figures of each network are kept, and of no closed one."""

from datetime import date
from typing import Any

from maillage.bricks.indicators.models import MonthValue
from maillage.bricks.indicators.tasks import keep
from tests.cast import Cast, cast_of, inside


class Quiet:
    """Stands for a run that nobody cancels."""

    def cancelled(self) -> None:
        """Let it go on."""


QUIET: Any = Quiet()


def test_each_open_network_is_kept_at_night(cast: Cast) -> None:
    closed = cast_of("reseau-clos")
    closed.network.closed_on = date(2026, 3, 1)
    closed.network.save()
    keep(QUIET, due="2026-03-10T05:00:00+01:00")
    with inside(cast.network):
        months = MonthValue.objects.filter(key="short_share").values_list("month", flat=True)
        assert (len(months), max(months)) == (12, date(2026, 3, 1))
    with inside(closed.network):
        assert not MonthValue.objects.exists()


def test_a_night_that_is_done_again_changes_nothing(cast: Cast) -> None:
    for _turn in range(2):
        keep(QUIET, due="2026-03-10T05:00:00+01:00")
    with inside(cast.network):
        assert MonthValue.objects.filter(key="short_share").count() == 12
