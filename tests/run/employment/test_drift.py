"""Figures of shared work, exact on given days."""

from datetime import date
from decimal import Decimal

from maillage.run.employment.drift import (
    employers_per_worker,
    permanent_share,
    short_length,
    short_share,
    stable_exits,
    turnover,
)
from maillage.run.employment.enums import ContractKind, EndReason
from tests.cast import Cast, inside
from tests.run.employment.hired import contract_of, employed, lent, worker_named

DAY = date(2026, 11, 23)
SPRING = date(2026, 4, 1)


def test_short_contracts_are_counted_over_twelve_months(cast: Cast) -> None:
    with inside(cast.network):
        for rank in range(13):
            employed(cast, f"Permanent {rank}", SPRING)
        for rank in range(7):
            short = ContractKind.FIXED_TERM if rank else ContractKind.SEASONAL
            employed(cast, f"Short {rank}", SPRING, kind=short, ends_on=date(2026, 4, 30))
        employed(cast, "Too old", date(2025, 11, 23), kind=ContractKind.FIXED_TERM)
        employed(cast, "Not yet", date(2026, 11, 24), kind=ContractKind.FIXED_TERM)
        measure = short_share(cast.network, DAY)
    assert (measure.value, measure.part, measure.whole) == (Decimal("35.00"), 7, 20)


def test_the_first_and_the_last_day_of_the_twelve_months_count(cast: Cast) -> None:
    with inside(cast.network):
        employed(cast, "First", date(2025, 11, 24), kind=ContractKind.SEASONAL)
        employed(cast, "Last", DAY)
        assert short_share(cast.network, DAY).value == Decimal(50)


def test_nothing_begun_measures_nothing(cast: Cast) -> None:
    with inside(cast.network):
        measure = short_share(cast.network, DAY)
    assert (measure.value, measure.whole, measure.missing_percent) == (None, 0, Decimal(0))


def test_mean_length_says_what_it_could_not_count(cast: Cast) -> None:
    short = {"kind": ContractKind.FIXED_TERM}
    with inside(cast.network):
        employed(cast, "Ten days", SPRING, ends_on=date(2026, 4, 10), **short)
        # Agreed for the month, ended on the 20th.
        employed(
            cast,
            "Twenty days",
            SPRING,
            ends_on=date(2026, 4, 30),
            ended_on=date(2026, 4, 20),
            end_reason=EndReason.AGREED,
            **short,
        )
        employed(cast, "Nobody knows", SPRING, kind=ContractKind.REPLACEMENT)
        measure = short_length(cast.network, DAY)
    assert (measure.value, measure.whole, measure.missing) == (Decimal(15), 2, 1)
    assert measure.missing_percent == Decimal("33.33")


def test_three_exits_of_five_to_a_stable_job_read_sixty_per_cent(cast: Cast) -> None:
    reasons = (
        EndReason.HIRED_BY_MEMBER,
        EndReason.STABLE_JOB,
        EndReason.STABLE_JOB,
        EndReason.RESIGNED,
        EndReason.TERM,
    )
    with inside(cast.network):
        for rank, reason in enumerate(reasons):
            employed(cast, f"Left {rank}", ended_on=SPRING, end_reason=reason)
        assert stable_exits(cast.network, DAY).value == Decimal(60)
        employed(cast, "Nobody knows why", ended_on=SPRING, end_reason=EndReason.OTHER)
        measure = stable_exits(cast.network, DAY)
    assert (measure.value, measure.part, measure.whole, measure.missing) == (Decimal(60), 3, 5, 1)


def test_turnover_sets_arrivals_and_departures_against_the_people_in_place(cast: Cast) -> None:
    with inside(cast.network):
        for rank in range(4):
            employed(cast, f"Old hand {rank}", date(2024, 1, 1))
        employed(cast, "Left", date(2024, 1, 1), ended_on=SPRING, end_reason=EndReason.RETIRED)
        employed(cast, "Came", SPRING)
        measure = turnover(cast.network, DAY)
    # 1 came, 1 left; 5 were in place a year ago and 5 are today.
    assert (measure.value, measure.part, measure.whole) == (Decimal(20), 2, 10)


def test_a_contract_past_its_agreed_end_is_no_longer_in_force(cast: Cast) -> None:
    with inside(cast.network):
        employed(cast, "Permanent")
        employed(cast, "Over", kind=ContractKind.SEASONAL, ends_on=date(2026, 11, 22))
        employed(cast, "Today still", kind=ContractKind.SEASONAL, ends_on=DAY)
        measure = permanent_share(cast.network, DAY)
    assert (measure.value, measure.whole) == (Decimal(50), 2)


def test_firms_per_worker_leaves_out_who_is_lent_to_none(cast: Cast) -> None:
    with inside(cast.network):
        gaelle, hugo = worker_named(cast, "Gaëlle"), worker_named(cast, "Hugo")
        first, second = contract_of(gaelle), contract_of(hugo)
        for firm in (cast.bakery, cast.garage):
            lent(first, firm)
        lent(second, cast.garage)
        lent(second, cast.rival, ended_on=date(2026, 6, 1))
        lent(second, cast.bakery, signed_on=None)
        employed(cast, "Inès")
        measure = employers_per_worker(cast.network, DAY)
    assert (measure.value, measure.part, measure.whole, measure.missing) == (
        Decimal("1.50"),
        3,
        2,
        1,
    )
    assert [(line.name, line.value) for line in measure.lines] == [("Gaëlle", "2"), ("Hugo", "1")]
