"""Movements of the bank pay invoices: found, proposed, accepted; taken off; returned."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from maillage.run.billing.enums import InvoiceState
from maillage.run.billing.issuing import state_of, take_back
from maillage.run.billing.models import BillingProfile, Invoice
from maillage.run.payments.importing import import_statement
from maillage.run.payments.matching import accept, accept_sure, matches_of
from maillage.run.payments.models import BankMovement, BankStatement, Debit, Payment
from maillage.run.payments.paying import (
    Share,
    bring_back,
    come_back,
    pay,
    set_aside,
    take_off,
)
from maillage.run.payments.queries import open_movements, owed_for, owed_in
from maillage.run.payments.refusals import PaymentsError
from tests.cast import Cast, acting, inside
from tests.run.billing.files.cases import OUR_IBAN, THEIR_IBAN
from tests.run.payments.owed import BAKERY, GARAGE, booked, given_to_the_bank, mandate, owing


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


@pytest.fixture
def invoices(cast: Cast) -> tuple[Invoice, Invoice]:
    return owing(cast)


def proposed(cast: Cast) -> list[tuple[list[tuple[str, Decimal]], bool]]:
    return [
        ([(share.invoice.number, share.amount) for share in one.shares], one.sure)
        for one in matches_of(cast.network)
    ]


def test_a_transfer_that_names_its_invoice_pays_it(
    cast: Cast, invoices: tuple[Invoice, Invoice]
) -> None:
    bakery, garage = invoices
    booked(cast, "05/05/2026;942,48;VIR MARTIN FACT F2026 00001")
    assert proposed(cast) == [([("F2026-00001", BAKERY)], True)]
    alice = acting(cast.alice, cast.network)
    assert accept_sure(acting=alice) == 1
    assert accept_sure(acting=alice) == 0
    assert state_of(bakery) == InvoiceState.PAID
    assert [one.invoice for one in owed_in(cast.network)] == [garage]
    assert open_movements(cast.network) == []


@pytest.mark.parametrize(
    ("row", "shares", "sure"),
    [
        (
            "05/05/2026;1130,98;F2026-00001 et F2026-00002",
            [("F2026-00001", BAKERY), ("F2026-00002", GARAGE)],
            True,
        ),
        ("05/05/2026;500;F2026-00001", [("F2026-00001", Decimal(500))], False),
        ("05/05/2026;1000;F2026-00001", [("F2026-00001", BAKERY)], False),
        ("05/05/2026;942,48;VIR F2026-000012", [("F2026-00001", BAKERY)], False),
        (f"05/05/2026;942,48;VIR;;MARTIN;{THEIR_IBAN}", [("F2026-00001", BAKERY)], True),
        (f"05/05/2026;900;VIR;;MARTIN;{THEIR_IBAN}", [("F2026-00001", Decimal(900))], False),
        ("05/05/2026;188,50;VIR GARAGE LEMOINE", [("F2026-00002", GARAGE)], False),
        ("05/05/2026;188,50;VIR", [("F2026-00002", GARAGE)], False),
    ],
)
def test_movements_are_proposed_with_what_they_seem_to_pay(
    cast: Cast,
    invoices: tuple[Invoice, Invoice],
    row: str,
    shares: list[tuple[str, Decimal]],
    sure: bool,
) -> None:
    assert len(invoices) == 2
    mandate(cast, cast.bakery)
    booked(cast, row)
    assert proposed(cast) == [(shares, sure)]


def test_what_nothing_tells_is_proposed_to_nobody(
    cast: Cast, invoices: tuple[Invoice, Invoice]
) -> None:
    assert len(invoices) == 2
    booked(cast, "05/05/2026;12,00;INTERETS", "05/05/2026;-8,40;FRAIS")
    assert proposed(cast) == []
    assert len(open_movements(cast.network)) == 2


def test_two_movements_do_not_pay_one_invoice_twice(
    cast: Cast, invoices: tuple[Invoice, Invoice]
) -> None:
    assert len(invoices) == 2
    booked(cast, "05/05/2026;942,48;F2026-00001", "06/05/2026;942,48;F2026-00001")
    assert proposed(cast) == [([("F2026-00001", BAKERY)], True)]


def test_debits_credited_in_one_sum_are_found_by_their_file(
    cast: Cast, invoices: tuple[Invoice, Invoice]
) -> None:
    mandate(cast, cast.bakery)
    mandate(cast, cast.garage)
    order = given_to_the_bank(cast)
    booked(cast, f"04/05/2026;1130,98;REMISE PRLV {order.reference}-1")
    assert accept_sure(acting=acting(cast.alice, cast.network)) == 1
    assert {one.state for one in Debit.objects.all()} == {"paid"}
    assert {state_of(one) for one in invoices} == {InvoiceState.PAID}


def test_a_debit_that_comes_back_is_owed_again(
    cast: Cast, invoices: tuple[Invoice, Invoice]
) -> None:
    bakery, _garage = invoices
    mandate(cast, cast.bakery)
    given_to_the_bank(cast)
    booked(cast, "04/05/2026;942,48;PRLV;D2026-00001-1", "07/05/2026;-942,48;REJET D2026-00001-1")
    first, back = matches_of(cast.network)
    assert (first.sure, back.sure, back.returned) == (True, True, Debit.objects.get())
    alice = acting(cast.alice, cast.network)
    with pytest.raises(PaymentsError, match="had paid nothing"):
        accept(acting=alice, match=back)
    assert accept_sure(acting=alice) == 2
    assert owed_for(bakery).amount == BAKERY
    assert state_of(bakery) == InvoiceState.UNPAID
    assert (Debit.objects.get().state, open_movements(cast.network)) == ("returned", [])
    with pytest.raises(PaymentsError, match="returned this debit already"):
        take_off(acting=alice, payment=Payment.objects.filter(amount__gt=0).get(), why="Again")
    # Then by a transfer: paid, and only then.
    booked(cast, "12/05/2026;942,48;F2026-00001")
    accept_sure(acting=alice)
    assert state_of(bakery) == InvoiceState.PAID


def test_a_payment_put_on_the_wrong_invoice_is_taken_off_once(
    cast: Cast, invoices: tuple[Invoice, Invoice]
) -> None:
    bakery, garage = invoices
    (movement,) = booked(cast, "05/05/2026;188,50;VIR")
    alice = acting(cast.alice, cast.network)
    (made,) = pay(acting=alice, movement=movement, shares=[Share(bakery, GARAGE)], why="Guess")
    assert owed_for(bakery).amount == BAKERY - GARAGE
    off = take_off(acting=alice, payment=made, why="It was the garage")
    for wrong in (made, off):
        with pytest.raises(PaymentsError, match="taken off already"):
            take_off(acting=alice, payment=wrong, why="Again")
    assert owed_for(bakery).amount == BAKERY
    pay(acting=alice, movement=movement, shares=[Share(garage, GARAGE)], why="The garage")
    assert (state_of(garage), state_of(bakery)) == (InvoiceState.PAID, InvoiceState.ISSUED)


def test_nothing_pays_more_than_it_is_nor_more_than_is_owed(
    cast: Cast, invoices: tuple[Invoice, Invoice]
) -> None:
    bakery, garage = invoices
    (movement,) = booked(cast, "05/05/2026;1000;VIR")
    alice = acting(cast.alice, cast.network)
    for shares in (
        [],
        [Share(bakery, Decimal(1001))],
        [Share(bakery, BAKERY), Share(garage, GARAGE)],
        [Share(bakery, Decimal(-1))],
        [Share(garage, GARAGE + 1)],
        [Share(garage, GARAGE), Share(garage, Decimal(1))],
    ):
        with pytest.raises(PaymentsError):
            pay(acting=alice, movement=movement, shares=shares, why="Try")
    with pytest.raises(PaymentsError, match="Say why"):
        pay(acting=alice, movement=movement, shares=[Share(garage, GARAGE)], why=" ")
    assert not Payment.objects.exists()


def test_what_a_taken_back_invoice_was_paid_is_owed_to_the_firm_and_given_back(
    cast: Cast, invoices: tuple[Invoice, Invoice]
) -> None:
    bakery, _garage = invoices
    booked(cast, "05/05/2026;942,48;F2026-00001")
    alice = acting(cast.alice, cast.network)
    accept_sure(acting=alice)
    take_back(acting=alice, invoice=bakery, why="Wrong firm", day=date(2026, 5, 6))
    assert owed_for(bakery).amount == -BAKERY
    (back,) = booked(cast, "08/05/2026;-942,48;REMBOURSEMENT")
    pay(acting=alice, movement=back, shares=[Share(bakery, -BAKERY)], why="Given back")
    assert owed_for(bakery).amount == 0
    assert open_movements(cast.network) == []


def test_a_movement_that_pays_no_invoice_is_set_aside_and_brought_back(
    cast: Cast, invoices: tuple[Invoice, Invoice]
) -> None:
    bakery, _garage = invoices
    (grant,) = booked(cast, "05/05/2026;900;SUBVENTION")
    alice = acting(cast.alice, cast.network)
    set_aside(acting=alice, movement=grant, why="Grant of the region")
    assert open_movements(cast.network) == []
    with pytest.raises(PaymentsError, match="set aside"):
        pay(acting=alice, movement=grant, shares=[Share(bakery, Decimal(900))], why="No")
    bring_back(acting=alice, movement=grant)
    assert len(open_movements(cast.network)) == 1


def test_the_same_file_twice_and_files_that_overlap_bring_each_movement_once(
    cast: Cast, invoices: tuple[Invoice, Invoice]
) -> None:
    assert len(invoices) == 2
    # Two equal payments on one day are two.
    rows = ["05/05/2026;10;VIR DUPONT", "05/05/2026;10;VIR DUPONT", "06/05/2026;-8,40;FRAIS"]
    assert len(booked(cast, *rows)) == 3
    assert booked(cast, *rows) == []
    assert [one.text for one in booked(cast, *rows[1:], "06/05/2026;7;VIR MARTIN")] == [
        "VIR MARTIN"
    ]
    # The same amount on the same day, from somebody else, is another payment.
    assert len(booked(cast, "05/05/2026;10;VIR DURAND")) == 1
    assert (BankMovement.objects.count(), BankStatement.objects.count()) == (5, 3)


CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
<Id>2026-90</Id><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>
<Ntry><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-05-05</Dt></BookgDt><AcctSvcrRef>77</AcctSvcrRef>
<AddtlNtryInf>TRANSFER</AddtlNtryInf></Ntry></Stmt></BkToCstmrStmt></Document>"""


def test_a_csv_of_what_a_statement_told_brings_nothing_more(
    cast: Cast, invoices: tuple[Invoice, Invoice]
) -> None:
    assert len(invoices) == 2
    alice = acting(cast.alice, cast.network)
    read = import_statement(acting=alice, content=CAMT.format(iban=OUR_IBAN).encode())
    assert (len(read.movements), read.known) == (1, 0)
    assert booked(cast, "05/05/2026;10;VIR DUPONT") == []


def test_a_statement_that_cannot_be_is_refused_and_nothing_of_it_is_kept(
    cast: Cast, invoices: tuple[Invoice, Invoice]
) -> None:
    assert len(invoices) == 2
    alice = acting(cast.alice, cast.network)
    with pytest.raises(PaymentsError, match="another account, which ends in 2606"):
        import_statement(acting=alice, content=CAMT.format(iban=THEIR_IBAN).encode())
    with pytest.raises(PaymentsError, match=r"^Line 3: “12/13/2026” is not a date"):
        booked(cast, "05/05/2026;10;VIR", "12/13/2026;10;VIR")
    with pytest.raises(PaymentsError, match="No line holds the titles"):
        import_statement(acting=alice, content=b"\xef\xbb\xbfnothing")
    assert not BankMovement.objects.exists()
    BillingProfile.objects.all().delete()
    with pytest.raises(PaymentsError, match="Say first who bills"):
        booked(cast, "05/05/2026;10;VIR")


def test_a_debit_matched_by_mistake_is_waited_for_again(
    cast: Cast, invoices: tuple[Invoice, Invoice]
) -> None:
    bakery, _garage = invoices
    mandate(cast, cast.bakery)
    given_to_the_bank(cast)
    booked(cast, "04/05/2026;942,48;PRLV;D2026-00001-1")
    alice = acting(cast.alice, cast.network)
    accept_sure(acting=alice)
    take_off(acting=alice, payment=Payment.objects.get(), why="Not this one")
    assert (Debit.objects.get().state, state_of(bakery)) == ("sent", InvoiceState.UNPAID)
    assert accept_sure(acting=alice) == 1


def test_only_who_bills_reads_statements_and_lets_them_pay(
    cast: Cast, invoices: tuple[Invoice, Invoice]
) -> None:
    bakery, _garage = invoices
    (movement,) = booked(cast, "05/05/2026;942,48;F2026-00001")
    (match,) = matches_of(cast.network)
    bob = acting(cast.bob, cast.network)
    for act in (
        lambda: import_statement(acting=bob, content=b""),
        lambda: accept(acting=bob, match=match),
        lambda: accept_sure(acting=bob),
        lambda: pay(acting=bob, movement=movement, shares=[Share(bakery, BAKERY)], why="Mine"),
        lambda: set_aside(acting=bob, movement=movement, why="Mine"),
        lambda: come_back(acting=bob, movement=movement, debit=Debit()),
    ):
        with pytest.raises(PermissionDenied):
            act()
