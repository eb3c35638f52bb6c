"""Every kind of invoice through the schema and both sets of rules; a spoilt one through its own."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree

from maillage.run.billing.files.checking import faults_of
from maillage.run.billing.files.cii import NAMESPACES, cii_of
from maillage.run.billing.files.faults import Fault, Severity
from maillage.run.billing.files.invoice import Invoice
from maillage.run.billing.files.law import SHARED_COSTS
from tests.run.billing.files.cases import (
    CASES,
    berlin_invoice,
    line,
    member_invoice,
    town_invoice,
)
from tests.run.billing.files.drawn import invoices


def found(root: Any, path: str) -> list[Any]:
    return list(root.xpath(path, namespaces=NAMESPACES))


def texts(invoice: Invoice, path: str) -> list[str]:
    return [one.text for one in found(etree.fromstring(cii_of(invoice)), path)]


@pytest.mark.parametrize("invoice", CASES.values(), ids=CASES.keys())
def test_every_kind_of_invoice_passes_everything(invoice: Invoice) -> None:
    assert faults_of(cii_of(invoice)) == ()


@given(invoices())
@settings(max_examples=25)
def test_any_invoice_passes_everything(invoice: Invoice) -> None:
    assert [one for one in faults_of(cii_of(invoice)) if one.severity == Severity.FATAL] == []


def spoilt(*paths: str) -> bytes:
    root = etree.fromstring(cii_of(member_invoice()))
    for path in paths:
        (element,) = found(root, path)
        element.getparent().remove(element)
    return bytes(etree.tostring(root))


def changed(path: str, text: str) -> bytes:
    root = etree.fromstring(cii_of(member_invoice()))
    (element,) = found(root, path)
    element.text = text
    return bytes(etree.tostring(root))


def wrong_tax_content() -> bytes:
    """One euro more of tax, everywhere it is summed: only the rate no longer fits."""
    content = cii_of(member_invoice())
    for old, new in ((b">154.99<", b">156.99<"), (b">929.95<", b">931.95<")):
        content = content.replace(old, new)
    return content


NOTE = "//ram:IncludedNote[ram:SubjectCode='{}']"
SPOILT: dict[str, tuple[set[str], Callable[[], bytes]]] = {
    "no discount mention": ({"BR-FR-05_BT-22_AAB"}, lambda: spoilt(NOTE.format("AAB"))),
    "no recovery fee": ({"BR-FR-05_BT-22_PMT"}, lambda: spoilt(NOTE.format("PMT"))),
    "no late interest": ({"BR-FR-05_BT-22_PMD"}, lambda: spoilt(NOTE.format("PMD"))),
    "no mode of billing": (
        {"BR-FR-08_BT-23"},
        lambda: spoilt("//ram:BusinessProcessSpecifiedDocumentContextParameter"),
    ),
    # Without a treatment: with B2B, BR-FR-21 would ask for the address too.
    "no address of the customer": (
        {"BR-FR-12_BT-49"},
        lambda: spoilt("//ram:BuyerTradeParty/ram:URIUniversalCommunication", NOTE.format("BAR")),
    ),
    "total that does not add up": (
        {"BR-CO-15"},
        lambda: changed("//ram:GrandTotalAmount", "930.95").replace(
            b"DuePayableAmount>929.95", b"DuePayableAmount>930.95"
        ),
    ),
    "tax that does not add up": ({"BR-CO-17", "BR-S-09"}, wrong_tax_content),
    "number with a blank": (
        {"BR-FR-02_BT-1"},
        lambda: changed("//rsm:ExchangedDocument/ram:ID", "A 1"),
    ),
    "SIRET of another": (
        {"BR-FR-09_BT-46"},
        lambda: changed("//ram:BuyerTradeParty/ram:GlobalID", "73282932000074"),
    ),
}


@pytest.mark.parametrize(("rules", "spoil"), SPOILT.values(), ids=SPOILT.keys())
def test_spoilt_invoice_breaks_exactly_its_rule(
    rules: set[str], spoil: Callable[[], bytes]
) -> None:
    faults = faults_of(spoil())
    assert {one.rule for one in faults} == rules
    assert {one.severity for one in faults} == {Severity.FATAL}


def test_fault_says_where_and_what() -> None:
    (fault,) = faults_of(spoilt(NOTE.format("AAB")))
    assert fault.place == "/CrossIndustryInvoice[1]/ExchangedDocument[1]"
    assert "escompte" in fault.message


def test_file_that_breaks_its_schema_is_told_with_its_line() -> None:
    broken = cii_of(member_invoice()).replace(b"ram:BuyerTradeParty", b"ram:BuyerParty")
    fault, *_more = faults_of(broken)
    assert fault.rule == "XSD"
    assert int(fault.place) > 10
    assert "BuyerParty" in fault.message
    assert faults_of(b"<half") == (
        Fault("XSD", "1", "Couldn't find end of Start Tag half line 1, line 1, column 6"),
    )


def test_mentions_stand_in_their_notes() -> None:
    assert texts(member_invoice(), "//rsm:ExchangedDocument/ram:IncludedNote/ram:SubjectCode") == [
        "PMT",
        "PMD",
        "AAB",
        "BAR",
        "AAI",
    ]
    (fee,) = texts(member_invoice(), NOTE.format("PMT") + "/ram:Content")
    assert fee == (
        "Indemnité forfaitaire pour frais de recouvrement en cas de retard\u00a0: "
        "40\u00a0€ (C. com. D441-5)."
    )
    assert texts(member_invoice(), "//ram:DueDateTypeCode") == ["5"]  # VAT on debits
    assert texts(town_invoice(), "//ram:BuyerTradeParty//ram:URIID") == ["214102691"]


def test_public_body_finds_its_service_and_commitment() -> None:
    invoice = town_invoice()
    assert texts(invoice, "//ram:BuyerReference") == ["SERVICE-RH"]
    assert texts(invoice, "//ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID") == [
        "EJ-2026-000123"
    ]
    assert texts(invoice, "//ram:BuyerTradeParty/ram:GlobalID") == ["21410269100018"]


def test_firm_abroad_declares_the_tax() -> None:
    invoice = berlin_invoice()
    assert texts(invoice, "//ram:ApplicableHeaderTradeSettlement//ram:ExemptionReasonCode") == [
        "VATEX-EU-AE"
    ]
    assert texts(invoice, "//ram:BuyerTradeParty//ram:SpecifiedTaxRegistration/ram:ID") == [
        "DE136695976"
    ]


def test_exempt_lines_that_take_back_owe_no_tax_below_zero() -> None:
    taken_back = (line("10", "20"), line("-1", "5", SHARED_COSTS))
    invoice = replace(member_invoice(), lines=taken_back, allowances=())
    assert faults_of(cii_of(invoice)) == ()
    assert texts(invoice, "//ram:CalculatedAmount") == ["40.00", "0.00"]


def test_same_invoice_gives_the_same_bytes() -> None:
    assert cii_of(member_invoice()) == cii_of(member_invoice())
