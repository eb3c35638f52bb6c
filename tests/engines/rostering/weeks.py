"""Made-up weeks with a plan, for properties: three workers, a few slots, French law."""

from hypothesis import strategies as st

from maillage.engines.rostering import Assignment, Contract, History, Instance, Need, Plan, Worker
from maillage.engines.rostering.french_law import FRANCE
from tests.engines.rostering.cast import HOUR, chloe, question, slot

LAW_AND_COSTS = FRANCE
HOURS = ((6, 10), (8, 12), (13, 17), (14, 22), (18, 22))
FIRMS = ("bob", "emma", "farid", "denis")


def workers() -> tuple[Worker, ...]:
    """Chloé who bakes anywhere, Alice part-time who bakes and welds, Farid who bakes for two."""
    return (
        chloe(history=History(known_firm_ids=frozenset({"bob"}))),
        chloe(
            worker_id="alice",
            name="Alice",
            skills={"baking": 2, "welding": 1},
            contract=Contract(24 * HOUR),
        ),
        chloe(worker_id="farid", name="Farid", firm_ids=frozenset({"bob", "farid"})),
    )


@st.composite
def planned_weeks(draw: st.DrawFn, most_slots: int = 9) -> tuple[Instance, Plan]:
    """Draw slots of two weeks, and a plan in which each has somebody, or nobody."""
    names = draw(
        st.lists(
            st.tuples(st.integers(0, 9), st.sampled_from(HOURS), st.sampled_from(FIRMS)),
            min_size=2,
            max_size=most_slots,
            unique=True,
        )
    )
    needs: list[Need] = []
    for number, (day, (start, end), firm) in enumerate(names):
        skill = draw(st.sampled_from(("baking", "baking", "welding")))
        needs.append(
            slot(day, start, end, firm, need_id=f"n{number}", skill=skill, importance=1000)
        )
    people = ("chloé", "alice", "farid", "")
    who = [draw(st.sampled_from(people)) for _ in needs]
    held = [Assignment(name, need.need_id) for name, need in zip(who, needs, strict=True) if name]
    fixed = frozenset(a for a in held if draw(st.integers(0, 5)) == 0)
    instance = question(
        *needs, workers=workers(), rules=LAW_AND_COSTS, fixed=fixed, published=frozenset(held)
    )
    return instance, Plan(frozenset(held))
