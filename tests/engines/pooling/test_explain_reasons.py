from maillage.engines.pooling.explain import Reason, explain
from maillage.engines.pooling.explain.costs import JOBS_COUNTED
from tests.engines.pooling.explain_cast import (
    AUGUST,
    DECEMBER,
    JANUARY,
    NOBODY,
    flat,
    instance_of,
    jobs,
    left,
    months,
    need,
    told,
)


def test_need_served_is_not_explained() -> None:
    bob, emma, alice = (need(name, flat(17)) for name in ("bob", "emma", "alice"))

    explanation = explain(instance_of(bob, emma, alice), jobs(["bob", "emma"]))

    assert [unserved.need_id for unserved in explanation.unserved] == ["alice"]


def test_needs_left_alone_keep_the_order_of_the_instance() -> None:
    needs = [need("bob", flat(3)), need("emma", flat(30)), need("alice", flat(0))]

    explanation = explain(instance_of(*needs), NOBODY)

    assert [unserved.need_id for unserved in explanation.unserved] == ["bob", "emma", "alice"]


def test_explanation_of_nothing_is_empty() -> None:
    explanation = explain(instance_of(), NOBODY)

    assert (explanation.jobs, explanation.unserved) == ((), ())


def test_need_without_hours_asks_for_none() -> None:
    bob = need("bob", flat(0))
    emma = need("emma", flat(20))

    unserved = told(instance_of(bob, emma), "bob")

    assert unserved.reason == Reason("no_hours", {})
    assert unserved.relaxation is None


def test_peak_over_the_maximum_of_a_month_is_too_high() -> None:
    cannery = need("cannery", months({range(8, 9): 47.5, range(9, 10): 46}, elsewhere=9))

    assert told(instance_of(cannery), "cannery").reason == Reason(
        "peak_too_high", {"period": AUGUST, "half_hours": 95, "limit": 88}
    )


def test_need_over_the_maximum_of_the_year_is_too_high() -> None:
    cannery = need("cannery", months({range(1, 2): 38}, elsewhere=37))

    assert told(instance_of(cannery), "cannery").reason == Reason(
        "peak_too_high", {"period": None, "half_hours": 75, "limit": 72}
    )


def test_need_alone_in_its_occupation_has_nobody() -> None:
    bob = need("bob", flat(17), occupation="bread")
    emma = need("emma", flat(17), occupation="hair")

    assert told(instance_of(bob, emma), "bob").reason == Reason("no_same_occupation", {})


def test_other_needs_of_the_same_firm_are_nobody() -> None:
    morning = need("morning", flat(17), firm="bob")
    evening = need("evening", flat(17), firm="bob")

    assert told(instance_of(morning, evening), "morning").reason.code == "no_same_occupation"


def test_needs_without_hours_are_nobody() -> None:
    bob = need("bob", flat(33))
    emma = need("emma", flat(0))

    assert told(instance_of(bob, emma), "bob").reason.code == "no_same_occupation"


def test_need_far_from_all_others_is_told_the_nearest() -> None:
    bob = need("bob", flat(17))
    emma = need("emma", flat(17), km=33)
    farid = need("farid", flat(17), km=-31)

    assert told(instance_of(bob, emma, farid), "bob").reason == Reason(
        "too_far", {"nearest_need": "farid", "metres": 31_000}
    )


def test_nearest_need_too_far_is_never_that_of_a_competitor() -> None:
    bob = need("bob", flat(17))
    emma = need("emma", flat(17), km=31)
    farid = need("farid", flat(17), km=40)

    reason = told(instance_of(bob, emma, farid, competitors=[("bob", "emma")]), "bob").reason

    assert reason == Reason("too_far", {"nearest_need": "farid", "metres": 40_000})


def test_need_with_only_competitors_near_is_told_them_nearest_first() -> None:
    bob = need("bob", flat(10))
    emma = need("emma", flat(10), km=8)
    emma_too = need("emma too", flat(12), km=9, firm="emma")
    farid = need("farid", flat(10), km=5)
    far = need("far", flat(10), km=40)

    reason = told(
        instance_of(
            bob, emma, emma_too, farid, far, competitors=[("bob", "emma"), ("bob", "farid")]
        ),
        "bob",
    ).reason

    assert reason == Reason("only_competitors", {"firms": ("farid", "emma")})


def test_need_whose_only_fellows_compete_far_away_is_told_so() -> None:
    bob = need("bob", flat(17))
    emma = need("emma", flat(17), km=90)

    reason = told(instance_of(bob, emma, competitors=[("bob", "emma")]), "bob").reason

    assert reason == Reason("only_competitors", {"firms": ("emma",)})


def test_need_over_the_maximum_with_any_partner_is_told_the_one_that_suits_best() -> None:
    bob = need("bob", months({range(8, 9): 41}, elsewhere=14))
    emma = need("emma", flat(9))
    farid = need("farid", months({range(8, 9): 5}, elsewhere=9))

    assert told(instance_of(bob, emma, farid), "bob").reason == Reason(
        "no_fit_over", {"partner": "farid", "period": AUGUST, "over_half_hours": 4}
    )


def test_need_over_the_year_with_any_partner_is_told_so() -> None:
    bob = need("bob", flat(20))
    emma = need("emma", flat(17.5))

    assert told(instance_of(bob, emma), "bob").reason == Reason(
        "no_fit_over", {"partner": "emma", "period": None, "over_half_hours": 3}
    )


def test_need_short_over_the_year_is_told_its_best_partners() -> None:
    bob = need("bob", flat(10))
    emma = need("emma", flat(9))
    farid = need("farid", flat(8))

    assert told(instance_of(bob, emma, farid), "bob").reason == Reason(
        "no_fit_short",
        {
            "best_partners": ("emma", "farid"),
            "period": None,
            "missing_half_hours": 10,
            "proved": True,
        },
    )


def test_need_short_in_one_month_is_told_which() -> None:
    bob = need("bob", months({range(12, 13): 9}, elsewhere=17))
    emma = need("emma", months({range(12, 13): 8.5}, elsewhere=17))

    assert told(instance_of(bob, emma), "bob").reason == Reason(
        "no_fit_short",
        {
            "best_partners": ("emma",),
            "period": DECEMBER,
            "missing_half_hours": 7,
            "proved": True,
        },
    )


def test_best_partners_may_be_served_elsewhere() -> None:
    bob = need("bob", flat(8))
    emma, farid = need("emma", flat(17)), need("farid", flat(16.5))

    reason = told(instance_of(bob, emma, farid), "bob", jobs(["emma", "farid"])).reason

    assert reason.code == "no_fit_short"
    assert reason.details["best_partners"] == ("emma",)


def test_need_never_gets_more_partners_than_employers_are_allowed() -> None:
    bob, emma, farid = (need(name, flat(11)) for name in ("bob", "emma", "farid"))

    reason = told(instance_of(bob, emma, farid, max_employers=2), "bob").reason

    assert reason.code == "no_fit_short"
    assert reason.details["best_partners"] == ("emma",)


def test_need_whose_partners_are_served_elsewhere_is_told_how_many_jobs_there_were() -> None:
    bob, emma, farid = (need(name, flat(17)) for name in ("bob", "emma", "farid"))

    assert told(instance_of(bob, emma, farid), "bob", jobs(["emma", "farid"])).reason == Reason(
        "partners_better_used", {"jobs": 2, "or_more": False}
    )


def test_needs_without_hours_make_no_possible_job() -> None:
    bob, emma, farid = (need(name, flat(17)) for name in ("bob", "emma", "farid"))
    denis = need("denis", flat(0))

    reason = told(instance_of(bob, emma, farid, denis), "bob", jobs(["emma", "farid"])).reason

    assert reason.details["jobs"] == 2


def test_possible_jobs_are_not_counted_without_end() -> None:
    bob = need("bob", flat(17))
    others = [need(f"firm {k:03}", flat(17)) for k in range(JOBS_COUNTED + 2)]
    pairs = [(a.need_id, b.need_id) for a, b in zip(others[::2], others[1::2], strict=True)]

    reason = told(instance_of(bob, *others), "bob", jobs(*pairs)).reason

    assert reason == Reason("partners_better_used", {"jobs": JOBS_COUNTED, "or_more": True})


def test_need_that_others_left_alone_could_join_has_a_free_job() -> None:
    bob, emma = need("bob", flat(17)), need("emma", flat(16))

    unserved = told(instance_of(bob, emma), "bob")

    assert unserved.reason == Reason("free_job", {"partners": ("emma",), "job": None})
    assert unserved.relaxation is not None
    assert unserved.relaxation.code == "free_job"
    assert unserved.relaxation.partners == ("emma",)
    assert unserved.relaxation.gain_units == 12 * 66


def test_free_job_may_take_four_needs() -> None:
    needs = [need(name, flat(8.5)) for name in ("bob", "emma", "farid", "denis")]

    reason = told(instance_of(*needs), "bob").reason

    assert reason == Reason("free_job", {"partners": ("emma", "farid", "denis"), "job": None})


def test_job_must_suit_all_its_members_for_one_need_to_enter() -> None:
    served = [need(name, flat(11)) for name in ("alice", "chloé", "emma")]
    denis, farid = need("denis", flat(3)), need("farid", flat(3))
    instance = instance_of(
        *served,
        denis,
        farid,
        competitors=[("denis", "chloé"), ("farid", "alice"), ("farid", "emma")],
        max_employers=4,
    )

    explanation = explain(instance, jobs(["alice", "chloé", "emma"]))

    assert left(explanation, "denis").reason.code == "no_fit_short"
    assert left(explanation, "farid").reason.code == "no_fit_short"


def test_need_that_a_job_has_room_for_has_a_free_job() -> None:
    bob = need("bob", flat(3))
    needs = [need("alice", flat(17)), need("chloé", flat(19)), need("emma", flat(17))]
    solution = jobs(["chloé", "alice"], ["emma", "farid"])

    unserved = told(instance_of(bob, *needs, need("farid", flat(15.5))), "bob", solution)

    assert unserved.reason == Reason("free_job", {"partners": ("emma", "farid"), "job": 1})
    assert unserved.relaxation is not None
    assert unserved.relaxation.details == {"job": 1}
    assert unserved.relaxation.gain_units == 12 * 6


def test_two_needs_of_one_survey_get_each_its_own_reason() -> None:
    bob = need("bob", months({range(1, 2): 50}))
    emma = need("emma", flat(12), km=20)
    farid = need("farid", flat(12), km=55)

    explanation = explain(instance_of(bob, emma, farid), NOBODY)

    assert left(explanation, "bob").reason.details["period"] == JANUARY
    assert left(explanation, "emma").reason.code == "no_fit_over"
    assert left(explanation, "farid").reason.code == "too_far"
