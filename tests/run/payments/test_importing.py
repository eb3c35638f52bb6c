"""Whatever files tell the days of an account, each movement is kept once."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from maillage.run.billing.files.statements.movement import Movement
from maillage.run.payments.enums import StatementKind
from maillage.run.payments.importing import fresh
from maillage.run.payments.models import BankMovement

FIRST = date(2026, 5, 4)
CAMT, TABLE = StatementKind.CAMT, StatementKind.TABLE

movements = st.lists(
    st.builds(
        Movement,
        booked_on=st.integers(0, 4).map(lambda days: FIRST + timedelta(days=days)),
        amount=st.sampled_from([Decimal("10.00"), Decimal("-8.40"), Decimal("942.48")]),
        reference=st.sampled_from(["", "F2026-00001"]),
        text=st.sampled_from(["VIR", "VIR DUPONT"]),
    ),
    max_size=12,
)
windows = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.sampled_from([CAMT, TABLE])))


def kept(one: Movement) -> BankMovement:
    return BankMovement(
        booked_on=one.booked_on, amount=one.amount, reference=one.reference, text=one.text
    )


def sums(told: list[Movement]) -> list[tuple[date, Decimal]]:
    return sorted((one.booked_on, one.amount) for one in told)


@given(account=movements, files=windows)
def test_files_that_overlap_in_any_way_and_kind_keep_each_movement_once(
    account: list[Movement], files: list[tuple[int, int, StatementKind]]
) -> None:
    held: list[tuple[BankMovement, StatementKind]] = []
    brought: list[Movement] = []
    for begin, end, kind in [*files, (0, 4, CAMT), (0, 4, TABLE)]:
        told = [one for one in account if begin <= (one.booked_on - FIRST).days <= end]
        new = fresh(told, held, kind)
        brought += new
        held += [(kept(one), kind) for one in new]
    assert sums(brought) == sums(account)


def test_another_text_in_the_same_kind_of_file_is_another_payment() -> None:
    first = Movement(booked_on=FIRST, amount=Decimal(10), text="VIR DUPONT")
    other = Movement(booked_on=FIRST, amount=Decimal(10), text="VIR DURAND")
    assert fresh([other], [(kept(first), TABLE)], TABLE) == [other]
    assert fresh([other], [(kept(first), CAMT)], TABLE) == []
    assert fresh([first, other], [(kept(first), CAMT)], TABLE) == [other]
