from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given

from maillage.run.billing.files.invoice import Invoice, Kind, Mode, Note, Preceding, Treatment
from maillage.run.billing.files.law import OUT_OF_SCOPE, SHARED_COSTS, SMALL_BUSINESS, STANDARD
from maillage.run.billing.files.lines import Allowance, Category, Line, Rate, Unit
from maillage.run.billing.files.parties import Address, Endpoint
from maillage.run.billing.files.paying import Debit, Transfer
from maillage.run.billing.files.refusals import InvoiceError
from tests.run.billing.files.cases import (
    ASSOCIATION,
    BOB,
    CREDITOR,
    GROUP,
    OUR_IBAN,
    THEIR_IBAN,
    berlin_invoice,
    credit_note,
    line,
    member_invoice,
    paid_invoice,
    rate,
)
from tests.run.billing.files.drawn import invoices


def test_sums_are_those_of_the_lines_to_the_cent() -> None:
    totals = member_invoice().totals()
    assert [one.net for one in member_invoice().lines] == [
        Decimal("785.40"),
        Decimal("44.44"),  # 84 km at 0.529 €
        Decimal("-44.88"),
    ]
    assert (totals.lines, totals.allowances, totals.net) == (
        Decimal("784.96"),
        Decimal("10.00"),
        Decimal("774.96"),
    )
    assert (totals.tax, totals.gross, totals.due) == (
        Decimal("154.99"),
        Decimal("929.95"),
        Decimal("929.95"),
    )


def test_tax_is_counted_on_the_sum_of_a_rate_not_line_by_line() -> None:
    # Three times 0.10 € is 0.30 €, taxed 0.06 €; a tenth of a euro alone is taxed 0.02 €.
    lines = tuple(line("0.1", "1") for _rank in range(3))
    totals = replace(member_invoice(), lines=lines, allowances=()).totals()
    assert (totals.net, totals.tax) == (Decimal("0.30"), Decimal("0.06"))


@given(invoices())
def test_any_invoice_adds_up(invoice: Invoice) -> None:
    totals = invoice.totals()
    for one in invoice.lines:
        exact = one.quantity * one.unit_price
        assert one.net == exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert totals.lines == sum(one.net for one in invoice.lines)
    assert totals.net == sum(one.basis for one in totals.by_rate)
    assert totals.net == totals.lines - totals.allowances
    assert totals.tax == sum(one.tax for one in totals.by_rate)
    assert totals.gross == totals.net + totals.tax
    assert totals.due == totals.gross - invoice.prepaid >= 0
    for one in totals.by_rate:
        assert abs(one.tax - one.basis * one.rate.percent / 100) <= Decimal("0.005")


WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "number with a blank": ("number", {"number": "2026 11"}),
    "number too long": ("number", {"number": "9" * 36}),
    "due before it is issued": ("due_on", {"due_on": date(2026, 11, 29)}),
    "year nobody believes": ("issued_on", {"issued_on": date(1999, 12, 31)}),
    "period backwards": ("period", {"period": (date(2026, 11, 30), date(2026, 11, 1))}),
    "no line": ("lines", {"lines": (), "allowances": ()}),
    "below zero": ("lines", {"lines": (line("-1", "10"),), "allowances": ()}),
    "two reasons not to tax": (
        "lines",
        {"lines": (line("1", "10", SHARED_COSTS), line("1", "10", SMALL_BUSINESS))},
    ),
    "out of scope beside taxed": (
        "lines",
        {"lines": (line("1", "75", OUT_OF_SCOPE), line("1", "10", STANDARD))},
    ),
    "seller unknown": ("seller.siren", {"seller": replace(berlin_invoice().buyer)}),
    "seller charging VAT without number": (
        "seller.vat_number",
        {"seller": replace(GROUP, vat_number="")},
    ),
    "platform of somebody else": (
        "buyer.electronic_address",
        {"buyer": replace(BOB, electronic_address=Endpoint("301940219"))},
    ),
    "electronic invoice without SIREN": ("buyer.siren", {"buyer": berlin_invoice().buyer}),
    "credit note of nothing": ("preceding", {"kind": Kind.CREDIT_NOTE}),
    "correction of two": (
        "preceding",
        {
            "kind": Kind.CORRECTED,
            "preceding": (
                Preceding("A-1", date(2026, 11, 1)),
                Preceding("A-2", date(2026, 11, 2)),
            ),
        },
    ),
    "deposit that ends a deposit": (
        "mode",
        {"kind": Kind.DEPOSIT, "mode": Mode.SERVICES_AFTER_DEPOSIT},
    ),
    "paid beyond": ("prepaid", {"prepaid": Decimal("929.96")}),
    "paid less than all": (
        "prepaid",
        {"mode": Mode.SERVICES_PAID, "prepaid": Decimal("929.94")},
    ),
    "finer than a cent": ("prepaid", {"prepaid": Decimal("0.001")}),
    "language unknown": ("language", {"language": "de"}),
    "unprintable reference": ("order_reference", {"order_reference": "EJ\x00"}),
}


@pytest.mark.parametrize(("field", "changes"), WRONG.values(), ids=WRONG.keys())
def test_wrong_invoice_is_refused_with_the_field(field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(InvoiceError) as refused:
        replace(member_invoice(), **changes)
    assert refused.value.field == field
    assert str(refused.value).endswith((".", "-"))


def one_line(**changes: Any) -> Line:
    return replace(line("35", "22.44"), **changes)


PARTS: dict[str, tuple[str, Callable[[], object]]] = {
    "line that does not add up": ("net", lambda: one_line(net=Decimal("785.41"))),
    "float": ("quantity", lambda: one_line(quantity=35.0)),
    "not a number": ("net", lambda: one_line(net=Decimal("NaN"))),
    "price below zero": ("unit_price", lambda: one_line(unit_price=Decimal(-1))),
    "price too fine": ("unit_price", lambda: one_line(unit_price=Decimal("0.00001"))),
    "nothing said": ("description", lambda: one_line(description="  ")),
    "tax without rate": ("rate.percent", lambda: Rate(category=Category.STANDARD)),
    "rate without tax": (
        "rate.percent",
        lambda: Rate(category=Category.EXEMPT, percent=Decimal(20), reason="x"),
    ),
    "no reason": ("rate.reason", lambda: Rate(category=Category.EXEMPT)),
    "no code of the reason": (
        "rate.reason_code",
        lambda: Rate(category=Category.EXEMPT, reason="261 B", reason_code="261B"),
    ),
    "nothing taken off": (
        "amount",
        lambda: Allowance(amount=Decimal(0), rate=rate(STANDARD), reason="Fidélité"),
    ),
    "SIREN with a slip": ("siren", lambda: replace(BOB, siren="404833049", siret="")),
    "SIRET with a slip": ("siret", lambda: replace(BOB, siret="40483304800023")),
    "SIRET of another": ("siret", lambda: replace(BOB, siret=GROUP.siret)),
    "VAT number of another": ("vat_number", lambda: replace(BOB, vat_number=GROUP.vat_number)),
    "VAT number with a slip": ("vat_number", lambda: replace(BOB, vat_number="FR84404833048")),
    "nowhere to send": (
        "electronic_address",
        lambda: replace(ASSOCIATION, siren=""),
    ),
    "address of no list": ("electronic_address", lambda: Endpoint("x", "SIREN")),
    "address with a blank": ("electronic_address", lambda: Endpoint("404 833 048")),
    "no street": ("address.street", lambda: Address(street="", postcode="1", city="Blois")),
    "country in full": ("address.country", lambda: replace(BOB.address, country="France")),
    "no account": ("payment.iban", lambda: Transfer(iban="FR7630006000011234567890188")),
    "mandate with an accent": (
        "payment.mandate",
        lambda: Debit(mandate="RUM-é", creditor=CREDITOR, iban=THEIR_IBAN),
    ),
    "creditor with a slip": (
        "payment.creditor",
        lambda: Debit(mandate="RUM-1", creditor="FR73ZZZ123456", iban=THEIR_IBAN),
    ),
    "debited account with a slip": (
        "payment.iban",
        lambda: Debit(mandate="RUM-1", creditor=CREDITOR, iban=OUR_IBAN[:-1]),
    ),
    "note with a field of its own": ("notes", lambda: Note("45 jours", "PMD")),
    "note about nothing known": ("notes", lambda: Note("45 jours", "pmd")),
}


@pytest.mark.parametrize(("field", "make"), PARTS.values(), ids=PARTS.keys())
def test_wrong_part_is_refused_with_the_field(field: str, make: Callable[[], object]) -> None:
    with pytest.raises(InvoiceError) as refused:
        make()
    assert refused.value.field == field


def test_line_says_what_it_should_be_worth() -> None:
    with pytest.raises(InvoiceError, match=r"^35 × 22\.44 is 785\.40, not 785\.41\.$"):
        one_line(net=Decimal("785.41"))


def test_reverse_charge_wants_both_numbers() -> None:
    invoice = berlin_invoice()
    without = replace(invoice.buyer, vat_number="")
    with pytest.raises(InvoiceError) as refused:
        replace(invoice, buyer=without)
    assert refused.value.field == "buyer.vat_number"


def test_debits_are_no_option_without_vat() -> None:
    with pytest.raises(InvoiceError) as refused:
        replace(berlin_invoice(), vat_on_debits=True)
    assert refused.value.field == "vat_on_debits"


def test_paid_invoice_may_be_due_on_the_day_of_the_payment() -> None:
    invoice = paid_invoice()
    assert invoice.due_on < invoice.issued_on
    assert invoice.totals().due == 0


def test_credit_note_is_above_zero_and_names_its_invoice() -> None:
    assert credit_note().totals().gross == Decimal("94.25")
    assert credit_note().preceding[0].number == member_invoice().number


def test_rates_and_treatments_have_the_codes_of_the_lists() -> None:
    assert rate(STANDARD).percent == 20
    assert rate(SHARED_COSTS).reason_code == "VATEX-FR-CGI261B"
    assert Treatment.REPORTED == "B2C"
    assert Unit.HOUR == "HUR"
