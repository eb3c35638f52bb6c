"""Gaëlle drives from the bakery to the garage: her kilometres are shared, to the cent."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.run.employment.models import Worker
from maillage.run.hours.enums import ExpenseKind
from maillage.run.hours.expenses import (
    Spent,
    answer_expense,
    declare_expense,
    mileage_rate,
    mileage_rates,
)
from maillage.run.hours.models import Expense, MonthClosing
from maillage.run.hours.queries import signed_expenses
from maillage.run.hours.refusals import HoursError
from tests.cast import Cast, acting, inside
from tests.run.hours.months import MARCH
from tests.run.stories import MONDAY, shared_baker

JPEG = b"\xff\xd8\xff\xe0 a receipt"


@pytest.fixture
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


@pytest.fixture
def gaelle(cast: Cast, _in_the_network: None) -> Worker:
    worker: Worker = shared_baker(cast)
    return worker


def driven(kilometres: str, day: date = MONDAY) -> Spent:
    return Spent(kind=ExpenseKind.MILEAGE, day=day, kilometres=Decimal(kilometres))


def test_kilometres_keep_their_rate_and_are_shared_to_the_cent(cast: Cast, gaelle: Worker) -> None:
    both = [cast.bakery, cast.garage]
    made = declare_expense(worker=gaelle, spent=driven("12.5"), firms=both)
    # 12.5 km at 0.636 euros are 7.95 euros: the first firm bears the odd cent.
    assert (made.amount, made.rate) == (Decimal("7.95"), Decimal("0.636"))
    assert made.rate_source == "Arrêté du 27 mars 2023, CGI annexe IV art. 6 B"
    assert [(one.organisation, one.amount) for one in made.shares.order_by("-amount")] == [
        (cast.bakery, Decimal("3.98")),
        (cast.garage, Decimal("3.97")),
    ]


def test_a_rate_holds_from_its_first_day_on() -> None:
    since = mileage_rates()[-1].since
    assert mileage_rate(since).amount == Decimal("0.636")
    with pytest.raises(HoursError, match="No rate"):
        mileage_rate(since - timedelta(days=1))


@pytest.mark.parametrize(
    ("spent", "says"),
    [
        (Spent(kind=ExpenseKind.MEAL, day=MONDAY), "the amount"),
        (Spent(kind=ExpenseKind.MEAL, day=MONDAY, amount=Decimal("5000.01")), "the amount"),
        (Spent(kind=ExpenseKind.MILEAGE, day=MONDAY), "the kilometres"),
        (Spent(kind=ExpenseKind.RECEIPT, day=MONDAY, amount=Decimal(12)), "a picture"),
        (
            Spent(kind=ExpenseKind.RECEIPT, day=MONDAY, amount=Decimal(12), receipt=b"MZ"),
            "as a picture",
        ),
        (
            Spent(kind=ExpenseKind.MEAL, day=localdate() + timedelta(days=1), amount=Decimal(12)),
            "to come",
        ),
    ],
)
def test_an_impossible_expense_is_refused(
    cast: Cast, gaelle: Worker, spent: Spent, says: str
) -> None:
    with pytest.raises(HoursError, match=says):
        declare_expense(worker=gaelle, spent=spent, firms=[cast.bakery])
    assert not Expense.objects.exists()


def test_a_firm_where_the_worker_is_not_lent_bears_nothing(cast: Cast, gaelle: Worker) -> None:
    for firms in ([], [cast.rival]):
        with pytest.raises(HoursError, match="Choose firms"):
            declare_expense(worker=gaelle, spent=driven("10"), firms=firms)


def test_an_expense_is_billed_once_it_is_approved(cast: Cast, gaelle: Worker) -> None:
    key = uuid4()
    spent = Spent(
        kind=ExpenseKind.RECEIPT, day=MONDAY, amount=Decimal("8.40"), label="Train", receipt=JPEG
    )
    for _turn in range(2):
        made = declare_expense(worker=gaelle, spent=spent, firms=[cast.bakery], key=key)
    assert Expense.objects.count() == 1
    assert list(signed_expenses(cast.network, MARCH)) == []
    with pytest.raises(PermissionDenied):
        answer_expense(acting=acting(cast.bob, cast.network), expense=made)
    alice = acting(cast.alice, cast.network)
    answer_expense(acting=alice, expense=made)
    assert list(signed_expenses(cast.network, MARCH)) == [made]
    with pytest.raises(HoursError, match="its answer already"):
        answer_expense(acting=alice, expense=made, refused_why="Too late")


def test_a_refused_expense_says_why(cast: Cast, gaelle: Worker) -> None:
    alice = acting(cast.alice, cast.network)
    made = declare_expense(worker=gaelle, spent=driven("10"), firms=[cast.bakery])
    with pytest.raises(HoursError, match="Say why"):
        answer_expense(acting=alice, expense=made, refused_why=" ")
    made = answer_expense(acting=alice, expense=made, refused_why="The group's car was there")
    assert (made.approved_at, made.refused_why) == (None, "The group's car was there")


def test_nothing_is_spent_in_a_closed_month(cast: Cast, gaelle: Worker) -> None:
    MonthClosing.objects.create(
        network=cast.network, month=MARCH, closed_by_id=cast.alice.public_id
    )
    with pytest.raises(HoursError, match="is closed"):
        declare_expense(worker=gaelle, spent=driven("10"), firms=[cast.bakery])
