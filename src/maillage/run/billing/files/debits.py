"""Direct debits as the file that a bank takes: pain.008, for the schemes CORE and B2B of SEPA."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Final

import holidays
from django.utils.translation import gettext as _
from lxml import etree
from schwifty import IBAN
from sepaxml import SepaDD

from maillage.run.billing.files.fields import require_amount, require_text
from maillage.run.billing.files.paying import MANDATE, is_creditor, is_iban
from maillage.run.billing.files.refusals import DebitError
from maillage.run.billing.files.schemas import parsed, schema_faults

SCHEMAS: Final = ("pain.008.001.02", "pain.008.001.08")
LARGEST: Final = Decimal("999999999.99")
# What the rulebooks of SEPA say, where the parties have not agreed otherwise.
NOTICE_DAYS: Final = 14
ASLEEP_MONTHS: Final = 36  # a mandate lapses when nothing is collected for so long
LONGEST_NAME, LONGEST_TEXT = 70, 140
NOT_OF_BANKS: Final = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
SATURDAY: Final = 5


class Scheme(StrEnum):
    """Which rules a debit follows: CORE can be taken back for 8 weeks, B2B cannot."""

    CORE = "CORE"
    B2B = "B2B"


class Sequence(StrEnum):
    """Which debit of a mandate this is."""

    FIRST = "FRST"
    RECURRENT = "RCUR"
    LAST = "FNAL"
    ONCE = "OOFF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Creditor:
    """Who debits: its account and the identifier (ICS) that the national bank gave it."""

    name: str
    iban: str
    identifier: str

    def __post_init__(self) -> None:
        require_text(DebitError, "creditor.name", self.name)
        if not is_iban(self.iban):
            raise DebitError(_("The account number is not an IBAN."), "creditor.iban")
        if not is_creditor(self.identifier):
            raise DebitError(
                _("The identifier of the creditor (ICS) is wrong."), "creditor.identifier"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """What a customer signed. A B2B one counts once their own bank has registered it."""

    reference: str
    holder: str
    iban: str
    signed_on: date
    scheme: Scheme
    registered: bool = False
    notice_days: int = NOTICE_DAYS
    last_used_on: date | None = None

    def __post_init__(self) -> None:
        require_text(DebitError, "mandate.holder", self.holder)
        if not MANDATE.fullmatch(self.reference):
            raise DebitError(
                _("The reference of the mandate has characters that banks refuse."),
                "mandate.reference",
            )
        if not is_iban(self.iban):
            raise DebitError(_("The account number is not an IBAN."), "mandate.iban")
        if self.notice_days < 1:
            raise DebitError(
                _("A debit is announced at least the day before."), "mandate.notice_days"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """One debit: how much, when, what for, and the day on which it was announced."""

    mandate: Mandate
    amount: Decimal
    on: date
    reference: str
    text: str
    announced_on: date | None
    sequence: Sequence = Sequence.RECURRENT

    def __post_init__(self) -> None:
        require_amount(DebitError, "amount", self.amount)
        if not 0 < self.amount <= LARGEST:
            raise DebitError(_("A bank does not debit such an amount."), "amount")
        if not MANDATE.fullmatch(self.reference):
            raise DebitError(_("The reference has characters that banks refuse."), "reference")
        require_text(DebitError, "text", self.text)


@dataclass(frozen=True, slots=True)
class Held:
    """A debit that does not leave, and why, in a sentence for the treasurer."""

    collection: Collection
    why: str


def sort_out(
    collections: Iterable[Collection], *, scheme: Scheme, today: date
) -> tuple[tuple[Collection, ...], tuple[Held, ...]]:
    """Return the debits that may leave today, and those that are held back with the reason."""
    ready: list[Collection] = []
    held: list[Held] = []
    for one in collections:
        why = _obstacle(one, scheme, today)
        if why:
            held.append(Held(one, why))
        else:
            ready.append(one)
    return tuple(ready), tuple(held)


def banking_day(day: date) -> date:
    """Return a day, or the next one on which banks of the euro area settle."""
    while day.weekday() >= SATURDAY or day in _closed(day.year):
        day += timedelta(days=1)
    return day


@cache
def _closed(year: int) -> frozenset[date]:
    """Return the days of a year on which TARGET, through which banks settle, is closed."""
    return frozenset(holidays.financial_holidays("XECB", years=year))


def pain008_of(
    collections: Iterable[Collection],
    *,
    creditor: Creditor,
    scheme: Scheme,
    reference: str,
    made_at: datetime,
    schema: str = SCHEMAS[0],
) -> bytes:
    """Return the file of debits, valid against its schema; `reference` is unique at the bank.

    Every debit must be one that `sort_out` lets go. Raises DebitError.
    """
    every = tuple(collections)
    if schema not in SCHEMAS:
        raise DebitError(_("No bank asked for this version of the file."), "schema")
    if not every:
        raise DebitError(_("There is nothing to debit."), "collections")
    if not MANDATE.fullmatch(reference):
        raise DebitError(_("The reference has characters that banks refuse."), "reference")
    ready, held = sort_out(every, scheme=scheme, today=made_at.date())
    if held:
        first = held[0]
        words = {"reference": first.collection.reference, "why": first.why}
        raise DebitError(_("%(reference)s: %(why)s") % words, "collections")
    references = {one.reference for one in ready}
    if len(references) != len(ready):
        raise DebitError(_("Two debits have the same reference."), "collections")
    content = _dated(_written(ready, creditor, scheme, schema), reference, made_at)
    faults = schema_faults(content, f"sepaxml/schemas/{schema}.xsd")
    if faults:
        raise DebitError(
            _("The file does not follow its schema: %(why)s") % {"why": faults[0].message},
            "collections",
        )
    return content


def bank_text(text: str, longest: int) -> str:
    """Return a text in the characters that every bank takes, cut to a length."""
    text = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    text = unicodedata.normalize("NFKD", text.replace("&", "+").replace("’", "'"))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(NOT_OF_BANKS.sub(" ", text).split())[:longest]


def _obstacle(one: Collection, scheme: Scheme, today: date) -> str:
    """Return why a debit may not leave, "" when it may."""
    mandate = one.mandate
    notice = timedelta(days=mandate.notice_days)
    used = mandate.last_used_on
    obstacles = (
        (mandate.scheme != scheme, _("The mandate was signed for the other scheme.")),
        (
            scheme == Scheme.B2B and not mandate.registered,
            _("The customer’s bank has not registered the mandate yet: it would refuse."),
        ),
        (mandate.signed_on > today, _("The mandate is not signed yet.")),
        (
            used is not None and _months(used, one.on) >= ASLEEP_MONTHS,
            _("Nothing was collected for %(months)s months: the mandate has lapsed.")
            % {"months": ASLEEP_MONTHS},
        ),
        (one.on <= today, _("A bank needs the file at least the day before.")),
        (banking_day(one.on) != one.on, _("Banks are closed that day.")),
        (
            one.announced_on is None or one.announced_on + notice > one.on,
            _("It was not announced %(days)s days before.") % {"days": mandate.notice_days},
        ),
        (
            not bank_text(mandate.holder, LONGEST_NAME) or not bank_text(one.text, LONGEST_TEXT),
            _("Nothing is left of the name or of the text in the letters of banks."),
        ),
    )
    return next((why for met, why in obstacles if met), "")


def _months(first: date, last: date) -> int:
    """Return the whole months between two days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def _written(
    collections: Iterable[Collection], creditor: Creditor, scheme: Scheme, schema: str
) -> bytes:
    config = {
        "name": bank_text(creditor.name, LONGEST_NAME),
        "IBAN": creditor.iban,
        "batch": True,
        "creditor_id": creditor.identifier,
        "currency": "EUR",
        "instrument": scheme.value,
    }
    config |= _bank(creditor.iban)
    if schema == SCHEMAS[0] and "BIC" not in config:
        raise DebitError(_("The bank of this account is not known."), "creditor.iban")
    order = SepaDD(config, schema=schema, clean=False)
    for one in collections:
        payment = {
            "name": bank_text(one.mandate.holder, LONGEST_NAME),
            "IBAN": one.mandate.iban,
            "amount": int(one.amount * 100),
            "type": one.sequence.value,
            "collection_date": one.on,
            "mandate_id": one.mandate.reference,
            "mandate_date": one.mandate.signed_on,
            "description": bank_text(one.text, LONGEST_TEXT),
            "endtoend_id": one.reference,
        }
        order.add_payment(payment | _bank(one.mandate.iban))
    written: bytes = order.export(validate=False)  # done afterwards, on what really leaves
    return written


def _bank(iban: str) -> dict[str, str]:
    """Return the bank of an account as sepaxml wants it, nothing when it is not known."""
    bic = IBAN(iban).bic
    return {"BIC": str(bic)} if bic else {}


def _dated(content: bytes, reference: str, made_at: datetime) -> bytes:
    """Name the file and its parts ourselves: sepaxml draws names and reads the clock."""
    root = parsed(content)
    space = etree.QName(root).namespace

    def every(name: str) -> Any:
        return root.iter(f"{{{space}}}{name}")

    for element in every("MsgId"):
        element.text = reference
    for element in every("CreDtTm"):
        element.text = f"{made_at:%Y-%m-%dT%H:%M:%S}"
    for rank, element in enumerate(every("PmtInfId"), 1):
        element.text = f"{reference[: 34 - len(str(rank))]}-{rank}"
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
