"""The question: what it adds up to, and which values are refused, row and field named."""

import math
from dataclasses import replace

import pytest

from maillage.engines.pooling import CONTRACTS, Contract, Instance, InstanceError, Need
from maillage.engines.pooling.instance import MAX_HALF_HOURS, sorted_pairs
from tests.engines.pooling.surveys import need

BOB = need("bob", 17.5, firm="Bob's bakery")
ANNUAL = CONTRACTS["annual"]


def refused(**rules: object) -> tuple[str, str, str]:
    """Row, field and message of the error that these values raise."""
    with pytest.raises(InstanceError) as error:
        Instance(**{"needs": (BOB,), "contract": ANNUAL, **rules})  # type: ignore[arg-type]
    return error.value.row, error.value.field, error.value.message


@pytest.mark.parametrize(
    ("faulty", "field", "message"),
    [
        (replace(BOB, half_hours=(35,) * 11), "half_hours", "give 12 months or 52 weeks"),
        (replace(BOB, half_hours=(35,) * 53), "half_hours", "give 12 months or 52 weeks"),
        (replace(BOB, half_hours=()), "half_hours", "give 12 months or 52 weeks"),
        (replace(BOB, half_hours=(35,) * 11 + (-1,)), "half_hours", "hours a week go from 0 to"),
        (replace(BOB, half_hours=(337,) + (35,) * 11), "half_hours", "hours a week go from 0 to"),
        (replace(BOB, latitude=90.1), "latitude, longitude", "is not a place on Earth"),
        (replace(BOB, latitude=math.nan), "latitude, longitude", "is not a place on Earth"),
        (replace(BOB, longitude=-180.1), "latitude, longitude", "is not a place on Earth"),
        (replace(BOB, longitude=math.inf), "latitude, longitude", "is not a place on Earth"),
    ],
)
def test_need_that_makes_no_sense_is_named(faulty: Need, field: str, message: str) -> None:
    row, where, what = refused(needs=(faulty,))

    assert (row, where) == ("need bob", field)
    assert what.startswith(message)


def test_limits_of_the_world_are_allowed() -> None:
    edge = replace(BOB, latitude=-90, longitude=180, half_hours=(0, MAX_HALF_HOURS) * 6)

    assert Instance((edge,), ANNUAL).total_units == 6 * MAX_HALF_HOURS


def test_months_and_weeks_do_not_mix() -> None:
    weekly = need("emma", 17.5, periods=52)

    assert refused(needs=(BOB, weekly)) == (
        "need emma",
        "half_hours",
        "give 12 months or 52 weeks, all needs alike",
    )


def test_need_given_twice_is_named() -> None:
    assert refused(needs=(BOB, BOB)) == ("need bob", "need_id", "is given twice")


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [
        ("max_distance_metres", -1, "cannot be negative"),
        ("max_employers", 1, "a shared job has at least 2 employers"),
    ],
)
def test_senseless_limit_is_named(limit: str, value: int, message: str) -> None:
    assert refused(**{limit: value}) == ("limits", limit, message)


@pytest.mark.parametrize("field", ["competitors", "related"])
@pytest.mark.parametrize("pair", [("emma", "bob"), ("bob", "bob")])
def test_pair_out_of_order_or_with_itself_is_named(field: str, pair: tuple[str, str]) -> None:
    assert refused(**{field: frozenset({pair})}) == (
        f"pair {pair[0]}, {pair[1]}",
        field,
        "give two different names in alphabetical order",
    )


def test_pairs_are_sorted_and_each_kept_once() -> None:
    pairs = sorted_pairs([("emma", "bob"), ("bob", "emma"), ("bob", "chloé")])

    assert pairs == {("bob", "emma"), ("bob", "chloé")}
    assert Instance((BOB,), ANNUAL, competitors=pairs).competitors == pairs


@pytest.mark.parametrize(
    ("mean", "period", "field", "message"),
    [
        ((72, 64), (42, 88), "mean", "36.0 to 32.0 hours a week is not a possible band"),
        ((-1, 64), (42, 88), "mean", "-0.5 to 32.0 hours a week is not a possible band"),
        ((64, 72), (88, 42), "period", "44.0 to 21.0 hours a week is not a possible band"),
        ((64, 72), (42, 337), "period", "21.0 to 168.5 hours a week is not a possible band"),
        ((0, 0), (0, 88), "mean", "a job needs some hours"),
    ],
)
def test_contract_that_makes_no_sense_is_named(
    mean: tuple[int, int], period: tuple[int, int], field: str, message: str
) -> None:
    with pytest.raises(InstanceError) as error:
        Contract("odd", *mean, *period)

    assert (error.value.row, error.value.field) == ("contract odd", field)
    assert error.value.message == message


@pytest.mark.parametrize(
    ("name", "hours"),
    [("annual", (32, 36, 21, 44)), ("strict", (30, 39, 30, 39)), ("part-time", (24, 32, 14, 40))],
)
def test_contracts_built_in_are_those_promised(name: str, hours: tuple[int, ...]) -> None:
    contract = CONTRACTS[name]

    assert contract.name == name
    assert hours == (
        contract.mean_min_half_hours / 2,
        contract.mean_max_half_hours / 2,
        contract.period_min_half_hours / 2,
        contract.period_max_half_hours / 2,
    )


@pytest.mark.parametrize("periods", [12, 52])
def test_units_are_half_hours_summed_over_the_year(periods: int) -> None:
    needs = (need("bob", 17.5, periods=periods), need("emma", 10, periods=periods))
    instance = Instance(needs, ANNUAL)

    assert instance.periods == periods
    assert instance.total_units == 55 * periods
    assert instance.mean_hours(instance.total_units) == 27.5
