"""The document of a version, that is read, signed and kept: always the same bytes.

What people wrote is given to the compiler as data, never as markup. Nothing depends on the clock or
on the fonts of the machine: the same version gives the same bytes, whose print is what is signed.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import typst
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from maillage.bricks.agreements.clauses import Clause, clauses_of
from maillage.bricks.agreements.models import AgreementVersion

TEMPLATE: Final = Path(__file__).parent / "paper" / "agreement.typ"


def document_of(version: AgreementVersion) -> bytes:
    """Return the PDF of a version that has its date of publication."""
    with override(version.language):
        data = _data(version)
    # A moment given, and no font of the machine: nothing changes from one day or place to another.
    made = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        ignore_system_fonts=True,
        timestamp=_published(version),
    )
    if not isinstance(made, bytes):
        raise TypeError("A document is one file.")
    return made


def print_of(content: bytes) -> str:
    """Return the SHA-256 of a document, in hexadecimal."""
    return sha256(content).hexdigest()


def _published(version: AgreementVersion) -> Any:
    if version.published_at is None:
        raise ValueError("A draft has no document.")
    return int(version.published_at.timestamp())


def _data(version: AgreementVersion) -> dict[str, Any]:
    agreement = version.agreement
    moment = version.published_at
    if moment is None:
        raise ValueError("A draft has no document.")
    day = localtime(moment).date()
    words = {"number": version.number, "day": date_format(day, "DATE_FORMAT")}
    return {
        "language": version.language[:2],
        "title": agreement.title,
        "author": agreement.network.name,
        "subtitle": _subtitle(version, words),
        "footer": _("%(title)s, version %(number)s")
        % {"title": agreement.title, "number": version.number},
        "date": [day.year, day.month, day.day],
        "clauses": [
            _clause(rank, clause) for rank, clause in enumerate(clauses_of(version.clauses), 1)
        ],
        "signing": _("To sign on paper, after reading:"),
        "blanks": [_("Firm"), _("Name"), _("Role in the firm"), _("Date and signature")],
        "signers": version.signers,
        "signer_blanks": [_("Name"), _("Date and signature")],
    }


def _subtitle(version: AgreementVersion, words: dict[str, Any]) -> str:
    if version.agreement.subject_id is None:
        return _("Version %(number)s, published on %(day)s") % words
    return _("Version %(number)s, drawn up on %(day)s") % words


def _clause(number: int, clause: Clause) -> dict[str, Any]:
    return {
        "number": number,
        "title": clause.title,
        "paragraphs": clause.paragraphs,
        "note": clause.effect,
    }
