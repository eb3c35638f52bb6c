from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.utils.translation import override
from lxml import etree

from maillage.run.billing.files.cii import cii_of
from maillage.run.billing.files.invoice import Invoice
from maillage.run.billing.files.page import page_of
from maillage.run.billing.files.pdf import pdf_of
from maillage.run.billing.files.refusals import FileError
from tests.run.billing.files.cases import (
    CASES,
    association_invoice,
    berlin_invoice,
    credit_note,
    line,
    member_invoice,
)

XMP = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "fx": "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#",
}


def opened(invoice: Invoice) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf_of(invoice, cii_of(invoice))))


def page(invoice: Invoice) -> Any:
    with override(invoice.language):
        return page_of(invoice)


def test_document_is_an_archive_with_the_xml_inside() -> None:
    invoice = member_invoice()
    with opened(invoice) as document:
        assert list(document.attachments) == ["factur-x.xml"]
        inside = document.attachments["factur-x.xml"]
        assert inside.get_file().read_bytes() == cii_of(invoice)
        (association,) = document.Root.AF
        assert association.AFRelationship == "/Data"
        assert association.UF == "factur-x.xml"
        assert document.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert document.Root.Lang == "fr"
        assert document.trailer.ID is not None
        assert not document.is_encrypted
        metadata = etree.fromstring(document.Root.Metadata.read_bytes())
    read = {
        name: metadata.xpath(f"string(//{name})", namespaces=XMP)
        for name in (
            "pdfaid:part",
            "pdfaid:conformance",
            "fx:DocumentFileName",
            "fx:ConformanceLevel",
        )
    }
    assert read == {
        "pdfaid:part": "3",
        "pdfaid:conformance": "B",
        "fx:DocumentFileName": "factur-x.xml",
        "fx:ConformanceLevel": "EN 16931",
    }


def test_every_font_is_inside() -> None:
    with opened(member_invoice()) as document:
        fonts = [one for one in document.objects if isinstance(one, pikepdf.Dictionary)]
        described = [one for one in fonts if one.get("/Type") == "/FontDescriptor"]
        assert described
        assert all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in described)


@pytest.mark.parametrize("invoice", CASES.values(), ids=CASES.keys())
def test_every_kind_of_invoice_is_one_page(invoice: Invoice) -> None:
    with opened(invoice) as document:
        assert len(document.pages) == 1


def test_long_invoice_goes_on_with_its_titles() -> None:
    invoice = replace(member_invoice(), lines=(line("7", "22.44"),) * 60)
    with opened(invoice) as document:
        assert len(document.pages) == 2


def test_page_says_what_is_due_in_the_language_of_the_customer() -> None:
    assert page(berlin_invoice())["sums"][-1] == ("To pay", "€480.00")
    assert page(berlin_invoice())["mentions"][0].startswith("Reverse charge")
    assert page(member_invoice())["sums"][-1][1] == "929,95\xa0€"
    assert page(berlin_invoice())["parties"][1]["lines"][2] == "Germany"
    assert page(credit_note())["payment"] == []


def test_period_of_a_line_is_told_when_it_is_not_that_of_the_whole() -> None:
    october = (date(2026, 10, 1), date(2026, 10, 31))
    late = replace(line("2", "10"), period=october)
    first, second = page(replace(member_invoice(), lines=(line("1", "10"), late), allowances=()))[
        "rows"
    ]
    assert first["more"] == []
    assert second["more"][0].startswith("01/10/2026")


def test_account_of_the_customer_is_not_laid_open() -> None:
    payment = str(page(association_invoice())["payment"])
    assert "RUM-2026-007" in payment
    assert "FR14 … 2606" in payment
    assert association_invoice().payment.iban not in payment


def test_what_people_wrote_is_never_markup() -> None:
    wild = replace(member_invoice(), lines=(line("1", "10", description="#panic() $x$ *b* \\"),))
    with opened(wild) as document:
        assert len(document.pages) == 1


def test_xml_of_another_profile_is_put_into_no_document() -> None:
    with pytest.raises(FileError):
        pdf_of(member_invoice(), b"<invoice/>")
