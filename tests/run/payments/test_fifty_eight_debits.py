"""Fifty-eight firms are debited of a month; three banks have not registered the mandate."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from maillage.foundation.notify.models import OutgoingMail
from maillage.foundation.organisations.models import Organisation
from maillage.run.billing.models import BillingProfile, Invoice
from maillage.run.payments.debiting import announce, sorted_out, write_order
from maillage.run.payments.enums import DebitScheme
from maillage.run.payments.models import Debit, DebitMandate
from tests.cast import Cast, acting, inside
from tests.run.billing.bills import ISSUED, billing
from tests.run.billing.files.cases import CREDITOR, THEIR_IBAN
from tests.run.hours.months import MARCH
from tests.run.payments.owed import ANNOUNCED, DUE, SENT

FIRMS, HELD = 58, 3
EACH = Decimal("2706.90")


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


def owing(cast: Cast, rank: int) -> None:
    firm = Organisation.objects.create(
        register=cast.register, name=f"Firm {rank}", email=f"firm{rank}@firm.example"
    )
    Invoice.objects.create(
        network=cast.network,
        organisation=firm,
        year=2026,
        position=rank,
        number=f"F2026-{rank:05}",
        month=MARCH,
        issued_on=ISSUED,
        due_on=DUE,
        net=EACH,
        tax=0,
        gross=EACH,
        wages=0,
        contributions=0,
        content={},
        xml=b"",
        pdf=b"",
        issued_by_id=cast.alice.public_id,
    )
    DebitMandate.objects.create(
        network=cast.network,
        organisation=firm,
        reference=f"RUM-{rank}",
        holder=firm.name,
        iban=THEIR_IBAN,
        scheme=DebitScheme.B2B,
        signed_on=date(2026, 1, 12),
        registered_on=None if rank <= HELD else date(2026, 1, 20),
    )


def test_what_banks_take_leaves_and_the_rest_waits_with_its_reason(
    cast: Cast, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    billing(cast)
    BillingProfile.objects.update(creditor=CREDITOR)
    for rank in range(1, FIRMS + 1):
        owing(cast, rank)
    alice = acting(cast.alice, cast.network)
    debits, untold = announce(acting=alice, day=ANNOUNCED)
    assert (len(debits), untold, OutgoingMail.objects.count()) == (FIRMS, (), FIRMS)
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        ready, waiting = sorted_out(cast.network, DebitScheme.B2B, SENT.date())
    assert (len(ready), len(waiting)) == (FIRMS - HELD, HELD)
    order, held = write_order(acting=alice, scheme=DebitScheme.B2B, at=SENT)
    assert order.total == (FIRMS - HELD) * EACH
    root = etree.fromstring(bytes(order.content))
    assert len(list(root.iter("{*}DrctDbtTxInf"))) == FIRMS - HELD
    assert {one.why for one in held} == {
        "The customer’s bank has not registered the mandate yet: it would refuse."
    }
    assert sorted(Debit.objects.filter(state="planned").values_list("mandate__reference")) == [
        ("RUM-1",),
        ("RUM-2",),
        ("RUM-3",),
    ]
