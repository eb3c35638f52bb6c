"""Every reason is true and every change is the cheapest, against plain brute force."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.instances.pooling import generate
from maillage.engines.pooling.checks import breaches
from maillage.engines.pooling.explain import Explanation, Reason, Relaxation, explain
from maillage.engines.pooling.instance import CONTRACTS, Instance, Need, sorted_pairs
from maillage.engines.pooling.solution import (
    SharedJob,
    Solution,
    half_hours_of,
    metres_between,
    metres_of,
    objective_of,
)
from tests.engines.pooling.explain_cast import KM_PER_DEGREE

OCCUPATIONS = ("bread", "hair", "kitchen")
FIRMS = ("alice", "bob", "chloé", "denis", "emma", "farid")
PERIODS = 12

# --- instances, and answers that a solve could have given -----------------------------------------


KINDS = ("steady",) * 5 + ("season",) * 3 + ("any", "none")
MOSTLY_BREAD = (*OCCUPATIONS, "bread", "bread")
PLACES = (0,) * 6 + (12, 29, 31, 45, 70)  # km up the road


@st.composite
def hours(draw: st.DrawFn) -> tuple[int, ...]:
    """Steady hours, a season, or anything; seldom none."""
    kind = draw(st.sampled_from(KINDS))
    if kind == "none":
        return (0,) * PERIODS
    if kind == "any":
        return tuple(draw(st.lists(st.integers(0, 50), min_size=PERIODS, max_size=PERIODS)))
    base = draw(st.sampled_from([4, 8, 14, 16, 18, 21, 22, 28, 32, 34, 36, 44, 48]))
    if kind == "steady":
        return (base,) * PERIODS
    first, length = draw(st.integers(0, 11)), draw(st.integers(1, 8))
    high = draw(st.integers(20, 92))
    return tuple(high if (t - first) % PERIODS < length else base for t in range(PERIODS))


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    size = draw(st.integers(0, 7))
    firms = draw(st.permutations(FIRMS))
    needs = tuple(
        Need(
            need_id=f"n{k}",
            firm_id=firms[k % len(FIRMS)],
            firm=firms[k % len(FIRMS)],
            occupation=draw(st.sampled_from(MOSTLY_BREAD)),
            latitude=47 + draw(st.sampled_from(PLACES)) / KM_PER_DEGREE,
            longitude=1.3 + draw(st.sampled_from([0, 0, 0, 9])) / KM_PER_DEGREE,
            half_hours=draw(hours()),
        )
        for k in range(size)
    )
    return Instance(
        needs=needs,
        contract=CONTRACTS[draw(st.sampled_from(sorted(CONTRACTS)))],
        competitors=sorted_pairs(
            draw(st.sets(st.sampled_from([*combinations(FIRMS, 2)]), max_size=4))
        ),
        related=sorted_pairs(draw(st.sets(st.sampled_from([*combinations(OCCUPATIONS, 2)])))),
        max_distance_metres=draw(st.sampled_from([0, 20_000, 30_000, 30_000])),
        max_employers=draw(st.integers(2, 5)),
    )


@st.composite
def answers(draw: st.DrawFn) -> tuple[Instance, Solution]:
    """An instance and some of its jobs, as a solve cut short would give."""
    instance = draw(instances())
    possible = [
        names(members)
        for members in sets_of(instance.needs, instance.max_employers)
        if fits(instance, members)
    ]
    jobs: list[SharedJob] = []
    most = draw(st.sampled_from([0, 1, 3, 3]))
    for job in draw(st.permutations(possible)) if most else []:
        taken = {need_id for other in jobs for need_id in other.need_ids}
        if len(jobs) < most and not taken & set(job):
            jobs.append(SharedJob(job))
    return instance, Solution(tuple(jobs))


# --- brute force ----------------------------------------------------------------------------------


def sets_of(needs: Sequence[Need], largest: int) -> Iterator[tuple[Need, ...]]:
    for size in range(2, largest + 1):
        yield from combinations(needs, size)


def names(needs: Sequence[Need]) -> tuple[str, ...]:
    return tuple(need.need_id for need in needs)


def fits(instance: Instance, needs: Sequence[Need]) -> bool:
    """Whether `needs` make a valid job."""
    part = replace(instance, needs=tuple(needs))
    return not breaches(part, Solution((SharedJob(names(needs)),)))


def over_and_short(instance: Instance, needs: Sequence[Need]) -> tuple[list[int], list[int]]:
    """Half-hours over the maximum, then short of the minimum, in each period and over the year.

    The last of each list is for the year, in units, and may be negative.
    """
    contract = instance.contract
    sums = [sum(period) for period in zip(*(need.half_hours for need in needs), strict=True)]
    total = sum(sums)
    over = [max(0, value - contract.period_max_half_hours) for value in sums]
    short = [max(0, contract.period_min_half_hours - value) for value in sums]
    over.append(total - contract.mean_max_half_hours * PERIODS)
    short.append(contract.mean_min_half_hours * PERIODS - total)
    return over, short


def is_over(instance: Instance, needs: Sequence[Need]) -> bool:
    return max(over_and_short(instance, needs)[0]) > 0


def units_short(instance: Instance, needs: Sequence[Need]) -> int:
    *short, year = over_and_short(instance, needs)[1]
    return max(sum(short), year)


def rules_between(instance: Instance, needs: Sequence[Need]) -> set[tuple[str, ...]]:
    """The rules that `needs` break two by two."""
    broken: set[tuple[str, ...]] = set()
    for a, b in combinations(needs, 2):
        firms = (min(a.firm_id, b.firm_id), max(a.firm_id, b.firm_id))
        labels = (min(a.occupation, b.occupation), max(a.occupation, b.occupation))
        if a.firm_id == b.firm_id:
            broken |= {("firm",), ("twice",)}
        if firms in instance.competitors:
            broken.add(("competitor", *firms))
        if labels[0] != labels[1] and labels not in instance.related:
            broken.add(("occupation", *labels))
        if metres_between(a, b) > instance.max_distance_metres:
            broken.add(("distance",))
    return broken


def are_compatible(instance: Instance, needs: Sequence[Need]) -> bool:
    """Whether `needs` break nothing, but that hours may be short."""
    return not rules_between(instance, needs) and not is_over(instance, needs)


def with_partners(need: Need, partners: Sequence[Need], largest: int) -> Iterator[tuple[Need, ...]]:
    for size in range(1, largest):
        yield from ((need, *chosen) for chosen in combinations(partners, size))


def whole(value: object) -> int:
    assert isinstance(value, int)
    return value


class Case:
    """One need left alone, and who is around."""

    def __init__(self, instance: Instance, solution: Solution, need: Need) -> None:
        self.instance, self.solution, self.need = instance, solution, need
        served = {need_id for job in solution.jobs for need_id in job.need_ids}
        self.others = [other for other in instance.needs if other.units and other != need]
        self.alone = [other for other in self.others if other.need_id not in served]
        self.jobs = [
            tuple(instance.need_by_id[need_id] for need_id in job.need_ids) for job in solution.jobs
        ]

    def fellows(self) -> list[Need]:
        """Needs of other firms in the same or a related occupation."""
        return [
            other
            for other in self.others
            if other.firm_id != self.need.firm_id
            and not any(rule[0] == "occupation" for rule in self.rules(other))
        ]

    def rules(self, other: Need) -> set[tuple[str, ...]]:
        return rules_between(self.instance, (self.need, other))

    def possible_jobs(self, partners: Sequence[Need]) -> list[tuple[Need, ...]]:
        sets = with_partners(self.need, partners, self.instance.max_employers)
        return [members for members in sets if fits(self.instance, members)]

    def places(self) -> Iterator[tuple[Need, ...]]:
        """What the need makes with each whole job."""
        yield from ((self.need, *job) for job in self.jobs)


# --- what must be said ----------------------------------------------------------------------------


def expected_code(case: Case) -> str:
    """The first reason that is true."""
    instance, need = case.instance, case.need
    fellows = case.fellows()
    near = [o for o in fellows if ("distance",) not in case.rules(o)]
    free_of_rules = [o for o in near if not case.rules(o)]
    pairs = [(need, other) for other in free_of_rules]
    answers_in_order = {
        "no_hours": not need.units,
        "peak_too_high": is_over(instance, (need,)),
        "no_same_occupation": not fellows,
        "only_competitors": not free_of_rules
        and all(len(case.rules(o)) - (("distance",) in case.rules(o)) for o in near or fellows),
        "too_far": not free_of_rules,
        "no_fit_over": all(is_over(instance, pair) for pair in pairs),
        "free_job": bool(case.possible_jobs(case.alone))
        or any(fits(instance, members) for members in case.places()),
        "no_fit_short": not case.possible_jobs(case.others),
        "partners_better_used": True,
    }
    return next(code for code, holds in answers_in_order.items() if holds)


def check_details(case: Case, reason: Reason) -> None:
    details = dict(reason.details)
    instance, need = case.instance, case.need
    near = [o for o in case.fellows() if not case.rules(o)]
    over, _ = over_and_short(instance, (need,))
    match reason.code:
        case "peak_too_high" if details["period"] is not None:
            assert details["half_hours"] == max(need.half_hours)
            assert details["half_hours"] == need.half_hours[whole(details["period"])]
            assert details["limit"] == instance.contract.period_max_half_hours
        case "peak_too_high":
            assert max(over[:-1]) == 0 < over[-1]
            assert details["limit"] == instance.contract.mean_max_half_hours
        case "only_competitors":
            firms = {o.firm_id for o in case.fellows() if ("distance",) not in case.rules(o)}
            assert isinstance(details["firms"], tuple)
            assert set(details["firms"]) == (firms or {o.firm_id for o in case.fellows()})
        case "too_far":
            willing = [o for o in case.fellows() if case.rules(o) == {("distance",)}]
            nearest = min(metres_between(need, other) for other in willing)
            assert details["metres"] == nearest
            told = instance.need_by_id[str(details["nearest_need"])]
            assert told in willing
            assert metres_between(need, told) == nearest
        case "no_fit_over":
            excesses = {o.need_id: worst_excess(instance, (need, o)) for o in near}
            told_excess = excesses[str(details["partner"])]
            assert told_excess == min(excesses.values())
            assert details["over_half_hours"] == told_excess
        case "no_fit_short":
            check_best_set(case, details)
        case "partners_better_used":
            assert details == {"jobs": len(case.possible_jobs(case.others)), "or_more": False}


def worst_excess(instance: Instance, needs: Sequence[Need]) -> int:
    *periods, year = over_and_short(instance, needs)[0]
    return max(*periods, -(-year // PERIODS))


def check_best_set(case: Case, details: dict[str, object]) -> None:
    """No compatible set misses fewer units than the one told, and it misses what is told."""
    instance = case.instance
    partners = details["best_partners"]
    assert isinstance(partners, tuple)
    best = (case.need, *(instance.need_by_id[partner] for partner in partners))
    assert are_compatible(instance, best)
    sets = with_partners(case.need, case.others, instance.max_employers)
    assert units_short(instance, best) == min(
        units_short(instance, members) for members in sets if are_compatible(instance, members)
    )
    *short, year = over_and_short(instance, best)[1]
    period = details["period"]
    missing = -(-year // PERIODS) if period is None else short[whole(period)]
    assert details["missing_half_hours"] == missing > 0
    assert (period is None) == (year > sum(short))
    assert details["proved"] is True


# --- changes --------------------------------------------------------------------------------------


def least_hours(instance: Instance, needs: Sequence[Need], *, down: bool) -> int | None:
    """Units that the first of `needs` must change by, the same amount in every month told.

    Tried amount by amount. None when no amount does.
    """
    contract, need = instance.contract, needs[0]
    over, short = over_and_short(instance, needs)
    due = over[:-1] if down else short[:-1]
    least = over[-1] if down else short[-1]
    sums = [sum(period) for period in zip(*(n.half_hours for n in needs), strict=True)]
    total = sum(sums)
    if down:
        pairs = zip(need.half_hours, sums, strict=True)
        room = [min(own, value - contract.period_min_half_hours) for own, value in pairs]
        most = min(total - contract.mean_min_half_hours * PERIODS, need.units - 1)
    else:
        room = [contract.period_max_half_hours - value for value in sums]
        most = contract.mean_max_half_hours * PERIODS - total
    obliged = sum(value > 0 for value in due)
    found: dict[tuple[int, int], int] = {}
    for amount in range(max(1, *due), max(room) + 1):
        allowed = sum(value >= amount for value in room)
        count = max(obliged, -(-least // amount), 1)
        fits_dues = all(r >= amount for r, d in zip(room, due, strict=True) if d)
        if fits_dues and count <= allowed and amount * count <= most:
            found[amount, count] = amount * count
    all_year = max(*due, -(-least // PERIODS))
    if not down and max(due) * obliged < least and all_year <= min(room):
        return (
            all_year * PERIODS if all_year * PERIODS <= most else min(found.values(), default=None)
        )
    return min(found.values(), default=None)


def cost_of_set(instance: Instance, needs: Sequence[Need]) -> float:
    """What the cheapest change of one rule costs that makes a job of `needs`; the first changes."""
    broken = rules_between(instance, needs)
    over, short = max(over_and_short(instance, needs)[0]), units_short(instance, needs)
    extra = len(needs) - instance.max_employers
    if len(broken) + (over > 0) + (short > 0) + (extra > 0) > 1 or extra > 1:
        return inf
    if over > 0 or short > 0:
        changed = least_hours(instance, needs, down=over > 0)
        share = inf if changed is None else changed / needs[0].units
        return share if share <= (0.5 if over > 0 else 1.0) else inf
    if extra > 0:
        return 1 / instance.max_employers
    if not broken:
        return 0.0
    if broken != {("distance",)}:
        return 1.0 if ("competitor" in {rule[0] for rule in broken}) else 0.5
    limit = instance.max_distance_metres
    metres = max(metres_between(a, b) for a, b in combinations(needs, 2))
    return (metres - limit) / limit if metres <= 2 * limit else inf


def cheapest(case: Case) -> float:
    """What the cheapest change costs that would serve the need."""
    sets = [
        *with_partners(case.need, case.alone, case.instance.max_employers + 1),
        *case.places(),
    ]
    return min((cost_of_set(case.instance, members) for members in sets), default=inf)


def cost_told(instance: Instance, need: Need, relaxation: Relaxation) -> float:
    details = relaxation.details
    match relaxation.code:
        case "free_job":
            return 0.0
        case "distance":
            limit = instance.max_distance_metres
            return (whole(details["metres"]) - limit) / limit
        case "hours_up" | "hours_down":
            periods = details["periods"]
            assert isinstance(periods, tuple)
            return whole(details["half_hours"]) * len(periods) / need.units
        case "occupation":
            return 0.5
        case "competitor":
            return 1.0
    assert relaxation.code == "employers"
    return 1 / instance.max_employers


def changed(instance: Instance, need: Need, relaxation: Relaxation) -> Instance:
    """Apply a change, by hand."""
    details = relaxation.details
    match relaxation.code:
        case "distance":
            return replace(instance, max_distance_metres=whole(details["metres"]))
        case "employers":
            return replace(instance, max_employers=whole(details["employers"]))
        case "occupation":
            pair = (str(details["a"]), str(details["b"]))
            return replace(instance, related=instance.related | {pair})
        case "competitor":
            pair = (str(details["firm_a"]), str(details["firm_b"]))
            assert pair in instance.competitors
            return replace(instance, competitors=instance.competitors - {pair})
        case "hours_up" | "hours_down":
            half_hours = list(need.half_hours)
            periods = details["periods"]
            assert isinstance(periods, tuple)
            for period in periods:
                sign = 1 if relaxation.code == "hours_up" else -1
                half_hours[period] += sign * whole(details["half_hours"])
            needs = tuple(
                replace(n, half_hours=tuple(half_hours)) if n == need else n for n in instance.needs
            )
            return replace(instance, needs=needs)
    return instance


def check_change(case: Case, relaxation: Relaxation) -> None:
    """The change makes a valid solution, in which the hours told are gained and nobody loses."""
    after = changed(case.instance, case.need, relaxation)
    members = (case.need.need_id, *relaxation.partners)
    jobs = list(case.solution.jobs)
    entered = relaxation.details["job"]
    if entered is not None:
        left = jobs.pop(whole(entered))
        assert set(left.need_ids) == set(relaxation.partners)
    solution = Solution((*jobs, SharedJob(members)))

    assert breaches(after, solution) == ()
    before = objective_of(case.instance, case.solution).units
    assert objective_of(after, solution).units - before == relaxation.gain_units > 0


# --- the properties -------------------------------------------------------------------------------


def cases(
    instance: Instance, solution: Solution
) -> Iterator[tuple[Case, Reason, Relaxation | None]]:
    explanation: Explanation = explain(instance, solution)
    served = {need_id for job in solution.jobs for need_id in job.need_ids}
    left = [need for need in instance.needs if need.need_id not in served]
    assert [unserved.need_id for unserved in explanation.unserved] == list(names(left))
    for need, unserved in zip(left, explanation.unserved, strict=True):
        yield Case(instance, solution, need), unserved.reason, unserved.relaxation


@given(answers())
@settings(max_examples=300)
def test_every_reason_is_the_first_that_is_true(answer: tuple[Instance, Solution]) -> None:
    for case, reason, _ in cases(*answer):
        assert reason.code == expected_code(case)
        check_details(case, reason)


@given(answers())
def test_every_change_makes_a_valid_job_and_gains_what_is_told(
    answer: tuple[Instance, Solution],
) -> None:
    for case, _, relaxation in cases(*answer):
        if relaxation is not None:
            check_change(case, relaxation)


@given(answers())
@settings(max_examples=300)
def test_every_change_is_the_cheapest_there_is(answer: tuple[Instance, Solution]) -> None:
    for case, _, relaxation in cases(*answer):
        cost = inf if relaxation is None else cost_told(case.instance, case.need, relaxation)
        assert cost == (cheapest(case) if case.need.units else inf)


@given(answers())
def test_every_reason_of_a_job_is_true(answer: tuple[Instance, Solution]) -> None:
    instance, solution = answer
    explanation = explain(instance, solution)
    assert [facts.job for facts in explanation.jobs] == list(solution.jobs)
    for facts in explanation.jobs:
        assert facts.half_hours == half_hours_of(instance, facts.job)
        assert facts.units == sum(facts.half_hours)
        assert facts.metres == metres_of(instance, facts.job)
        check_why(instance, facts.job, facts.reason)


def check_why(instance: Instance, job: SharedJob, reason: Reason) -> None:
    details = reason.details
    asking = [n for n in (instance.need_by_id[i] for i in job.need_ids) if n.units]
    if reason.code == "opposite_seasons":
        first, second = (instance.need_by_id[str(details[key])] for key in ("first", "second"))
        peaks = [whole(details[key]) for key in ("first_peak", "second_peak")]
        for need, other, peak in ((first, second, peaks[0]), (second, first, peaks[1])):
            assert need.half_hours[peak] == max(need.half_hours)
            assert need.half_hours[peak] >= 1.5 * need.units / PERIODS
            assert other.half_hours[peak] < other.units / PERIODS
    elif reason.code == "fills_the_gap":
        main, filler = (instance.need_by_id[str(details[key])] for key in ("main", "filler"))
        low = whole(details["low"])
        assert main != filler
        assert main.half_hours[low] <= main.units / PERIODS / 2
        assert filler.half_hours[low] > 0
    else:
        assert details == {"employers": len(asking)}
    if reason.code == "steady_shares":
        enough = instance.contract.mean_min_half_hours * PERIODS
        assert all(min(n.half_hours) > 0 and n.units < enough for n in asking)


def test_free_jobs_taken_one_by_one_leave_none_and_the_changes_of_the_others_are_valid() -> None:
    survey = generate(200, seed=3)
    needs = tuple(
        Need(
            need_id=row.need_id,
            firm_id=row.firm_id,
            firm=row.firm,
            occupation=row.occupation,
            latitude=row.latitude,
            longitude=row.longitude,
            half_hours=row.half_hours,
        )
        for row in survey.rows
    )
    instance = Instance(
        needs, CONTRACTS["annual"], competitors=survey.competitors, related=survey.related
    )
    solution = Solution(())
    codes: set[str] = set()
    while True:
        changes = [
            (case, relaxation)
            for case, _, relaxation in cases(instance, solution)
            if relaxation is not None
        ]
        free = [(case, change) for case, change in changes if change.code == "free_job"]
        if not free:
            break
        case, change = free[0]
        check_change(case, change)
        jobs = [job for k, job in enumerate(solution.jobs) if k != change.details["job"]]
        solution = Solution((*jobs, SharedJob((case.need.need_id, *change.partners))))
    for case, change in changes:
        check_change(case, change)
        codes.add(change.code)

    assert breaches(instance, solution) == ()
    assert len(solution.jobs) > 20
    assert codes >= {"hours_up", "hours_down", "occupation"}


@given(answers())
@settings(max_examples=20)
def test_explanation_is_always_the_same(answer: tuple[Instance, Solution]) -> None:
    assert explain(*answer) == explain(*answer)
