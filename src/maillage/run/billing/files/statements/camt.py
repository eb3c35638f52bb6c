"""Reading camt.053, the XML statement of banks (ISO 20022), whatever its version.

No schema of it comes with any package that we use: it is read strictly instead. What is missing,
not in euros or does not add up from one balance to the other is refused with its line.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from lxml import etree

from maillage.run.billing.files.fields import rounded
from maillage.run.billing.files.paying import is_iban
from maillage.run.billing.files.refusals import StatementError
from maillage.run.billing.files.schemas import parsed
from maillage.run.billing.files.statements.movement import Movement, Statement

SPACE: Final = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.\d\d")
AMOUNT: Final = re.compile(r"\d{1,13}(\.\d{1,5})?")
EURO: Final = "EUR"
SIGNS: Final = {"CRDT": 1, "DBIT": -1}
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)
BOOKED: Final = "BOOK"
NOT_GIVEN: Final = {"NOTPROVIDED", "NOT PROVIDED", "NONREF"}


def read_camt(content: bytes) -> tuple[Statement, ...]:
    """Return the statements of a file, with what was booked; raises StatementError."""
    try:
        root = parsed(content)
    except etree.XMLSyntaxError as error:
        raise StatementError(
            _("This is not a whole XML file: %(why)s") % {"why": error.msg}, line=error.lineno or 0
        ) from None
    if root.getroottree().docinfo.doctype:
        raise StatementError(_("A bank statement defines no words of its own."), line=1)
    if not SPACE.fullmatch(etree.QName(root).namespace or ""):
        raise StatementError(_("This is not a statement camt.053."), line=root.sourceline)
    statements = tuple(_statement(one) for one in _all(root, "BkToCstmrStmt/Stmt"))
    if not statements:
        raise StatementError(_("There is no statement in this file."), line=root.sourceline)
    return statements


def _statement(element: Any) -> Statement:
    iban = _text(element, "Acct/Id/IBAN")
    if iban and not is_iban(iban):
        raise _refused(element, _("The account number is not an IBAN."))
    movements = tuple(
        movement
        for entry in _all(element, "Ntry")
        if _status(entry) == BOOKED
        for movement in _movements(entry)
    )
    opening, closing = _balance(element, OPENING), _balance(element, CLOSING)
    if opening is not None and closing is not None:
        reached = opening + sum((one.amount for one in movements), Decimal(0))
        if reached != closing:
            words = {"reached": reached, "closing": closing}
            raise _refused(
                element,
                _("The movements lead to %(reached)s and the bank says %(closing)s.") % words,
            )
    return Statement(
        movements=movements,
        iban=iban,
        number=_text(element, "Id"),
        opening=opening,
        closing=closing,
    )


def _movements(entry: Any) -> Iterator[Movement]:
    """Yield what an entry is made of: its payments when the bank tells each, or itself."""
    amount = _signed(entry)
    booked_on = _booked_on(entry)
    bank_reference = _text(entry, "AcctSvcrRef")
    details = _all(entry, "NtryDtls/TxDtls")
    parts = [_part(one, entry) for one in details]
    if len(parts) == 1:
        parts = [amount]
    elif not parts or None in parts:
        details, parts = [None], [amount]
    if sum(part for part in parts if part is not None) != amount:
        raise _refused(entry, _("The payments of this entry do not add up to it."))
    for detail, part in zip(details, parts, strict=True):
        yield _movement(
            entry,
            detail,
            amount=amount if part is None else part,
            booked_on=booked_on,
            bank_reference=bank_reference,
        )


def _movement(
    entry: Any, detail: Any, *, amount: Decimal, booked_on: date, bank_reference: str
) -> Movement:
    if detail is None:
        return Movement(
            booked_on=booked_on,
            amount=amount,
            bank_reference=bank_reference,
            text=_text(entry, "AddtlNtryInf"),
            line=entry.sourceline,
        )
    returned = _text(detail, "RtrInf/Rsn/Cd") or _text(detail, "RtrInf/Rsn/Prtry")
    # Who paid keeps that part when the payment comes back.
    other = "Dbtr" if (amount > 0) != bool(returned) else "Cdtr"
    name = _text(detail, f"RltdPties/{other}/Nm") or _text(detail, f"RltdPties/{other}/Pty/Nm")
    references = (_text(detail, "Refs/EndToEndId"), _text(detail, "RmtInf/Strd/CdtrRefInf/Ref"))
    told = [one.text or "" for one in _all(detail, "RmtInf/Ustrd")]
    return Movement(
        booked_on=booked_on,
        amount=amount,
        reference=next((one for one in references if one and one not in NOT_GIVEN), ""),
        bank_reference=_text(detail, "Refs/AcctSvcrRef") or bank_reference,
        text=" ".join(" ".join(told).split()) or _text(entry, "AddtlNtryInf"),
        counterparty=name,
        iban=_text(detail, f"RltdPties/{other}Acct/Id/IBAN"),
        returned=returned,
        line=detail.sourceline,
    )


def _part(detail: Any, entry: Any) -> Decimal | None:
    """Return the amount of one payment of an entry, None when the bank does not tell it."""
    found = _all(detail, "Amt") or _all(detail, "AmtDtls/TxAmt/Amt")
    if not found:
        return None
    return _euros(found[0]) * _sign(detail if _text(detail, "CdtDbtInd") else entry)


def _signed(element: Any) -> Decimal:
    found = _all(element, "Amt")
    if not found:
        raise _refused(element, _("An amount is missing."))
    return _euros(found[0]) * _sign(element)


def _sign(element: Any) -> int:
    sign = _text(element, "CdtDbtInd")
    if sign not in SIGNS:
        raise _refused(element, _("The bank does not say whether the money came or went."))
    return SIGNS[sign]


def _euros(element: Any) -> Decimal:
    text = (element.text or "").strip()
    if element.get("Ccy") != EURO:
        raise _refused(element, _("This amount is not in euros."))
    if not AMOUNT.fullmatch(text):
        raise _refused(element, _("“%(text)s” is not an amount.") % {"text": text})
    amount = Decimal(text)
    if amount != rounded(amount):
        raise _refused(element, _("This amount is finer than a cent."))
    return rounded(amount)


def _booked_on(entry: Any) -> date:
    text = _text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm")
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise _refused(entry, _("The day of this entry is missing or wrong.")) from None


def _balance(element: Any, codes: tuple[str, ...]) -> Decimal | None:
    for balance in _all(element, "Bal"):
        if _text(balance, "Tp/CdOrPrtry/Cd") in codes:
            return _signed(balance)
    return None


def _status(entry: Any) -> str:
    """Return whether an entry is booked; newer versions put the code one level deeper."""
    return _text(entry, "Sts/Cd") or _text(entry, "Sts")


def _all(element: Any, path: str) -> list[Any]:
    space = etree.QName(element).namespace
    return list(element.findall("/".join(f"{{{space}}}{name}" for name in path.split("/"))))


def _text(element: Any, path: str) -> str:
    found = _all(element, path)
    return " ".join((found[0].text or "").split()) if found else ""


def _refused(element: Any, why: str) -> StatementError:
    return StatementError(why, etree.QName(element).localname, element.sourceline)
