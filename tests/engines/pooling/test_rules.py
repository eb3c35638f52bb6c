"""Each rule of a shared job, in three stories: it allows, it forbids, it has no say."""

import pytest

from maillage.engines.pooling import (
    CONTRACTS,
    Instance,
    MaxIterations,
    SharedJob,
    Solution,
    SolutionError,
    Status,
    breaches,
    solve,
    verify,
)
from maillage.engines.pooling.instance import sorted_pairs
from maillage.engines.pooling.solution import metres_between
from tests.engines.pooling.surveys import BLOIS, need, survey

VENDOME = (47.793, 1.066)  # 31 km from Blois
KILOMETRE_NORTH = (47.595, 1.335)


def jobs_of(instance: Instance) -> list[set[str]]:
    result = solve(instance, stop=MaxIterations(1), seed=1)
    assert result.status is Status.OPTIMAL
    return [set(job.need_ids) for job in result.solution.jobs]


def said_of(instance: Instance, *need_ids: str) -> tuple[str, ...]:
    return breaches(instance, Solution((SharedJob(need_ids),)))


BOB = need("bob", 17.5, firm="Bob's bakery")
EMMA = need("emma", 17.5, firm="Emma's bakery")


def test_two_halves_of_different_firms_make_a_job() -> None:
    instance = survey(BOB, EMMA)

    assert jobs_of(instance) == [{"bob", "emma"}]
    assert said_of(instance, "bob", "emma") == ()


def test_two_needs_of_one_firm_are_no_shared_job() -> None:
    second = need("bob 2", 17.5, firm="Bob's bakery")
    instance = survey(BOB, second)

    assert jobs_of(instance) == []
    assert said_of(instance, "bob", "bob 2") == ("job bob+bob 2 has two needs of one firm",)


def test_competitors_never_share() -> None:
    instance = survey(BOB, EMMA, competitors=sorted_pairs([("Bob's bakery", "Emma's bakery")]))

    assert jobs_of(instance) == []
    assert said_of(instance, "bob", "emma") == (
        "job bob+emma brings together competitors Bob's bakery and Emma's bakery",
    )


def test_competitors_may_each_share_with_a_third() -> None:
    instance = survey(
        BOB,
        EMMA,
        need("denis", 17.5),
        need("farid", 17.5),
        competitors=sorted_pairs([("Bob's bakery", "Emma's bakery")]),
    )

    jobs = jobs_of(instance)
    assert len(jobs) == 2
    assert {"bob", "emma"} not in jobs


def test_occupations_must_be_the_same_or_related() -> None:
    cook = need("cook", 17.5, occupation="cook")

    assert jobs_of(survey(BOB, cook)) == []
    assert said_of(survey(BOB, cook), "bob", "cook") == ("job bob+cook mixes baker and cook",)
    assert jobs_of(survey(BOB, cook, related=frozenset({("baker", "cook")}))) == [{"bob", "cook"}]


def test_occupations_are_related_two_by_two() -> None:
    needs = [
        need("a", 12, occupation="baker"),
        need("b", 12, occupation="cook"),
        need("c", 12, occupation="waiter"),
    ]
    chain = frozenset({("baker", "cook"), ("cook", "waiter")})

    assert jobs_of(survey(*needs, related=chain)) == []
    assert jobs_of(survey(*needs, related=chain | {("baker", "waiter")})) == [{"a", "b", "c"}]


def test_distance_is_allowed_to_the_metre() -> None:
    far = need("far", 17.5, place=VENDOME)
    metres = metres_between(BOB, far)

    assert 30_000 < metres < 31_500
    assert jobs_of(survey(BOB, far, max_distance_metres=metres)) == [{"bob", "far"}]
    assert jobs_of(survey(BOB, far, max_distance_metres=metres - 1)) == []
    assert said_of(survey(BOB, far, max_distance_metres=metres - 1), "bob", "far") == (
        f"job bob+far: bob and far are {metres} m apart, over {metres - 1}",
    )


@pytest.mark.parametrize(
    ("summer", "possible"), [(21.5, True), (22, False), (12.5, True), (12, False)]
)
def test_every_month_stays_in_the_strict_band(summer: float, *, possible: bool) -> None:
    seasonal = need("seasonal", (17.5,) * 6 + (summer,) * 2 + (17.5,) * 4)
    instance = survey(BOB, seasonal)

    assert bool(jobs_of(instance)) is possible
    assert bool(said_of(instance, "bob", "seasonal")) is not possible


def test_annual_contract_lets_months_vary_but_holds_the_mean() -> None:
    winter = need("winter", (26,) * 6 + (8,) * 6)
    summer = need("summer", (8,) * 6 + (26,) * 6)
    light = need("light", (8,) * 6 + (20,) * 6)

    assert jobs_of(survey(winter, summer, contract="annual")) == [{"winter", "summer"}]
    assert jobs_of(survey(winter, light, contract="annual")) == []
    assert said_of(survey(winter, light, contract="annual"), "winter", "light") == (
        "job winter+light has 31.00 h a week on average",
    )


def test_five_employers_are_allowed_and_no_more() -> None:
    needs = [need(f"n{k}", 6) for k in range(6)]

    assert jobs_of(survey(*needs, max_employers=6)) == [{f"n{k}" for k in range(6)}]
    [job] = jobs_of(survey(*needs))
    assert len(job) == 5
    assert said_of(survey(*needs), *sorted(n.need_id for n in needs)) == (
        "job n0+n1+n2+n3+n4+n5 has 6 employers, not 2 to 5",
    )


def test_nobody_is_served_twice() -> None:
    instance = survey(BOB, EMMA, need("denis", 17.5))
    twice = Solution((SharedJob(("bob", "emma")), SharedJob(("bob", "denis"))))

    assert breaches(instance, twice) == ("need bob is served 2 times",)
    assert len(jobs_of(instance)) == 1


def test_unknown_need_is_named() -> None:
    assert said_of(survey(BOB, EMMA), "bob", "ghost") == (
        "job bob+ghost serves need ghost, which does not exist",
    )


def test_at_equal_hours_fewer_employers_then_fewer_kilometres() -> None:
    halves = survey(BOB, EMMA, need("a", 17.5, place=KILOMETRE_NORTH), contract="strict")
    thirds = survey(need("whole", 17.5), need("half", 17.5), need("x", 8.5), need("y", 9))

    assert jobs_of(halves) == [{"bob", "emma"}]  # one street rather than one kilometre
    assert jobs_of(thirds) == [{"whole", "half"}]  # two employers rather than three


def test_week_by_week_year_is_held_in_every_week() -> None:
    flat = need("flat", 17.5, periods=52)
    dip = need("dip", (17.5,) * 51 + (3,), periods=52)

    assert jobs_of(survey(flat, need("other", 17.5, periods=52))) == [{"flat", "other"}]
    assert jobs_of(survey(flat, dip)) == []


@pytest.mark.parametrize("needs", [(), (BOB,)])
def test_nothing_to_share_is_proved_at_once(needs: tuple[object, ...]) -> None:
    result = solve(Instance(needs, CONTRACTS["annual"]), stop=MaxIterations(1))  # type: ignore[arg-type]

    assert (result.status, result.objective, result.bound, result.gap) == ("OPTIMAL", 0, 0, 0.0)


def test_verify_raises_with_every_breach() -> None:
    instance = survey(BOB, need("far", 30, place=VENDOME))

    with pytest.raises(SolutionError) as refused:
        verify(instance, Solution((SharedJob(("bob", "far")),)))

    assert len(refused.value.breaches) == 1 + 12 + 1  # the distance, every month, the year


def test_blois_is_where_it_is() -> None:
    assert metres_between(BOB, need("north", 1, place=KILOMETRE_NORTH)) == 1001
    assert BLOIS == (47.586, 1.335)
