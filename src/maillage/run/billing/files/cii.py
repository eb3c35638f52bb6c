"""An invoice as the XML that platforms read: CII, profile EN 16931 of Factur-X.

Elements stand in the order that the schema wants. The French rules add the three mentions as
notes, the mode of billing (BT-23) and an electronic address of each side (BT-34, BT-49).
"""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from lxml import etree

from maillage.run.billing.files.fields import plain
from maillage.run.billing.files.invoice import Invoice, RateTotal, Totals
from maillage.run.billing.files.law import debits_mention_on
from maillage.run.billing.files.lines import Category, Line, Rate
from maillage.run.billing.files.parties import Address, Party
from maillage.run.billing.files.paying import Debit

NAMESPACES: Final = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
PROFILE: Final = "urn:cen.eu:en16931:2017"
CURRENCY: Final = "EUR"
DAY: Final = "102"  # the format AAAAMMJJ
SIREN, SIRET = "0002", "0009"  # lists of identifiers, ISO 6523
TRANSFER, DEBIT = "58", "59"  # both of SEPA
# When VAT is owed: at the invoice by option, at the delivery of goods, at the payment of services.
ON_DEBITS, ON_DELIVERY, ON_RECEIPT = "5", "29", "72"


def cii_of(invoice: Invoice) -> bytes:
    """Return the XML of an invoice, in UTF-8: the same invoice gives the same bytes."""
    root = etree.Element(_name("rsm:CrossIndustryInvoice"), nsmap=NAMESPACES)
    context = _put(root, "rsm:ExchangedDocumentContext")
    for name, value in (("BusinessProcess", invoice.mode.value), ("Guideline", PROFILE)):
        _put(_put(context, f"ram:{name}SpecifiedDocumentContextParameter"), "ram:ID", value)
    _document(root, invoice)
    transaction = _put(root, "rsm:SupplyChainTradeTransaction")
    for rank, line in enumerate(invoice.lines, 1):
        _line(transaction, rank, line)
    _agreement(transaction, invoice)
    delivery = _put(transaction, "ram:ApplicableHeaderTradeDelivery")
    if invoice.delivered_to:
        _address(_put(delivery, "ram:ShipToTradeParty"), invoice.delivered_to)
    if invoice.period:
        event = _put(delivery, "ram:ActualDeliverySupplyChainEvent")
        _day(event, "ram:OccurrenceDateTime", invoice.period[1])
    _settlement(transaction, invoice)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def notes_of(invoice: Invoice) -> list[tuple[str, str]]:
    """Return the notes of an invoice as (subject, text), those that rules want first."""
    notes = [
        ("PMT", invoice.mentions.recovery_fee),
        ("PMD", invoice.mentions.late_interest),
        ("AAB", invoice.mentions.discount),
    ]
    if invoice.treatment:
        notes.append(("BAR", invoice.treatment.value))
    if invoice.vat_on_debits:
        notes.append(("AAI", debits_mention_on(invoice.issued_on, invoice.language)))
    return notes + [(note.subject, note.text) for note in invoice.notes]


def _name(name: str) -> str:
    prefix, _colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _put(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    """Add an element and return it."""
    element = etree.SubElement(parent, _name(name), attributes)
    if text:
        element.text = text
    return element


def _maybe(parent: Any, name: str, text: str, **attributes: str) -> None:
    """Add an element that says something, or nothing."""
    if text:
        _put(parent, name, text, **attributes)


def _amount(parent: Any, name: str, amount: Decimal, **attributes: str) -> None:
    _put(parent, name, f"{amount:.2f}", **attributes)


def _day(parent: Any, name: str, day: date, *, kind: str = "udt") -> None:
    text = f"{day:%Y%m%d}"
    _put(_put(parent, name), f"{kind}:DateTimeString", text, format=DAY)


def _period(parent: Any, period: tuple[date, date] | None) -> None:
    if period is None:
        return
    inside = _put(parent, "ram:BillingSpecifiedPeriod")
    _day(inside, "ram:StartDateTime", period[0])
    _day(inside, "ram:EndDateTime", period[1])


def _document(root: Any, invoice: Invoice) -> None:
    document = _put(root, "rsm:ExchangedDocument")
    _put(document, "ram:ID", invoice.number)
    _put(document, "ram:TypeCode", invoice.kind)
    _day(document, "ram:IssueDateTime", invoice.issued_on)
    for subject, text in notes_of(invoice):
        note = _put(document, "ram:IncludedNote")
        _put(note, "ram:Content", text)
        _put(note, "ram:SubjectCode", subject)


def _line(transaction: Any, rank: int, line: Line) -> None:
    item = _put(transaction, "ram:IncludedSupplyChainTradeLineItem")
    document = _put(item, "ram:AssociatedDocumentLineDocument")
    _put(document, "ram:LineID", str(rank))
    if line.note:
        _put(_put(document, "ram:IncludedNote"), "ram:Content", line.note)
    _put(_put(item, "ram:SpecifiedTradeProduct"), "ram:Name", line.description)
    agreement = _put(item, "ram:SpecifiedLineTradeAgreement")
    if line.order_line:
        _put(_put(agreement, "ram:BuyerOrderReferencedDocument"), "ram:LineID", line.order_line)
    price = _put(agreement, "ram:NetPriceProductTradePrice")
    _put(price, "ram:ChargeAmount", plain(line.unit_price))
    delivery = _put(item, "ram:SpecifiedLineTradeDelivery")
    _put(delivery, "ram:BilledQuantity", plain(line.quantity), unitCode=line.unit)
    settlement = _put(item, "ram:SpecifiedLineTradeSettlement")
    _rate(_put(settlement, "ram:ApplicableTradeTax"), line.rate)
    _period(settlement, line.period)
    summation = _put(settlement, "ram:SpecifiedTradeSettlementLineMonetarySummation")
    _amount(summation, "ram:LineTotalAmount", line.net)


def _rate(tax: Any, rate: Rate) -> None:
    _put(tax, "ram:TypeCode", "VAT")
    _put(tax, "ram:CategoryCode", rate.category)
    _percent(tax, rate)


def _percent(tax: Any, rate: Rate) -> None:
    # What VAT does not know has no rate, not even zero (BR-O-05).
    if rate.category != Category.OUT_OF_SCOPE:
        _put(tax, "ram:RateApplicablePercent", plain(rate.percent))


def _agreement(transaction: Any, invoice: Invoice) -> None:
    agreement = _put(transaction, "ram:ApplicableHeaderTradeAgreement")
    # An invoice outside VAT may name no VAT number (BR-O-02).
    with_vat = invoice.rates[0].category != Category.OUT_OF_SCOPE
    _maybe(agreement, "ram:BuyerReference", invoice.buyer_reference)
    seller = _put(agreement, "ram:SellerTradeParty")
    _party(seller, invoice.seller)
    if with_vat and invoice.seller.vat_number:
        _registration(seller, "VA", invoice.seller.vat_number)
    elif with_vat:
        _registration(seller, "FC", invoice.seller.siren)
    buyer = _put(agreement, "ram:BuyerTradeParty")
    _party(buyer, invoice.buyer)
    if with_vat and invoice.buyer.vat_number:
        _registration(buyer, "VA", invoice.buyer.vat_number)
    for name, number in (
        ("ram:BuyerOrderReferencedDocument", invoice.order_reference),
        ("ram:ContractReferencedDocument", invoice.contract_reference),
    ):
        if number:
            _put(_put(agreement, name), "ram:IssuerAssignedID", number)


def _party(element: Any, party: Party) -> None:
    _maybe(element, "ram:GlobalID", party.siret, schemeID=SIRET)
    _put(element, "ram:Name", party.name)
    if party.siren or party.trading_name:
        organisation = _put(element, "ram:SpecifiedLegalOrganization")
        _maybe(organisation, "ram:ID", party.siren, schemeID=SIREN)
        _maybe(organisation, "ram:TradingBusinessName", party.trading_name)
    _address(element, party.address)
    communication = _put(element, "ram:URIUniversalCommunication")
    _put(communication, "ram:URIID", party.endpoint.value, schemeID=party.endpoint.scheme)


def _registration(party: Any, scheme: str, number: str) -> None:
    _put(_put(party, "ram:SpecifiedTaxRegistration"), "ram:ID", number, schemeID=scheme)


def _address(party: Any, address: Address) -> None:
    postal = _put(party, "ram:PostalTradeAddress")
    _put(postal, "ram:PostcodeCode", address.postcode)
    _put(postal, "ram:LineOne", address.street)
    _maybe(postal, "ram:LineTwo", address.more)
    _put(postal, "ram:CityName", address.city)
    _put(postal, "ram:CountryID", address.country)


def _settlement(transaction: Any, invoice: Invoice) -> None:
    settlement = _put(transaction, "ram:ApplicableHeaderTradeSettlement")
    totals = invoice.totals()
    debit = invoice.payment if isinstance(invoice.payment, Debit) else None
    if debit:
        _put(settlement, "ram:CreditorReferenceID", debit.creditor)
    _put(settlement, "ram:PaymentReference", invoice.number)
    _put(settlement, "ram:InvoiceCurrencyCode", CURRENCY)
    _means(settlement, invoice)
    for at_rate in totals.by_rate:
        _tax(settlement, at_rate, invoice)
    _period(settlement, invoice.period)
    for allowance in invoice.allowances:
        element = _put(settlement, "ram:SpecifiedTradeAllowanceCharge")
        _put(_put(element, "ram:ChargeIndicator"), "udt:Indicator", "false")
        _amount(element, "ram:ActualAmount", allowance.amount)
        _put(element, "ram:Reason", allowance.reason)
        _rate(_put(element, "ram:CategoryTradeTax"), allowance.rate)
    terms = _put(settlement, "ram:SpecifiedTradePaymentTerms")
    _day(terms, "ram:DueDateDateTime", invoice.due_on)
    if debit:
        _put(terms, "ram:DirectDebitMandateID", debit.mandate)
    _summation(settlement, totals)
    for one in invoice.preceding:
        preceding = _put(settlement, "ram:InvoiceReferencedDocument")
        _put(preceding, "ram:IssuerAssignedID", one.number)
        _day(preceding, "ram:FormattedIssueDateTime", one.issued_on, kind="qdt")


def _means(settlement: Any, invoice: Invoice) -> None:
    means = _put(settlement, "ram:SpecifiedTradeSettlementPaymentMeans")
    payment = invoice.payment
    if isinstance(payment, Debit):
        _put(means, "ram:TypeCode", DEBIT)
        account = _put(means, "ram:PayerPartyDebtorFinancialAccount")
        _put(account, "ram:IBANID", payment.iban)
        return
    _put(means, "ram:TypeCode", TRANSFER)
    account = _put(means, "ram:PayeePartyCreditorFinancialAccount")
    _put(account, "ram:IBANID", payment.iban)
    _maybe(account, "ram:AccountName", payment.account_name)


def _tax(settlement: Any, at_rate: RateTotal, invoice: Invoice) -> None:
    rate = at_rate.rate
    tax = _put(settlement, "ram:ApplicableTradeTax")
    _amount(tax, "ram:CalculatedAmount", at_rate.tax)
    _put(tax, "ram:TypeCode", "VAT")
    _maybe(tax, "ram:ExemptionReason", rate.reason)
    _amount(tax, "ram:BasisAmount", at_rate.basis)
    _put(tax, "ram:CategoryCode", rate.category)
    _maybe(tax, "ram:ExemptionReasonCode", rate.reason_code)
    if rate.category == Category.STANDARD:
        _put(tax, "ram:DueDateTypeCode", _owed(invoice))
    _percent(tax, rate)


def _owed(invoice: Invoice) -> str:
    if invoice.vat_on_debits:
        return ON_DEBITS
    return ON_DELIVERY if invoice.mode.value.startswith("B") else ON_RECEIPT


def _summation(settlement: Any, totals: Totals) -> None:
    summation = _put(settlement, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")
    _amount(summation, "ram:LineTotalAmount", totals.lines)
    if totals.allowances:
        _amount(summation, "ram:AllowanceTotalAmount", totals.allowances)
    _amount(summation, "ram:TaxBasisTotalAmount", totals.net)
    _amount(summation, "ram:TaxTotalAmount", totals.tax, currencyID=CURRENCY)
    _amount(summation, "ram:GrandTotalAmount", totals.gross)
    if totals.prepaid:
        _amount(summation, "ram:TotalPrepaidAmount", totals.prepaid)
    _amount(summation, "ram:DuePayableAmount", totals.due)
