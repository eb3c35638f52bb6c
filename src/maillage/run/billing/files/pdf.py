"""An invoice as people read it: a PDF/A-3 that carries the XML which platforms read (Factur-X).

Typst writes the page and factur-x puts the XML in. The latter dates what it writes: a document is
made once and kept, a second one would say the same with other bytes.
"""

import json
from datetime import UTC, datetime, time
from importlib.resources import files
from typing import Final

import typst
from django.utils.translation import gettext as _
from django.utils.translation import override
from facturx import generate_from_binary

from maillage.run.billing.files.cii import PROFILE
from maillage.run.billing.files.invoice import Invoice
from maillage.run.billing.files.page import page_of, title_of
from maillage.run.billing.files.refusals import FileError
from maillage.run.billing.files.schemas import schema_faults

TEMPLATE: Final = "paper/invoice.typ"
STANDARD: Final = "a-3b"
LEVEL: Final = "en16931"  # what factur-x calls the profile


def pdf_of(invoice: Invoice, xml: bytes) -> bytes:
    """Return the PDF/A-3 of an invoice with its XML inside, as `factur-x.xml`.

    Judge the XML first: here only its schema is looked at again. Raises FileError.
    """
    if schema_faults(xml) or PROFILE.encode() not in xml:
        raise FileError(_("The XML does not follow its schema: it is put into no document."))
    with override(invoice.language):
        title = title_of(invoice)
        page = _page(invoice)
    metadata = {
        "author": invoice.seller.name,
        "title": f"{invoice.seller.name}, {title}",
        "subject": title,
        "keywords": "Factur-X",
    }
    made: bytes = generate_from_binary(
        page,
        xml,
        flavor="factur-x",
        level=LEVEL,
        check_xsd=False,  # done just above
        check_schematron=False,  # without a server it would say yes to anything
        pdf_metadata=metadata,
        lang=invoice.language,
        xmp_compression=False,  # archives read it without opening the document
    )
    return made


def _page(invoice: Invoice) -> bytes:
    made = typst.compile(
        files("maillage.run.billing.files").joinpath(TEMPLATE).read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(page_of(invoice))},
        ignore_system_fonts=True,
        timestamp=int(datetime.combine(invoice.issued_on, time(), UTC).timestamp()),
        pdf_standards=STANDARD,
    )
    if not isinstance(made, bytes):
        raise TypeError("An invoice is one file.")
    return made
