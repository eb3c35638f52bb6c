from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from maillage.run.billing.files.debits import (
    SCHEMAS,
    Collection,
    Creditor,
    Mandate,
    Scheme,
    bank_text,
    banking_day,
    pain008_of,
    sort_out,
)
from maillage.run.billing.files.debits import (
    Sequence as Rank,
)
from maillage.run.billing.files.refusals import DebitError
from maillage.run.billing.files.schemas import schema_faults
from tests.run.billing.files.cases import CREDITOR, OUR_IBAN, THEIR_IBAN

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
DUE = date(2026, 12, 15)
US = Creditor(name="Métiers partagés", iban=OUR_IBAN, identifier=CREDITOR)
BOB = Mandate(
    reference="RUM-2026-007",
    holder="Boulangerie Bob & fils",
    iban=THEIR_IBAN,
    signed_on=date(2026, 9, 1),
    scheme=Scheme.B2B,
    registered=True,
)


def collection(rank: int = 1, amount: str = "929.95", **changes: Any) -> Collection:
    plain = Collection(
        mandate=BOB,
        amount=Decimal(amount),
        on=DUE,
        reference=f"2026-11-{rank:04}",
        text=f"Facture 2026-11-{rank:04}, novembre",
        announced_on=TODAY,
    )
    return replace(plain, **changes)


def made(collections: Sequence[Collection], **changes: Any) -> bytes:
    words: dict[str, Any] = {
        "creditor": US,
        "scheme": Scheme.B2B,
        "reference": "DEB-2026-12-01",
        "made_at": NOW,
    }
    return pain008_of(collections, **words | changes)


def texts(content: bytes, name: str) -> list[str]:
    root = etree.fromstring(content)
    return [one.text or "" for one in root.iter(f"{{{etree.QName(root).namespace}}}{name}")]


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize("scheme", Scheme)
def test_file_follows_its_schema(schema: str, scheme: Scheme) -> None:
    mandate = replace(BOB, scheme=scheme)
    content = made(
        [
            collection(1, mandate=mandate),
            collection(2, "0.05", mandate=mandate, sequence=Rank.FIRST),
            collection(3, "1000.00", mandate=mandate, on=date(2026, 12, 16)),
        ],
        scheme=scheme,
        schema=schema,
    )
    assert schema_faults(content, f"sepaxml/schemas/{schema}.xsd") == ()
    assert texts(content, "Cd").count(scheme.value) == 3  # one part for each day and each rank
    assert texts(content, "SeqTp") == ["RCUR", "FRST", "RCUR"]
    assert texts(content, "CtrlSum")[0] == "1930.00"
    assert texts(content, "NbOfTxs")[0] == "3"


def test_file_says_what_the_mandate_says() -> None:
    content = made([collection()])
    assert texts(content, "MndtId") == ["RUM-2026-007"]
    assert texts(content, "DtOfSgntr") == ["2026-09-01"]
    assert texts(content, "IBAN") == [OUR_IBAN, THEIR_IBAN]
    assert texts(content, "BIC") == ["AGRIFRPPXXX", "PSSTFRPP"]
    assert texts(content, "InstdAmt") == ["929.95"]
    assert texts(content, "ReqdColltnDt") == ["2026-12-15"]
    assert texts(content, "EndToEndId") == ["2026-11-0001"]
    assert texts(content, "Nm") == [
        "Metiers partages",
        "Metiers partages",
        "Boulangerie Bob + fils",
    ]
    assert texts(content, "Ustrd") == ["Facture 2026-11-0001, novembre"]


def test_same_debits_give_the_same_bytes() -> None:
    assert made([collection()]) == made([collection()])
    assert texts(made([collection()]), "MsgId") == ["DEB-2026-12-01"]
    assert texts(made([collection()]), "PmtInfId") == ["DEB-2026-12-01-1"]
    assert texts(made([collection()]), "CreDtTm") == ["2026-12-01T09:30:00"]


@given(st.lists(st.integers(1, 99_999_999_999), min_size=1, max_size=12))
def test_any_amounts_are_summed_to_the_cent(cents: list[int]) -> None:
    amounts = [Decimal(one) / 100 for one in cents]
    content = made([collection(rank, str(one)) for rank, one in enumerate(amounts)])
    assert [Decimal(one) for one in texts(content, "InstdAmt")] == amounts
    assert Decimal(texts(content, "CtrlSum")[0]) == sum(amounts)


HELD: dict[str, tuple[str, Collection]] = {
    "not registered": (
        "The customer’s bank has not registered the mandate yet: it would refuse.",
        collection(mandate=replace(BOB, registered=False)),
    ),
    "other scheme": (
        "The mandate was signed for the other scheme.",
        collection(mandate=replace(BOB, scheme=Scheme.CORE)),
    ),
    "signed tomorrow": (
        "The mandate is not signed yet.",
        collection(mandate=replace(BOB, signed_on=date(2026, 12, 2))),
    ),
    "asleep": (
        "Nothing was collected for 36 months: the mandate has lapsed.",
        collection(mandate=replace(BOB, last_used_on=date(2023, 12, 15))),
    ),
    "today": (
        "A bank needs the file at least the day before.",
        collection(on=TODAY, announced_on=date(2026, 11, 1)),
    ),
    "Sunday": ("Banks are closed that day.", collection(on=date(2026, 12, 20))),
    "Christmas": ("Banks are closed that day.", collection(on=date(2026, 12, 25))),
    "announced late": (
        "It was not announced 14 days before.",
        collection(announced_on=date(2026, 12, 2)),
    ),
    "never announced": ("It was not announced 14 days before.", collection(announced_on=None)),
    "no letter that banks know": (
        "Nothing is left of the name or of the text in the letters of banks.",
        collection(mandate=replace(BOB, holder="商店")),
    ),
}


@pytest.mark.parametrize(("why", "held"), HELD.values(), ids=HELD.keys())
def test_debit_that_a_bank_would_refuse_is_held_back(why: str, held: Collection) -> None:
    good = collection(9)
    ready, kept = sort_out([held, good], scheme=Scheme.B2B, today=TODAY)
    assert ready == (good,)
    assert [(one.collection, one.why) for one in kept] == [(held, why)]
    with pytest.raises(DebitError, match=f"^{held.reference}: {why[:20]}"):
        made([held])


def test_shorter_notice_counts_when_agreed_and_an_old_mandate_one_day_before_it_lapses() -> None:
    agreed = replace(BOB, notice_days=5, last_used_on=date(2023, 12, 16))
    one = collection(mandate=agreed, announced_on=date(2026, 12, 10))
    assert sort_out([one], scheme=Scheme.B2B, today=TODAY) == ((one,), ())


def test_core_needs_no_registration() -> None:
    one = collection(mandate=replace(BOB, scheme=Scheme.CORE, registered=False))
    assert texts(made([one], scheme=Scheme.CORE), "InstdAmt") == ["929.95"]


def test_banks_settle_on_the_next_open_day() -> None:
    assert banking_day(DUE) == DUE
    assert banking_day(date(2026, 12, 25)) == date(2026, 12, 28)
    assert banking_day(date(2027, 3, 26)) == date(2027, 3, 30)  # Good Friday to Easter Tuesday


def test_names_are_written_in_the_letters_of_banks() -> None:
    assert bank_text("L’Œuvre « Été » & Cie_№5", 70) == "L'OEuvre Ete + Cie No5"
    assert bank_text("x" * 80, 70) == "x" * 70


WRONG: dict[str, tuple[str, dict[str, Any]]] = {
    "nothing": ("amount", {"amount": Decimal(0)}),
    "finer than a cent": ("amount", {"amount": Decimal("0.001")}),
    "too much": ("amount", {"amount": Decimal(10) ** 9}),
    "reference": ("reference", {"reference": "n° 1"}),
    "text": ("text", {"text": " "}),
}


@pytest.mark.parametrize(("field", "changes"), WRONG.values(), ids=WRONG.keys())
def test_wrong_debit_names_the_field(field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(DebitError) as refused:
        collection(**changes)
    assert refused.value.field == field


def test_wrong_mandate_or_creditor_names_the_field() -> None:
    for field, changes in (
        ("mandate.iban", {"iban": OUR_IBAN[:-1]}),
        ("mandate.reference", {"reference": "x" * 36}),
        ("mandate.holder", {"holder": ""}),
        ("mandate.notice_days", {"notice_days": 0}),
    ):
        with pytest.raises(DebitError) as refused:
            replace(BOB, **changes)
        assert refused.value.field == field
    for field, changes in (("iban", {"iban": "FR76"}), ("identifier", {"identifier": "FR00"})):
        with pytest.raises(DebitError) as refused:
            replace(US, **changes)
        assert refused.value.field == f"creditor.{field}"


def test_order_that_makes_no_sense_is_refused() -> None:
    for field, collections, changes in (
        ("collections", [], {}),
        ("collections", [collection(), collection()], {}),
        ("reference", [collection()], {"reference": "é"}),
        ("schema", [collection()], {"schema": "pain.001.001.03"}),
    ):
        with pytest.raises(DebitError) as refused:
            made(collections, **changes)
        assert refused.value.field == field
