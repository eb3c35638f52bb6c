"""Working time counted over the year, and the slots that a leave opens."""

from datetime import date

from maillage.run.planning.annual import annual_balance
from maillage.run.planning.models import Publication, PublishedShift
from maillage.run.planning.opening import slots_opened
from tests.cast import Cast, inside
from tests.run.employment.hired import employed
from tests.run.planning.placed import slot_of, works

DAY = date(2026, 11, 23)
YEAR = 1607 * 60


def test_the_year_tells_worked_published_and_left_apart(cast: Cast) -> None:
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle", date(2024, 3, 1), annual_minutes=YEAR)
        works(cast, gaelle, cast.bakery, date(2026, 2, 28))  # the year before
        works(cast, gaelle, cast.bakery, date(2026, 3, 1), break_minutes=30)
        works(cast, gaelle, cast.garage, DAY)
        works(cast, gaelle, cast.garage, date(2026, 11, 24))  # not published: not told yet
        for number, end in ((1, 720), (2, 660)):
            told = Publication.objects.create(
                network=cast.network, monday=date(2026, 11, 23), number=number
            )
            PublishedShift.objects.create(
                publication=told,
                worker=gaelle,
                slot=slot_of(cast, cast.bakery, date(2026, 11, 25)),
                organisation=cast.bakery,
                day=date(2026, 11, 25),
                start_minute=420,
                end_minute=end,
            )
        year = annual_balance(gaelle, DAY)
    assert year is not None
    assert (year.first, year.last) == (date(2026, 3, 1), date(2027, 2, 28))
    assert (year.worked, year.published) == (270 + 300, 240)
    assert year.left == YEAR - 810
    # 268 days of 365 are over.
    assert year.expected == round(YEAR * 268 / 365)
    assert year.ahead == 570 - year.expected


def test_a_contract_by_the_week_has_no_year(cast: Cast) -> None:
    with inside(cast.network):
        assert annual_balance(employed(cast, "Gaëlle"), DAY) is None


def test_a_leave_opens_the_slots_of_its_days(cast: Cast) -> None:
    with inside(cast.network):
        gaelle = employed(cast, "Gaëlle")
        inside_it = works(cast, gaelle, cast.bakery, DAY)
        works(cast, gaelle, cast.bakery, date(2026, 11, 25))
        works(cast, employed(cast, "Hugo"), cast.bakery, DAY)
        assert slots_opened(gaelle, DAY, date(2026, 11, 24)) == [inside_it]
