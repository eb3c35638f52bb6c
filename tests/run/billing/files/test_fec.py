from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.run.billing.files.fec import (
    FIELDS,
    Account,
    Entry,
    Journal,
    Posting,
    fec_name,
    fec_of,
    read_fec,
)
from maillage.run.billing.files.invoice import Invoice
from maillage.run.billing.files.refusals import EntryError
from maillage.run.billing.files.selling import SALES, entry_of
from tests.run.billing.files.cases import (
    CASES,
    ISSUED,
    credit_note,
    deposit,
    exempt_invoice,
    final_invoice,
    member_invoice,
)
from tests.run.billing.files.drawn import invoices


def entry(invoice: Invoice, number: int = 1, *deposits: Invoice) -> Entry:
    return entry_of(
        invoice, number=number, customer="C0042", validated_on=ISSUED, deposits=deposits
    )


def sides(one: Entry) -> list[tuple[str, str, str]]:
    return [(row.account.number, str(row.debit), str(row.credit)) for row in one.postings]


def test_sale_is_owed_by_the_customer() -> None:
    assert sides(entry(member_invoice())) == [
        ("411000", "929.95", "0.00"),
        ("706000", "0.00", "774.96"),
        ("445710", "0.00", "154.99"),
    ]
    assert entry(member_invoice()).postings[0].customer == "C0042"


def test_exempt_sale_has_no_tax_and_a_credit_note_goes_backwards() -> None:
    assert sides(entry(exempt_invoice())) == [
        ("411000", "1415.98", "0.00"),
        ("706100", "0.00", "1415.98"),
    ]
    assert sides(entry(credit_note())) == [
        ("411000", "0.00", "94.25"),
        ("706000", "78.54", "0.00"),
        ("445710", "15.71", "0.00"),
    ]


def test_deposit_is_taken_back_by_the_invoice_that_ends_it() -> None:
    assert sides(entry(deposit()))[1:] == [
        ("419100", "0.00", "300.00"),
        ("445710", "0.00", "60.00"),
    ]
    assert sides(entry(final_invoice(), 2, deposit())) == [
        ("411000", "569.95", "0.00"),  # what is still due
        ("706000", "0.00", "774.96"),
        ("445710", "0.00", "154.99"),
        ("419100", "300.00", "0.00"),
        ("445710", "60.00", "0.00"),
    ]
    with pytest.raises(EntryError) as refused:
        entry(final_invoice())
    assert refused.value.field == "deposits"
    with pytest.raises(EntryError):
        entry(member_invoice(), 1, deposit())


def test_file_has_the_fields_in_their_order_and_name() -> None:
    content = fec_of([entry(member_invoice())])
    titles, first, *_others = content.decode().split("\r\n")
    assert titles.split("\t") == list(FIELDS)
    assert len(FIELDS) == 18
    assert first.split("\t") == [
        "VE", "Ventes", "1", "20261130", "411000", "Clients", "C0042", "Boulangerie Bob",
        "2026-11-0042", "20261130", "2026-11-0042 Boulangerie Bob", "929,95", "0,00",
        "", "", "20261130", "", "",
    ]  # fmt: skip
    assert fec_name("732829320", date(2026, 12, 31)) == "732829320FEC20261231.txt"
    with pytest.raises(EntryError):
        fec_name("732829321", date(2026, 12, 31))


def test_accountant_reads_back_what_was_written() -> None:
    without_deposits = [one for one in CASES.values() if not one.mode.after_deposit]
    entries = tuple(entry(one, rank) for rank, one in enumerate(without_deposits, 1))
    assert read_fec(fec_of(reversed(entries))) == entries


@given(st.lists(invoices().filter(lambda one: not one.mode.after_deposit), max_size=4))
def test_any_invoices_are_balanced_and_read_back(drawn: list[Invoice]) -> None:
    owed = [one for one in drawn if one.totals().gross]
    entries = tuple(entry(one, rank) for rank, one in enumerate(owed, 7))
    again = read_fec(fec_of(entries))
    assert again == entries
    for one, invoice in zip(again, owed, strict=True):
        assert sum(row.debit for row in one.postings) == sum(row.credit for row in one.postings)
        assert one.postings[0].debit == invoice.totals().gross


def test_gap_in_the_numbers_is_refused() -> None:
    with pytest.raises(EntryError, match=r"^Journal VE goes from 1 to 3\.$"):
        fec_of([entry(member_invoice(), 1), entry(exempt_invoice(), 3)])
    with pytest.raises(EntryError, match="from 1 to 1"):
        fec_of([entry(member_invoice(), 1), entry(exempt_invoice(), 1)])


def test_journals_have_their_own_numbers() -> None:
    other = replace(entry(exempt_invoice(), 40), journal=Journal(code="AV", name="Avoirs"))
    assert read_fec(fec_of([entry(member_invoice(), 1), other]))[0] == other


def test_validation_goes_forward() -> None:
    early = replace(entry(exempt_invoice(), 2), validated_on=date(2026, 11, 1))
    with pytest.raises(EntryError) as refused:
        fec_of([entry(member_invoice(), 1), early])
    assert refused.value.field == "ValidDate"


def test_unbalanced_entry_cannot_be() -> None:
    good = entry(member_invoice())
    with pytest.raises(EntryError, match=r"debit 0\.00, credit 929\.95"):
        replace(good, postings=good.postings[1:])
    with pytest.raises(EntryError):
        replace(good, postings=())


ACCOUNT = Account(number="706000", name="Ventes")


def test_wrong_line_names_its_field() -> None:
    for field, make in (
        ("Debit", lambda: Posting(account=ACCOUNT, label="x")),
        ("Debit", lambda: Posting(account=ACCOUNT, label="x", debit=Decimal(1), credit=Decimal(1))),
        ("Credit", lambda: Posting(account=ACCOUNT, label="x", credit=Decimal(-1))),
        ("EcritureLib", lambda: Posting(account=ACCOUNT, label="a\tb", debit=Decimal(1))),
        ("CompAuxNum", lambda: Posting(account=ACCOUNT, label="x", debit=Decimal(1), customer="C")),
        ("CompteNum", lambda: Account(number="7A", name="x")),
        ("JournalCode", lambda: replace(SALES, code="")),
        ("EcritureNum", lambda: entry(member_invoice(), 0)),
    ):
        with pytest.raises(EntryError) as refused:
            make()
        assert refused.value.field == field


GOOD = fec_of([entry(member_invoice())])
SPOILT = {
    "pence": (GOOD.replace(b"929,95", b"929.95"), "“929.95” is not an amount"),
    "day": (GOOD.replace(b"\t20261130\t411000", b"\t20261131\t411000"), "do not say the same"),
    "every day": (GOOD.replace(b"20261130", b"20261131"), "“20261131” is not a day"),
    "one cent": (GOOD.replace(b"929,95", b"929,94"), "is not balanced"),
    "missing field": (GOOD.replace(b"Clients\t", b"Clients"), "Line 2 has 17 fields"),
    "titles": (GOOD.replace(b"JournalLib", b"Journal"), "eighteen fields"),
    "number": (GOOD.replace(b"Ventes\t1\t", b"Ventes\tA\t"), "numbered from 1"),
    "encoding": (GOOD.replace(b"Clients", b"Cli\xe9nts"), "not in UTF-8"),
    "nothing": (b"", "eighteen fields"),
}


@pytest.mark.parametrize(("content", "why"), SPOILT.values(), ids=SPOILT.keys())
def test_spoilt_file_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(EntryError, match=why):
        read_fec(content)
