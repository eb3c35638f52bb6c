"""Invoices of the cast: a group, and one customer for every way of billing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from maillage.run.billing.files.invoice import (
    Invoice,
    Kind,
    Mode,
    Preceding,
    Treatment,
)
from maillage.run.billing.files.law import (
    OUT_OF_SCOPE,
    REVERSE_CHARGE,
    SHARED_COSTS,
    SMALL_BUSINESS,
    STANDARD,
    mentions_on,
    rate_on,
)
from maillage.run.billing.files.lines import Allowance, Line, Rate, Unit, line_net
from maillage.run.billing.files.parties import Address, Endpoint, Party
from maillage.run.billing.files.paying import Debit, Transfer

ISSUED = date(2026, 11, 30)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
OUR_IBAN = "FR7630006000011234567890189"
THEIR_IBAN = "FR1420041010050500013M02606"
CREDITOR = "FR72ZZZ123456"

GROUP = Party(
    name="Métiers partagés",
    address=Address(street="3 place du Marché", postcode="41000", city="Blois"),
    siren="732829320",
    siret="73282932000074",
    vat_number="FR44732829320",
)
EXEMPT_GROUP = replace(GROUP, vat_number="")
BOB = Party(
    name="Boulangerie Bob",
    address=Address(street="12 rue des Fours", postcode="41100", city="Vendôme"),
    siren="404833048",
    siret="40483304800022",
    vat_number="FR83404833048",
)
ASSOCIATION = Party(
    name="Les Amis de l’étang & Cie",
    address=Address(street="1 chemin de l’Étang", postcode="41300", city="Salbris"),
    siren="301940219",
)
TOWN = Party(
    name="Commune de Vendôme",
    address=Address(street="Hôtel de ville", more="Parc Ronsard", postcode="41100", city="Vendôme"),
    siren="214102691",
    siret="21410269100018",
)
BERLIN = Party(
    name="Berliner Werkstatt GmbH",
    address=Address(street="Torstraße 1", postcode="10119", city="Berlin", country="DE"),
    vat_number="DE136695976",
    electronic_address=Endpoint("DE136695976", "9930"),
)


def rate(key: str, language: str = "fr") -> Rate:
    return rate_on(key, ISSUED, language)


def line(
    quantity: str,
    unit_price: str,
    rate_key: str = STANDARD,
    *,
    unit: Unit = Unit.HOUR,
    description: str = "Mise à disposition de Chloé, vendeuse",
    note: str = "",
    language: str = "fr",
) -> Line:
    return Line(
        description=description,
        quantity=Decimal(quantity),
        unit=unit,
        unit_price=Decimal(unit_price),
        net=line_net(Decimal(quantity), Decimal(unit_price)),
        rate=rate(rate_key, language),
        period=NOVEMBER,
        note=note,
    )


def member_invoice() -> Invoice:
    return Invoice(
        number="2026-11-0042",
        issued_on=ISSUED,
        due_on=date(2026, 12, 30),
        seller=GROUP,
        buyer=BOB,
        lines=(
            line("35", "22.44", note="Salaires 490,00 ; cotisations 182,00 ; reste 113,40"),
            line("84", "0.529", unit=Unit.KILOMETRE, description="Déplacements"),
            line("-2", "22.44", description="Heures annulées en octobre"),
        ),
        payment=Transfer(iban=OUR_IBAN, account_name="Métiers partagés"),
        mentions=mentions_on(ISSUED, "fr"),
        treatment=Treatment.E_INVOICE,
        allowances=(Allowance(amount=Decimal("10.00"), rate=rate(STANDARD), reason="Fidélité"),),
        period=NOVEMBER,
        vat_on_debits=True,
        delivered_to=Address(street="5 rue Neuve", postcode="41000", city="Blois"),
    )


def exempt_invoice() -> Invoice:
    return replace(
        member_invoice(),
        seller=EXEMPT_GROUP,
        buyer=ASSOCIATION,
        lines=(line("71.25", "19.8734", SHARED_COSTS),),
        allowances=(),
        treatment=Treatment.OUT_OF_SCOPE,
        vat_on_debits=False,
    )


def association_invoice() -> Invoice:
    return replace(
        member_invoice(),
        number="2026-11-0043",
        buyer=ASSOCIATION,
        treatment=Treatment.REPORTED,
        payment=Debit(mandate="RUM-2026-007", creditor=CREDITOR, iban=THEIR_IBAN),
        vat_on_debits=False,
    )


def small_group_invoice() -> Invoice:
    return replace(
        exempt_invoice(),
        number="2026-11-0048",
        lines=(line("10", "20.00", SMALL_BUSINESS),),
        treatment=None,
    )


def town_invoice() -> Invoice:
    return replace(
        member_invoice(),
        number="2026-11-0044",
        buyer=TOWN,
        order_reference="EJ-2026-000123",
        buyer_reference="SERVICE-RH",
        contract_reference="MARCHE-26-04",
        mentions=mentions_on(ISSUED, "fr", public=True),
        treatment=Treatment.E_INVOICE,
    )


def berlin_invoice() -> Invoice:
    return replace(
        member_invoice(),
        number="2026-11-0045",
        buyer=BERLIN,
        lines=(
            line("16", "30.00", REVERSE_CHARGE, description="Chloé, saleswoman", language="en"),
        ),
        allowances=(),
        mentions=mentions_on(ISSUED, "en"),
        treatment=Treatment.ABROAD,
        vat_on_debits=False,
        delivered_to=None,
        language="en",
    )


def credit_note() -> Invoice:
    return replace(
        member_invoice(),
        number="AV-2026-0003",
        kind=Kind.CREDIT_NOTE,
        lines=(line("3.5", "22.44"),),
        allowances=(),
        preceding=(Preceding("2026-11-0042", ISSUED),),
    )


def deposit() -> Invoice:
    return replace(
        member_invoice(),
        number="2026-11-0046",
        kind=Kind.DEPOSIT,
        lines=(line("1", "300.00", unit=Unit.ONE, description="Acompte"),),
        allowances=(),
    )


def final_invoice() -> Invoice:
    return replace(
        member_invoice(),
        number="2026-12-0001",
        mode=Mode.SERVICES_AFTER_DEPOSIT,
        prepaid=Decimal("360.00"),
        preceding=(Preceding("2026-11-0046", ISSUED),),
    )


def paid_invoice() -> Invoice:
    return replace(
        member_invoice(),
        number="2026-11-0047",
        mode=Mode.SERVICES_PAID,
        prepaid=member_invoice().totals().gross,
        due_on=date(2026, 11, 20),
    )


def corrected_invoice() -> Invoice:
    return replace(
        member_invoice(),
        number="2026-11-0049",
        kind=Kind.CORRECTED,
        preceding=(Preceding("2026-11-0042", ISSUED),),
    )


def contribution() -> Invoice:
    return replace(
        exempt_invoice(),
        number="2026-11-0050",
        lines=(line("1", "75", OUT_OF_SCOPE, unit=Unit.ONE, description="Cotisation"),),
        buyer=BOB,
        treatment=None,
    )


CASES: Mapping[str, Invoice] = {
    "member with VAT": member_invoice(),
    "exempt group": exempt_invoice(),
    "exempt association": association_invoice(),
    "small group": small_group_invoice(),
    "public body": town_invoice(),
    "firm of Berlin": berlin_invoice(),
    "credit note": credit_note(),
    "deposit": deposit(),
    "final after deposit": final_invoice(),
    "paid already": paid_invoice(),
    "corrected": corrected_invoice(),
    "contribution": contribution(),
}
