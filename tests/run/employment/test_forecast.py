"""Departures to be expected, and the recruitments they open."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.networks.models import Task
from maillage.run.employment.enums import ContractKind, EndReason
from maillage.run.employment.forecast import forecast, open_recruitments
from maillage.run.employment.models import Recruitment
from tests.cast import Cast, acting, inside
from tests.run.employment.hired import employed

DAY = date(2026, 11, 23)


def test_contracts_that_end_in_ninety_days_are_known_departures(cast: Cast) -> None:
    with inside(cast.network):
        short = {"kind": ContractKind.SEASONAL}
        employed(cast, "Ends today", ends_on=DAY, **short)
        employed(cast, "Ends tomorrow", ends_on=DAY + timedelta(days=1), **short)
        employed(cast, "Ends in ninety days", ends_on=DAY + timedelta(days=90), **short)
        employed(cast, "Ends later", ends_on=DAY + timedelta(days=91), **short)
        coming = forecast(cast.network, DAY)
    assert [one.worker.name for one in coming.known] == ["Ends tomorrow", "Ends in ninety days"]
    assert (coming.usual, coming.total) == (0, 2)


def test_permanent_workers_leave_as_they_did_in_the_last_year(cast: Cast) -> None:
    with inside(cast.network):
        for rank in range(8):
            employed(cast, f"Stays {rank}", date(2024, 1, 1))
        for rank in range(4):
            left = {"ended_on": date(2026, 3, 1), "end_reason": EndReason.RESIGNED}
            employed(cast, f"Left {rank}", date(2024, 1, 1), **left)
        # 4 left, of 10 on average: 8 × 0.4 × 90 / 365 = 0.79 departures.
        assert forecast(cast.network, DAY).usual == 1


def test_six_departures_open_six_recruitments_with_their_induction(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    today = localdate()
    with inside(cast.network):
        for rank in range(6):
            end = today + timedelta(days=60 + rank)
            employed(cast, f"Leaver {rank}", today, kind=ContractKind.SEASONAL, ends_on=end)
        opened = open_recruitments(acting=alice)
        assert len(opened) == 6
        assert open_recruitments(acting=alice) == []
        first = Recruitment.objects.first()
        assert first is not None
        assert Task.objects.count() == 12
        assert first.task.title == "Recruit: Vendeuse, to follow Leaver 0"
        assert first.task.due_on == today + timedelta(days=30)
        assert first.induction.due_on == today + timedelta(days=74)


def test_the_owner_of_a_firm_opens_no_recruitment(cast: Cast) -> None:
    with inside(cast.network), pytest.raises(PermissionDenied):
        open_recruitments(acting=acting(cast.bob, cast.network))
