from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from maillage.run.billing.files.refusals import StatementError
from maillage.run.billing.files.statements.camt import read_camt
from maillage.run.billing.files.statements.movement import Movement
from tests.run.billing.files.cases import OUR_IBAN, THEIR_IBAN

HERE = Path(__file__).parent
OLD = (HERE / "camt053-02.xml").read_bytes()
NEW = (HERE / "camt053-08.xml").read_bytes()
DAY = date(2026, 12, 15)


def told(movement: Movement) -> tuple[str, str, str, str, str]:
    return (
        str(movement.amount),
        movement.reference,
        movement.counterparty,
        movement.iban,
        movement.returned,
    )


def test_statement_tells_what_came_and_what_went() -> None:
    (statement,) = read_camt(OLD)
    assert (statement.iban, statement.number) == (OUR_IBAN, "2026-240")
    assert (statement.opening, statement.closing) == (Decimal("1000.00"), Decimal("2388.60"))
    assert [told(one) for one in statement.movements] == [
        ("929.95", "2026-11-0042", "BOULANGERIE BOB", THEIR_IBAN, ""),
        ("300.00", "2026-11-0043", "GARAGE EMMA", "", ""),
        ("200.00", "2026-11-0044", "FERME DENIS", "", ""),
        ("-29.35", "2026-11-0031", "BOULANGERIE BOB", THEIR_IBAN, "AM04"),
        ("-12.00", "", "", "", ""),
    ]
    first, *_middle, fees = statement.movements
    assert first.booked_on == DAY
    assert first.text == "Facture 2026-11-0042 merci"
    assert first.bank_reference == "B-1"
    assert fees.text == "FRAIS DE TENUE DE COMPTE"
    assert OLD.splitlines()[first.line - 1].strip() == b"<TxDtls>"


def test_pending_entry_is_not_counted() -> None:
    assert b"PDNG" in OLD
    assert all(one.amount != Decimal("77.77") for one in read_camt(OLD)[0].movements)


def test_newer_version_is_read_alike() -> None:
    (statement,) = read_camt(NEW)
    assert [told(one) for one in statement.movements] == [
        ("929.95", "2026-11-0042", "BOULANGERIE BOB", THEIR_IBAN, "")
    ]
    assert statement.movements[0].booked_on == DAY


WRONG = {
    "not whole": (OLD[:-30], "not a whole XML file", 107),
    "other message": (OLD.replace(b"camt.053", b"camt.052"), "not a statement camt.053", 2),
    "own words": (
        OLD.replace(b"<Document", b'<!DOCTYPE x [<!ENTITY e "1">]><Document'),
        "defines no words",
        1,
    ),
    "dollars": (OLD.replace(b'Ccy="EUR">12.00', b'Ccy="USD">12.00'), "not in euros", 95),
    "not an amount": (OLD.replace(b">12.00<", b">douze<"), "“douze” is not an amount", 95),
    "finer than a cent": (OLD.replace(b">12.00<", b">12.001<"), "finer than a cent", 95),
    "no direction": (
        OLD.replace(b"<CdtDbtInd>DBIT</CdtDbtInd>\n        <Sts>BOOK", b"<Sts>BOOK"),
        "came or went",
        73,
    ),
    "no day": (OLD.replace(b"2026-12-15</Dt>", b"15/12/2026</Dt>"), "missing or wrong", 26),
    "does not add up": (
        OLD.replace(b">2388.60<", b">2388.61<"),
        "lead to 2388.60 and the bank says 2388.61",
        8,
    ),
    "part that does not add up": (
        OLD.replace(b">300.00<", b">300.01<"),
        "do not add up",
        47,
    ),
    "account with a slip": (OLD.replace(OUR_IBAN.encode(), b"FR7630006000011"), "IBAN", 8),
    "no statement": (OLD.replace(b"Stmt>", b"Xtmt>"), "no statement", 2),
}


@pytest.mark.parametrize(("content", "why", "line"), WRONG.values(), ids=WRONG.keys())
def test_wrong_file_is_refused_with_its_line(content: bytes, why: str, line: int) -> None:
    assert content not in {OLD, NEW}
    with pytest.raises(StatementError, match=why) as refused:
        read_camt(content)
    assert refused.value.line == line
