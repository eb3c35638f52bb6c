"""Who answers for debts: parts that add up to the cent, ceilings, versions."""

from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from maillage.foundation.organisations.models import Organisation
from maillage.run.group.models import SolidarityKey
from maillage.run.group.queries import key_in_force
from maillage.run.group.refusals import GroupError
from maillage.run.group.solidarity import claims_on, record_key, shared_out, weights_of
from tests.cast import Cast, acting, inside
from tests.run.group.stories import days_ago, grouped

CENTS = st.integers(0, 10**10).map(lambda cents: Decimal(cents) / 100)
WEIGHTS = st.lists(CENTS, min_size=1, max_size=60).filter(any)
A, B, C = (UUID(int=rank) for rank in (1, 2, 3))


@pytest.fixture
def here(cast: Cast) -> Iterator[Cast]:
    """The cast, inside their network."""
    with inside(cast.network):
        yield cast


@given(amount=CENTS, weights=WEIGHTS)
def test_parts_add_up_to_the_cent(amount: Decimal, weights: list[Decimal]) -> None:
    parts = shared_out(amount, dict(enumerate(weights)))
    assert sum(parts.values()) == amount
    assert all(part >= 0 for part in parts.values())


@given(amount=CENTS, weights=WEIGHTS)
def test_nobody_is_a_cent_away_from_the_exact_part(amount: Decimal, weights: list[Decimal]) -> None:
    parts = shared_out(amount, dict(enumerate(weights)))
    for rank, part in parts.items():
        # Both sides times the whole, so that nothing is rounded.
        exact = amount * weights[rank]
        assert abs(part * sum(weights) - exact) < Decimal("0.01") * sum(weights)


def test_the_cents_left_go_to_the_largest_remainders() -> None:
    weights = {"a": Decimal(1), "b": Decimal(1), "c": Decimal(1)}
    parts = shared_out(Decimal("100.00"), weights)
    assert parts == {"a": Decimal("33.34"), "b": Decimal("33.33"), "c": Decimal("33.33")}


@pytest.mark.parametrize(
    ("amount", "weights"),
    [(Decimal(1), {}), (Decimal(1), {"a": Decimal(0)}), (Decimal("0.001"), {"a": Decimal(1)})],
)
def test_what_cannot_be_shared_is_refused(amount: Decimal, weights: dict[str, Decimal]) -> None:
    with pytest.raises(ValueError, match=r"weighs|cents"):
        shared_out(amount, weights)


@given(
    amount=CENTS,
    weights=WEIGHTS,
    cap=st.one_of(st.none(), CENTS),
    basis=st.sampled_from(["equal", "hours", "wage_cost"]),
)
def test_parts_and_what_is_asked_of_nobody_make_the_debt(
    amount: Decimal, weights: list[Decimal], cap: Decimal | None, basis: str
) -> None:
    members = {uuid4(): weight for weight in weights}
    claims = claims_on(amount, basis=basis, cap=cap, weights=members)
    assert sum(claims.parts.values()) + claims.nobody == amount
    assert cap is None or all(part <= cap for part in claims.parts.values())


def test_by_the_law_each_may_be_asked_for_all_of_it() -> None:
    claims = claims_on(Decimal(900), basis="all", cap=None, weights={A: Decimal(1), B: Decimal(1)})
    assert claims.whole
    assert claims.parts == {A: Decimal(900), B: Decimal(900)}
    assert claims.nobody == 0


def test_above_the_ceilings_nobody_is_asked() -> None:
    weights = {A: Decimal(28), B: Decimal(60), C: Decimal(12)}
    claims = claims_on(Decimal(9400), basis="hours", cap=Decimal(3000), weights=weights)
    assert claims.parts == {A: Decimal("2632.00"), B: Decimal(3000), C: Decimal("1128.00")}
    assert claims.nobody == Decimal("2640.00")


def keyed(here: Cast, **more: object) -> SolidarityKey:
    """Write down a key as Alice."""
    said = {"basis": "equal", "effective_from": days_ago(1), "statutes_ref": "article 9", **more}
    group = more.pop("group", None) or here.network.employer_group
    said.pop("group", None)
    return record_key(acting=acting(here.alice, here.network), group=group, **said)  # type: ignore[arg-type]  # given by name


def test_the_last_key_begun_is_in_force_and_the_others_are_kept(here: Cast) -> None:
    group = grouped(here)
    assert key_in_force(group) is None
    first = keyed(here, group=group)
    keyed(here, group=group, effective_from=localdate().replace(year=localdate().year + 1))
    assert key_in_force(group) == first
    third = keyed(here, group=group, effective_from=localdate(), cap=Decimal(5000))
    assert key_in_force(group) == third
    assert [one.number for one in SolidarityKey.objects.all()] == [3, 2, 1]


def test_weights_are_those_of_members(here: Cast) -> None:
    group = grouped(here)
    stranger = uuid4()
    hours = {here.bakery.public_id: Decimal(728), stranger: Decimal(1)}
    key = keyed(here, group=group, basis="hours", weights=hours)
    assert weights_of(key) == {here.bakery.public_id: Decimal(728)}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"statutes_ref": " "}, "which article of the statutes"),
        ({"basis": "luck"}, "Choose how debts are shared"),
        ({"cap": Decimal(0)}, "A ceiling is an amount above zero"),
        ({"basis": "hours"}, "at least one member weighs"),
        ({"effective_from": days_ago(400)}, "from the creation of the group"),
    ],
)
def test_a_key_that_says_nothing_is_refused(
    here: Cast, said: dict[str, object], sentence: str
) -> None:
    group = grouped(here)
    with pytest.raises(GroupError, match=sentence):
        keyed(here, group=group, **said)


def test_a_member_does_not_set_the_key(here: Cast) -> None:
    group = grouped(here)
    assert Organisation.objects.count() == 3
    with pytest.raises(PermissionDenied):
        record_key(
            acting=acting(here.bob, here.network),
            group=group,
            basis="equal",
            effective_from=localdate(),
            statutes_ref="9",
        )
