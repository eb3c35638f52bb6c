"""Needs and offers to match, for the tests that come after."""

from hypothesis import strategies as st

from maillage.engines.matching import Instance, Statement, sorted_pairs

BLOIS = (47.586, 1.336)
VENDOME = (47.793, 1.066)  # 31 km from Blois
CONTRES = (47.417, 1.428)  # 20 km from Blois
SUMMER = (0, 0, 0, 0, 0, 30, 30, 30, 0, 0, 0, 0)
WINTER = (30, 30, 0, 0, 0, 0, 0, 0, 0, 0, 0, 30)


def statement(statement_id: str, firm_id: str, words: str = "", **more: object) -> Statement:
    """Return what a firm states: of staff, useful, in Blois, unless said otherwise."""
    wanted: dict[str, object] = {"topic": "staff", "strength": 2, "place": BLOIS}
    return Statement(
        statement_id=statement_id,
        firm_id=firm_id,
        words=frozenset(words.split()),
        **(wanted | more),  # type: ignore[arg-type]  # given by name
    )


def question(
    needs: list[Statement], offers: list[Statement], *apart: tuple[str, str], **more: object
) -> Instance:
    """Return what is asked of the engine; firms of `apart` are kept apart."""
    return Instance(
        needs=tuple(needs),
        offers=tuple(offers),
        kept_apart=sorted_pairs(apart),
        akin=sorted_pairs([("other", "staff"), ("other", "training")]),
        **more,  # type: ignore[arg-type]  # given by name
    )


FIRMS = ("bakery", "garage", "inn", "mill")
WORDS = ("oven", "night", "bread", "van", "english", "lift", "welding", "ledger", "cold")
some_words = st.frozensets(st.sampled_from(WORDS), max_size=6)
months = st.one_of(
    st.just(()), st.tuples(*[st.sampled_from((0, 0, 10, 30))] * 12), st.just((0,) * 12)
)
places = st.one_of(
    st.none(),
    st.tuples(
        st.floats(47.2, 48.0, allow_subnormal=False), st.floats(0.8, 1.8, allow_subnormal=False)
    ),
)


def stated(kind: str) -> st.SearchStrategy[list[Statement]]:
    """Draw some statements, each with an id of its own."""
    drawn = st.builds(
        Statement,
        statement_id=st.integers(0, 99).map(lambda number: f"{kind}{number:02}"),
        firm_id=st.sampled_from(FIRMS),
        topic=st.sampled_from(("staff", "training", "other")),
        strength=st.integers(1, 5),
        occupation=st.sampled_from(("", "D1106", "I1604")),
        trade_words=st.frozensets(st.sampled_from(("baker", "mechanic")), max_size=1),
        words=some_words,
        half_hours=months,
        place=places,
        sector=st.sampled_from(("", "food", "cars")),
    )
    return st.lists(drawn, max_size=8, unique_by=lambda one: one.statement_id)


@st.composite
def questions(draw: st.DrawFn) -> Instance:
    """Draw an instance: pairs are few, so that limits and ties happen."""
    needs, offers = draw(stated("need")), draw(stated("offer"))
    firms = st.tuples(st.sampled_from(FIRMS), st.sampled_from(FIRMS))
    apart = draw(st.lists(firms.filter(lambda pair: pair[0] != pair[1]), max_size=3))
    pairs = [(need.statement_id, offer.statement_id) for need in needs for offer in offers]
    refused = draw(st.frozensets(st.sampled_from(pairs), max_size=3)) if pairs else frozenset()
    return question(
        needs,
        offers,
        *apart,
        refused=refused,
        offers_per_need=draw(st.integers(1, 3)),
        needs_per_offer=draw(st.integers(1, 3)),
    )
