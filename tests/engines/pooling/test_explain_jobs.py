from maillage.engines.pooling.explain import Reason, explain
from maillage.engines.pooling.instance import Contract, Instance, Need
from tests.engines.pooling.explain_cast import flat, instance_of, jobs, months, need


def why(instance: Instance) -> Reason:
    """Why all the needs of `instance` make one job."""
    return explain(instance, jobs([n.need_id for n in instance.needs])).jobs[0].reason


def test_job_facts_say_what_the_job_amounts_to() -> None:
    bob = need("bob", months({range(7, 9): 30}, elsewhere=15))
    emma = need("emma", flat(18), km=12)

    facts = explain(instance_of(bob, emma), jobs(["emma", "bob"])).jobs[0]

    assert facts.job.need_ids == ("emma", "bob")
    assert facts.half_hours == (66,) * 6 + (96,) * 2 + (66,) * 4
    assert facts.units == 10 * 66 + 2 * 96
    assert facts.metres == 12_000


def test_job_facts_follow_the_order_of_the_solution() -> None:
    needs = [need(name, flat(17)) for name in ("alice", "bob", "emma", "farid")]

    explanation = explain(instance_of(*needs), jobs(["farid", "bob"], ["alice", "emma"]))

    assert [facts.job.need_ids for facts in explanation.jobs] == [
        ("farid", "bob"),
        ("alice", "emma"),
    ]
    assert explanation.unserved == ()


def test_job_of_summer_and_winter_needs_has_opposite_seasons() -> None:
    campsite = need("campsite", months({range(5, 10): 34, range(7, 9): 36}))
    chocolate = need("chocolate", months({range(1, 5): 33, range(10, 13): 38}))

    assert why(instance_of(chocolate, campsite)) == Reason(
        "opposite_seasons",
        {"first": "campsite", "first_peak": 4, "second": "chocolate", "second_peak": 9},
    )


def test_opposite_peaks_are_told_where_the_other_need_is_lowest() -> None:
    spring = need("spring", months({range(3, 7): 30}, elsewhere=6))
    autumn = need("autumn", [22, 22, 22, 22, 2, 2, 24, 24, 40, 40, 24, 22])

    assert why(instance_of(spring, autumn)).details == {
        "first": "spring",
        "first_peak": 4,
        "second": "autumn",
        "second_peak": 8,
    }


def test_two_needs_with_the_same_season_are_not_opposite() -> None:
    bob = need("bob", months({range(6, 9): 25}, elsewhere=14))
    emma = need("emma", months({range(6, 9): 19}, elsewhere=15))

    assert why(instance_of(bob, emma)).code == "steady_shares"


def test_small_opposite_needs_do_not_speak_for_a_large_steady_job() -> None:
    bob = need("bob", flat(15))
    emma = need("emma", flat(14))
    summer = need("summer", months({range(6, 9): 4}, elsewhere=1))
    winter = need("winter", months({range(1, 3): 6}, elsewhere=1.5))

    assert why(instance_of(bob, emma, summer, winter)) == Reason("steady_shares", {"employers": 4})


def test_two_opposite_needs_speak_for_a_job_that_they_are_half_of() -> None:
    bob = need("bob", flat(16))
    summer = need("summer", months({range(4, 10): 17}, elsewhere=2))
    winter = need("winter", months({range(4, 10): 2}, elsewhere=15))

    assert why(instance_of(bob, summer, winter)).code == "opposite_seasons"


def test_needs_that_complete_each_other_most_are_told_the_first_of_them_among_equals() -> None:
    winter = need("winter", months({range(4, 10): 0}, elsewhere=30))
    spring = need("spring", months({range(4, 7): 14}, elsewhere=2))
    summer = need("summer", months({range(7, 10): 14}, elsewhere=2))

    assert why(instance_of(winter, spring, summer)).details == {
        "first": "winter",
        "first_peak": 0,
        "second": "spring",
        "second_peak": 3,
    }
    assert why(instance_of(winter, summer, spring)).details["second"] == "summer"


def test_need_busy_at_the_peak_of_the_other_is_not_opposite_to_it() -> None:
    market = need("market", months({range(7, 8): 18, range(12, 13): 14}, elsewhere=11))
    school = need("school", months({range(7, 8): 12, range(12, 13): 28}, elsewhere=18))

    assert why(instance_of(market, school)).code == "steady_shares"
    assert why(instance_of(school, market)).code == "steady_shares"


def test_job_where_one_need_makes_up_for_the_long_lull_of_another_fills_the_gap() -> None:
    market = need("market", months({range(1, 4): 4}, elsewhere=24))
    office = need("office", months({range(1, 4): 20}, elsewhere=14))

    reason = why(instance_of(market, office))

    assert reason == Reason("fills_the_gap", {"main": "market", "low": 0, "filler": "office"})


def test_lull_of_one_month_is_not_told_when_everyone_lasts_all_year() -> None:
    bob = need("bob", months({range(8, 9): 5}, elsewhere=16))
    emma = need("emma", flat(19))

    assert why(instance_of(bob, emma)) == Reason("steady_shares", {"employers": 2})


def test_closed_month_is_told_when_that_is_all_there_is_to_say() -> None:
    bob = need("bob", months({range(8, 9): 0}, elsewhere=12))
    emma = need("emma", flat(23))

    reason = why(instance_of(bob, emma))

    assert reason == Reason("fills_the_gap", {"main": "bob", "low": 7, "filler": "emma"})


def test_steady_needs_too_small_alone_are_shares() -> None:
    needs = [need(name, flat(11)) for name in ("alice", "bob", "emma")]

    assert why(instance_of(*needs)) == Reason("steady_shares", {"employers": 3})


def test_steady_need_large_enough_alone_only_adds_up() -> None:
    bob = need("bob", flat(32))
    emma = need("emma", flat(3))

    assert why(instance_of(bob, emma)) == Reason("adds_up", {"employers": 2})


def test_need_without_hours_is_left_out_of_the_reason() -> None:
    bob = need("bob", flat(18))
    emma = need("emma", flat(15))
    farid = need("farid", flat(0))

    assert why(instance_of(bob, emma, farid)) == Reason("steady_shares", {"employers": 2})


def test_job_of_one_month_only_adds_up() -> None:
    july = months({range(7, 8): 20})
    a_month = Contract("a month", 0, 40, 0, 88)
    needs: tuple[Need, ...] = (need("bob", july), need("emma", july))

    assert why(Instance(needs, a_month)) == Reason("adds_up", {"employers": 2})
