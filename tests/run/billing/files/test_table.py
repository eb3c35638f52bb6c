from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.run.billing.files.refusals import StatementError
from maillage.run.billing.files.statements.movement import Movement
from maillage.run.billing.files.statements.table import amount_of, read_table
from tests.run.billing.files.cases import THEIR_IBAN

TWO_COLUMNS = """Compte n° 12345678901 ; solde au 16/12/2026 ; 2 388,60 €

Date;Libellé;Référence;Débit euros;Crédit euros
15/12/2026;"VIR BOULANGERIE BOB; novembre";2026-11-0042;;1 929,95
15/12/2026;FRAIS DE TENUE DE COMPTE;;-12,00;
16/12/2026;PRLV EDF;;45,10;0,00
"""
ONE_COLUMN = f"""booking date,amount,currency,counterparty,counterparty IBAN,reference
2026-12-15,"1,929.95",EUR,BOULANGERIE BOB,{THEIR_IBAN},2026-11-0042
2026-12-15,-12.00,EUR,,,
"""


def test_debit_and_credit_stand_in_two_columns() -> None:
    # The old Windows encoding, as banks still send it.
    movements = read_table(TWO_COLUMNS.encode("cp1252")).movements
    assert movements == (
        Movement(
            booked_on=date(2026, 12, 15),
            amount=Decimal("1929.95"),
            reference="2026-11-0042",
            text="VIR BOULANGERIE BOB; novembre",
            line=4,
        ),
        Movement(
            booked_on=date(2026, 12, 15),
            amount=Decimal("-12.00"),
            text="FRAIS DE TENUE DE COMPTE",
            line=5,
        ),
        Movement(booked_on=date(2026, 12, 16), amount=Decimal("-45.10"), text="PRLV EDF", line=6),
    )


def test_one_amount_has_its_sign() -> None:
    bob, fees = read_table(ONE_COLUMN.encode("utf-8-sig")).movements
    assert (bob.amount, bob.counterparty, bob.iban) == (
        Decimal("1929.95"),
        "BOULANGERIE BOB",
        THEIR_IBAN,
    )
    assert fees.amount == Decimal("-12.00")


AMOUNTS = {
    "1 234,56": "1234.56",
    "1\u202f234,56 €": "1234.56",
    "1.234,56": "1234.56",
    "1,234.56": "1234.56",
    "-45,00": "-45.00",
    "+45.1": "45.10",
    "1234": "1234.00",
    "1234567": "1234567.00",
}


@pytest.mark.parametrize(("text", "amount"), AMOUNTS.items())
def test_amount_is_read_as_people_write_it(text: str, amount: str) -> None:
    assert str(amount_of(text)) == amount


@pytest.mark.parametrize("text", ["1,234", "1.234", "12,345,6", "1.2.3", "abc", "", "1e3", "--1"])
def test_amount_that_may_be_read_in_two_ways_is_none(text: str) -> None:
    assert amount_of(text) is None


@given(st.decimals(-(10**9), 10**9, places=2))
def test_any_amount_is_read_back(amount: Decimal) -> None:
    assert amount_of(f"{amount:.2f}") == amount
    assert amount_of(f"{amount:.2f}".replace(".", ",")) == amount
    assert amount_of(f"{amount:,.2f}") == amount


WRONG = {
    "date": (TWO_COLUMNS.replace("16/12/2026;P", "31/02/2026;P"), "is not a date", 6),
    "amount": (TWO_COLUMNS.replace("45,10", "45,1O"), "“45,1O” is not an amount", 6),
    "no amount": (TWO_COLUMNS.replace("-12,00", ""), "missing", 5),
    "two amounts": (TWO_COLUMNS.replace("0,00\n", "3,00\n"), "Two amounts", 6),
    "unclear amount": (ONE_COLUMN.replace("-12.00", "-1.234"), "is not an amount", 3),
    "dollars": (ONE_COLUMN.replace("-12.00,EUR", "-12.00,USD"), "not in euros", 3),
    "account": (ONE_COLUMN.replace(THEIR_IBAN, "FR14"), "IBAN", 2),
    "quotation mark": (ONE_COLUMN + '2026-12-15,"12', "quotation", 4),
    "no titles": ("a;b;c\n1;2;3\n", "titles", 0),
    "nothing": ("Date;Montant\n", "no movement", 0),
}


@pytest.mark.parametrize(("text", "why", "line"), WRONG.values(), ids=WRONG.keys())
def test_wrong_file_is_refused_with_its_line(text: str, why: str, line: int) -> None:
    with pytest.raises(StatementError, match=why) as refused:
        read_table(text.encode())
    assert refused.value.line == line


def test_picture_is_no_statement() -> None:
    with pytest.raises(StatementError, match="not a text"):
        read_table(b"\x89PNG\x81\x8d\xff")
