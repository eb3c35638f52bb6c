"""Debits are announced to firms, then given to the bank; what would be refused is held back."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate
from lxml import etree

from maillage.foundation.notify.models import Contact, OutgoingMail
from maillage.foundation.organisations.models import Organisation, Role
from maillage.run.billing.files.schemas import schema_faults
from maillage.run.billing.issuing import take_back
from maillage.run.billing.models import BillingProfile
from maillage.run.payments.debiting import (
    announce,
    announced_otherwise,
    call_off,
    refused_by_bank,
    sorted_out,
    write_order,
)
from maillage.run.payments.enums import DebitScheme
from maillage.run.payments.mandates import end_mandate, last_uses, register_mandate
from maillage.run.payments.models import Debit, DebitMandate
from maillage.run.payments.refusals import PaymentsError
from tests.cast import Cast, acting, inside
from tests.run.billing.files.cases import THEIR_IBAN
from tests.run.payments.owed import (
    ANNOUNCED,
    BAKERY,
    GARAGE,
    SENT,
    TAKEN,
    given_to_the_bank,
    mandate,
    owing,
)


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


def test_debits_are_announced_then_leave_in_one_valid_file(cast: Cast) -> None:
    owing(cast)
    mandate(cast, cast.bakery)
    mandate(cast, cast.garage, reference="OURS-7")
    debits, untold = announce(acting=acting(cast.alice, cast.network), day=ANNOUNCED)
    assert untold == ()
    assert [(one.reference, one.amount, one.on, one.announced_on) for one in debits] == [
        ("D2026-00001-1", BAKERY, TAKEN, ANNOUNCED),
        ("D2026-00002-1", GARAGE, TAKEN, ANNOUNCED),
    ]
    order = given_to_the_bank(cast)
    assert (order.reference, order.total) == ("DEB-20260428-1", BAKERY + GARAGE)
    content = bytes(order.content)
    assert schema_faults(content, "sepaxml/schemas/pain.008.001.02.xsd") == ()
    root = etree.fromstring(content)
    sums = [one.text for one in root.iter("{*}InstdAmt")]
    assert sums == ["942.48", "188.50"]
    assert [one.text for one in root.iter("{*}MndtId")][1] == "OURS-7"
    assert {one.state for one in Debit.objects.all()} == {"sent"}


def test_what_is_announced_twice_is_debited_once(cast: Cast) -> None:
    owing(cast)
    mandate(cast, cast.bakery)
    given_to_the_bank(cast)
    alice = acting(cast.alice, cast.network)
    assert announce(acting=alice, day=ANNOUNCED) == ((), ())
    with pytest.raises(PaymentsError, match="nothing to debit"):
        write_order(acting=alice, scheme=DebitScheme.B2B, at=SENT)
    assert Debit.objects.count() == 1


def test_the_firm_reads_what_how_much_and_when(cast: Cast) -> None:
    owing(cast)
    mandate(cast, cast.bakery)
    announce(acting=acting(cast.alice, cast.network), day=ANNOUNCED)
    (mail,) = OutgoingMail.objects.filter(to="bob@bakery.example")
    for words in ("942,48", "F2026-00001", "2606", "4 mai 2026"):
        assert words in mail.text
    assert THEIR_IBAN not in mail.text
    assert Contact.objects.get(organisation_id=cast.bakery.public_id).counts


def test_a_mandate_that_the_bank_has_not_registered_is_held_back(cast: Cast) -> None:
    owing(cast)
    held = mandate(cast, cast.bakery, registered_on=None)
    mandate(cast, cast.garage)
    alice = acting(cast.alice, cast.network)
    announce(acting=alice, day=ANNOUNCED)
    order, kept = write_order(acting=alice, scheme=DebitScheme.B2B, at=SENT)
    assert order.total == GARAGE
    assert [one.why for one in kept] == [
        "The customer’s bank has not registered the mandate yet: it would refuse."
    ]
    register_mandate(acting=alice, mandate=held, on=date(2026, 4, 20))
    assert write_order(acting=alice, scheme=DebitScheme.B2B, at=SENT)[0].total == BAKERY


def test_less_than_fourteen_days_of_notice_put_the_debit_off(cast: Cast) -> None:
    owing(cast)
    mandate(cast, cast.bakery)
    mandate(cast, cast.garage, notice_days=5)
    debits, _untold = announce(acting=acting(cast.alice, cast.network), day=date(2026, 5, 1))
    assert [one.on for one in debits] == [date(2026, 5, 15), date(2026, 5, 6)]


def test_a_firm_that_could_not_be_told_is_not_debited_before_it_is(cast: Cast) -> None:
    owing(cast)
    Organisation.objects.filter(pk=cast.bakery.pk).update(email="")
    Role.objects.filter(organisation=cast.bakery).update(email="")
    mandate(cast, cast.bakery)
    alice = acting(cast.alice, cast.network)
    (debit,), (untold,) = announce(acting=alice, day=ANNOUNCED)
    assert "has no e-mail address" in untold.why
    with pytest.raises(PaymentsError, match="It was not announced 14 days before"):
        write_order(acting=alice, scheme=DebitScheme.B2B, at=SENT)
    told = date(2026, 4, 24)
    with pytest.raises(PaymentsError, match="how the firm was told"):
        announced_otherwise(acting=alice, debit=debit, on=told, how=" ")
    late = localdate() + timedelta(days=1)
    with pytest.raises(PaymentsError, match="once the firm is told"):
        announced_otherwise(acting=alice, debit=debit, on=late, how="Letter")
    announced_otherwise(acting=alice, debit=debit, on=told, how="Letter")
    debit.refresh_from_db()
    assert (debit.announced_on, debit.on) == (told, date(2026, 5, 8))
    assert write_order(acting=alice, scheme=DebitScheme.B2B, at=SENT)[0].total == BAKERY


def test_an_invoice_that_is_taken_back_is_not_debited(cast: Cast) -> None:
    bakery, _garage = owing(cast)
    mandate(cast, cast.bakery)
    alice = acting(cast.alice, cast.network)
    announce(acting=alice, day=ANNOUNCED)
    take_back(acting=alice, invoice=bakery, why="Wrong firm", day=ANNOUNCED)
    with pytest.raises(PaymentsError, match=r"0\.00 euros are owed now and 942\.48 were announced"):
        write_order(acting=alice, scheme=DebitScheme.B2B, at=SENT)
    call_off(acting=alice, debit=Debit.objects.get())
    assert sorted_out(cast.network, DebitScheme.B2B, SENT.date()) == ([], [])
    assert announce(acting=alice, day=ANNOUNCED) == ((), ())


def test_an_ended_mandate_calls_off_what_the_bank_was_not_given(cast: Cast) -> None:
    owing(cast)
    held = mandate(cast, cast.bakery)
    alice = acting(cast.alice, cast.network)
    announce(acting=alice, day=ANNOUNCED)
    end_mandate(acting=alice, mandate=held, on=ANNOUNCED)
    assert Debit.objects.get().state == "off"
    with pytest.raises(PaymentsError, match="is ended"):
        end_mandate(acting=alice, mandate=held)
    mandate(cast, cast.bakery)  # another may be signed
    assert DebitMandate.objects.count() == 2


def test_a_debit_that_the_bank_refuses_is_announced_anew(cast: Cast) -> None:
    owing(cast)
    held = mandate(cast, cast.bakery)
    given_to_the_bank(cast)
    alice = acting(cast.alice, cast.network)
    debit = Debit.objects.get()
    with pytest.raises(PaymentsError, match="given this debit already"):
        call_off(acting=alice, debit=debit)
    with pytest.raises(PaymentsError, match="which reason"):
        refused_by_bank(acting=alice, debit=debit, code="")
    refused_by_bank(acting=alice, debit=debit, code="AC04")
    with pytest.raises(PaymentsError, match="no more"):
        refused_by_bank(acting=alice, debit=debit, code="AC04")
    assert last_uses([held.pk]) == {held.pk: TAKEN}
    (again,), _untold = announce(acting=alice, day=date(2026, 5, 6))
    assert again.reference == "D2026-00001-2"


def test_mandates_that_cannot_be_are_refused_with_their_field(cast: Cast) -> None:
    owing(cast)
    tomorrow = localdate() + timedelta(days=1)
    for field, changes in (
        ("iban", {"iban": THEIR_IBAN[:-1]}),
        ("holder", {"holder": " "}),
        ("reference", {"reference": "n° 1"}),
        ("signed_on", {"signed_on": tomorrow}),
        ("registered_on", {"registered_on": date(2026, 1, 11)}),
        ("notice_days", {"notice_days": 0}),
    ):
        with pytest.raises(PaymentsError) as refused:
            mandate(cast, cast.bakery, **changes)
        assert refused.value.field == field
    mandate(cast, cast.bakery, reference="ONE")
    with pytest.raises(PaymentsError, match="has a mandate already"):
        mandate(cast, cast.bakery)
    with pytest.raises(PaymentsError, match="Another mandate has this reference"):
        mandate(cast, cast.garage, reference="ONE")
    core = mandate(cast, cast.garage, scheme=DebitScheme.CORE)
    assert core.registered_on is None
    with pytest.raises(PaymentsError, match="Only a B2B"):
        register_mandate(acting=acting(cast.alice, cast.network), mandate=core, on=date(2026, 2, 1))


def test_without_a_creditor_identifier_no_file_is_written(cast: Cast) -> None:
    owing(cast)
    BillingProfile.objects.update(creditor="")
    alice = acting(cast.alice, cast.network)
    with pytest.raises(PaymentsError) as refused:
        write_order(acting=alice, scheme=DebitScheme.B2B, at=SENT)
    assert refused.value.field == "creditor"


def test_only_who_bills_debits(cast: Cast) -> None:
    owing(cast)
    held = mandate(cast, cast.bakery)
    for person in (cast.bob, cast.chloe, cast.emma, cast.farid):
        stranger = acting(person, cast.network)
        with pytest.raises(PermissionDenied):
            announce(acting=stranger)
        with pytest.raises(PermissionDenied):
            write_order(acting=stranger, scheme=DebitScheme.B2B)
        with pytest.raises(PermissionDenied):
            end_mandate(acting=stranger, mandate=held)
    assert Decimal(0) == sum(Debit.objects.values_list("amount", flat=True))
