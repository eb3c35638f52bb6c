"""Urgent calls, new faces and moving about, exact on given days."""

from datetime import date, timedelta
from decimal import Decimal

from maillage.foundation.organisations.models import Site
from maillage.run.employment.models import EmploymentContract
from maillage.run.planning.enums import OfferState
from maillage.run.planning.fairness import (
    at_the_cap,
    mobility_of,
    new_faces,
    unpaid_mobility,
    urgent_calls,
)
from tests.cast import Cast, inside, more_firms
from tests.run.employment.hired import employed
from tests.run.planning.placed import called, works

DAY = date(2026, 11, 23)


def test_the_fourth_urgent_call_of_a_month_is_for_somebody_else(cast: Cast) -> None:
    with inside(cast.network):
        gaelle, hugo = employed(cast, "Gaëlle"), employed(cast, "Hugo")
        for day in (3, 10):
            called(cast, gaelle, cast.bakery, date(2026, 11, day))
        called(cast, hugo, cast.bakery, date(2026, 11, 10))
        called(cast, gaelle, cast.bakery, date(2026, 11, 12), OfferState.REFUSED)
        called(cast, gaelle, cast.bakery, date(2026, 10, 30))
        assert at_the_cap(cast.network, DAY) == frozenset()
        # Work that is still to come in the month counts for the cap.
        called(cast, gaelle, cast.garage, date(2026, 11, 28))
        assert at_the_cap(cast.network, DAY) == frozenset({gaelle.pk})
        assert at_the_cap(cast.network, date(2026, 12, 1)) == frozenset()
        measure = urgent_calls(cast.network, DAY)
        assert [(one.name, one.value) for one in measure.lines] == [("Gaëlle", "2"), ("Hugo", "1")]
        assert urgent_calls(cast.network, date(2026, 11, 30)).value == Decimal(3)


def test_four_new_faces_in_a_quarter_are_counted_for_a_firm_that_knew_others(cast: Cast) -> None:
    with inside(cast.network):
        known = employed(cast, "Known")
        works(cast, known, cast.bakery, date(2026, 9, 30))
        works(cast, known, cast.bakery, date(2026, 10, 1))
        for rank in range(4):
            works(cast, employed(cast, f"New {rank}"), cast.bakery, date(2026, 10, 5))
        works(cast, known, cast.garage, date(2026, 10, 6))
        measure = new_faces(cast.network, DAY)
    assert (measure.value, measure.whole, measure.missing) == (Decimal(4), 1, 1)
    assert [(one.name, one.value, one.past) for one in measure.lines] == [
        ("Boulangerie Martin", "4", True)
    ]


def test_who_works_in_four_places_without_a_premium_is_listed(cast: Cast) -> None:
    other, *_rest = more_firms(cast, 1)
    with inside(cast.network):
        gaelle, hugo = employed(cast, "Gaëlle"), employed(cast, "Hugo")
        EmploymentContract.objects.filter(worker=hugo).update(mobility_premium=Decimal(60))
        second = Site.objects.create(
            organisation=cast.garage, commune="Mer", latitude=47.7, longitude=1.5, is_main=False
        )
        for worker in (gaelle, hugo):
            works(cast, worker, cast.bakery, DAY)
            works(cast, worker, cast.garage, DAY, start_minute=13 * 60, end_minute=17 * 60)
            works(cast, worker, cast.garage, DAY - timedelta(days=1), site=second)
            works(cast, worker, other, DAY - timedelta(days=83))
        works(cast, gaelle, cast.rival, DAY - timedelta(days=84))
        assert [
            (one.name, one.sites, one.split_days, one.paid)
            for one in mobility_of(cast.network, DAY)
        ] == [("Gaëlle", 4, 1, False), ("Hugo", 4, 1, True)]
        measure = unpaid_mobility(cast.network, DAY)
    assert (measure.value, measure.part, measure.whole) == (Decimal(50), 1, 2)
    assert [(one.name, one.value) for one in measure.lines] == [
        ("Gaëlle", "4 places, 1 day in several places")
    ]
