"""What the page of an invoice says, in the language in use."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from schwifty import IBAN

from maillage.run.billing.files.cii import notes_of
from maillage.run.billing.files.invoice import Invoice, Kind
from maillage.run.billing.files.lines import Category, Line, Rate, Unit
from maillage.run.billing.files.parties import FRANCE, Address, Party
from maillage.run.billing.files.paying import Debit

KINDS: Final = {
    Kind.INVOICE: gettext_lazy("Invoice"),
    Kind.CREDIT_NOTE: gettext_lazy("Credit note"),
    Kind.CORRECTED: gettext_lazy("Corrected invoice"),
    Kind.DEPOSIT: gettext_lazy("Deposit invoice"),
}
NATURES: Final = {
    "B": gettext_lazy("Nature of the operation: delivery of goods"),
    "S": gettext_lazy("Nature of the operation: services"),
    "M": gettext_lazy("Nature of the operation: goods and services"),
}
UNITS: Final = {
    Unit.HOUR: gettext_lazy("%(quantity)s h"),
    Unit.DAY: gettext_lazy("%(quantity)s d"),
    Unit.KILOMETRE: gettext_lazy("%(quantity)s km"),
    Unit.ONE: "%(quantity)s",
}
LOCALES: Final = {"fr": "fr_FR", "en": "en_GB"}
FINEST: Final = "#,##0.####"


def title_of(invoice: Invoice) -> str:
    """Return what the document is, with its number."""
    return _("%(kind)s %(number)s") % {"kind": KINDS[invoice.kind], "number": invoice.number}


def page_of(invoice: Invoice) -> Mapping[str, Any]:
    """Return what the template prints."""
    day = invoice.issued_on
    return {
        "language": invoice.language,
        "title": title_of(invoice),
        "subtitle": str(NATURES[invoice.mode[0]]),
        "author": invoice.seller.name,
        "date": [day.year, day.month, day.day],
        "footer": f"{invoice.seller.name} · {title_of(invoice)}",
        "facts": _facts(invoice),
        "parties": _parties(invoice),
        "heads": [_("Description"), _("Quantity"), _("Unit price"), _("VAT"), _("Net of tax")],
        "rows": [_row(line, invoice) for line in invoice.lines],
        "payment": _payment(invoice),
        "sums": _sums(invoice),
        "mentions": _mentions(invoice),
    }


def _facts(invoice: Invoice) -> list[tuple[str, str]]:
    facts = [
        (_("Date"), _date(invoice.issued_on, invoice.language)),
        (_("Due on"), _date(invoice.due_on, invoice.language)),
        (_("Period"), _between(invoice.period, invoice.language)),
        (_("Your order"), invoice.order_reference),
        (_("Your service"), invoice.buyer_reference),
        (_("Contract"), invoice.contract_reference),
    ]
    facts += [
        (_("About invoice"), f"{one.number}, {_date(one.issued_on, invoice.language)}")
        for one in invoice.preceding
    ]
    return [(label, value) for label, value in facts if value]


def _parties(invoice: Invoice) -> list[Mapping[str, Any]]:
    both = [_party(_("Seller"), invoice.seller), _party(_("Customer"), invoice.buyer)]
    if invoice.delivered_to:
        both.append(
            {"role": _("Place of work"), "name": "", "lines": _address(invoice.delivered_to)}
        )
    return both


def _party(role: str, party: Party) -> Mapping[str, Any]:
    lines = [party.trading_name, *_address(party.address)]
    if party.siret:
        lines.append(_("SIRET: %(number)s") % {"number": party.siret})
    elif party.siren:
        lines.append(_("SIREN: %(number)s") % {"number": party.siren})
    if party.vat_number:
        lines.append(_("VAT number: %(number)s") % {"number": party.vat_number})
    return {"role": role, "name": party.name, "lines": [line for line in lines if line]}


def _address(address: Address) -> list[str]:
    lines = [address.street, address.more, f"{address.postcode} {address.city}"]
    if address.country != FRANCE:
        lines.append(_country(address.country))
    return [line for line in lines if line]


def _country(code: str) -> str:
    """Return the name of a country in the language in use, or its code when it has none."""
    return str(Locale((get_language() or "fr")[:2]).territories.get(code, code))


def _row(line: Line, invoice: Invoice) -> Mapping[str, Any]:
    language = invoice.language
    # The period of the whole is told once, above.
    period = line.period if line.period != invoice.period else None
    more = [_between(period, language), *line.note.splitlines()]
    if line.order_line:
        more.append(_("Line %(number)s of your order") % {"number": line.order_line})
    quantity = format_decimal(line.quantity, FINEST, LOCALES[language])
    return {
        "what": line.description,
        "more": [text for text in more if text],
        "quantity": str(UNITS[line.unit]) % {"quantity": quantity},
        "price": _price(line.unit_price, language),
        "rate": _percent(line.rate, language),
        "net": _euros(line.net, language),
    }


def _sums(invoice: Invoice) -> list[tuple[str, str]]:
    totals = invoice.totals()
    language = invoice.language
    sums = [(one.reason, _euros(-one.amount, language)) for one in invoice.allowances]
    sums.append((_("Net of tax"), _euros(totals.net, language)))
    for one in totals.by_rate:
        if one.rate.category == Category.STANDARD:
            words = {
                "rate": _percent(one.rate, language),
                "basis": _euros(one.basis, language),
            }
            sums.append((_("VAT %(rate)s of %(basis)s") % words, _euros(one.tax, language)))
    sums.append((_("Total with tax"), _euros(totals.gross, language)))
    if totals.prepaid:
        sums.append((_("Paid already"), _euros(-totals.prepaid, language)))
    label = _("To your credit") if invoice.is_credit_note else _("To pay")
    return [*sums, (label, _euros(totals.due, language))]


def _payment(invoice: Invoice) -> list[tuple[str, list[str]]]:
    payment = invoice.payment
    if invoice.is_credit_note or not invoice.totals().due:
        return []
    if isinstance(payment, Debit):
        return [
            (
                _("Debited from your account on the due date"),
                [
                    _("Mandate: %(number)s") % {"number": payment.mandate},
                    _("Creditor: %(number)s") % {"number": payment.creditor},
                    _("Account: %(number)s") % {"number": _hidden(payment.iban)},
                ],
            )
        ]
    lines = [_("IBAN: %(number)s") % {"number": IBAN(payment.iban).formatted}]
    lines.append(_("Reference: %(number)s") % {"number": invoice.number})
    return [(_("By transfer"), [payment.account_name, *lines] if payment.account_name else lines)]


def _mentions(invoice: Invoice) -> list[str]:
    reasons = [rate.reason for rate in invoice.rates if rate.reason]
    # How platforms tell the tax office of it says nothing to people.
    return reasons + [text for subject, text in notes_of(invoice) if subject != "BAR"]


def _hidden(iban: str) -> str:
    """Return an account of which only the ends are read: a page lies on desks."""
    return f"{iban[:4]} … {iban[-4:]}"


def _percent(rate: Rate, language: str) -> str:
    if rate.category != Category.STANDARD:
        return "—"
    return _("%(percent)s%%") % {"percent": format_decimal(rate.percent, FINEST, LOCALES[language])}


def _euros(amount: Decimal, language: str) -> str:
    return str(format_currency(amount, "EUR", locale=LOCALES[language]))


def _price(amount: Decimal, language: str) -> str:
    """Return a unit price: to the cent, finer when it is."""
    pattern = {"fr": "#,##0.00## ¤", "en": "¤#,##0.00##"}[language]
    return str(
        format_currency(amount, "EUR", pattern, locale=LOCALES[language], currency_digits=False)
    )


def _date(day: date, language: str) -> str:
    return str(format_date(day, "long", locale=LOCALES[language]))


def _between(period: tuple[date, date] | None, language: str) -> str:
    if period is None:
        return ""
    first, last = (format_date(day, "short", locale=LOCALES[language]) for day in period)
    return _("%(first)s to %(last)s") % {"first": first, "last": last}
