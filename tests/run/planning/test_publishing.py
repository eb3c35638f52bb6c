"""A published week is what people were told; what changes afterwards is said, and how late."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from maillage.foundation.notify.models import OutgoingMail
from maillage.run.planning.models import Acknowledgement, Assignment, PublishedShift
from maillage.run.planning.publishing import (
    PublicationError,
    changes_since,
    publish_week,
    working_day_after,
)
from tests.cast import Cast, acting, inside
from tests.run.stories import MONDAY, shared_baker, slot_of


@pytest.fixture(autouse=True)
def _in_the_network(cast: Cast) -> Iterator[None]:
    with inside(cast.network):
        yield


def test_a_week_is_published_as_it_stands(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle = shared_baker(cast)
    with pytest.raises(PublicationError, match="Nobody is placed"):
        publish_week(acting=alice, monday=MONDAY)
    Assignment.objects.create(slot=slot_of(cast, cast.bakery, 0, 6, 12), worker=gaelle)
    made = publish_week(acting=alice, monday=MONDAY)
    assert made.number == 1
    assert PublishedShift.objects.filter(publication=made).count() == 1
    told = Acknowledgement.objects.get()
    assert (told.worker, told.told_at is not None, told.seen_at) == (gaelle, True, None)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (gaelle.email, "Your week of Monday 2 March 2026")
    with pytest.raises(PublicationError, match="Nothing has changed"):
        publish_week(acting=alice, monday=MONDAY)


def test_what_changed_is_added_moved_or_removed(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
    kept = slot_of(cast, cast.bakery, 0, 6, 12)
    gone = slot_of(cast, cast.garage, 1, 8, 12)
    moves = slot_of(cast, cast.bakery, 2, 6, 12)
    for slot in (kept, gone, moves):
        Assignment.objects.create(slot=slot, worker=gaelle)
    assert changes_since(cast.network, MONDAY) == []
    publish_week(acting=alice, monday=MONDAY)
    assert changes_since(cast.network, MONDAY) == []
    Assignment.objects.filter(slot__in=(gone, moves)).delete()
    later = slot_of(cast, cast.bakery, 4, 7, 13)
    Assignment.objects.create(slot=later, worker=gaelle)
    Assignment.objects.create(slot=gone, worker=hugo)
    changes = changes_since(cast.network, MONDAY, today=date(2026, 2, 24))
    assert [(c.kind, c.worker.name, c.day, c.late) for c in changes] == [
        ("removed", "Gaëlle", MONDAY + timedelta(days=1), True),
        ("moved", "Gaëlle", MONDAY + timedelta(days=4), False),
        ("added", "Hugo", MONDAY + timedelta(days=1), True),
    ]
    early = changes_since(cast.network, MONDAY, today=date(2026, 2, 16))
    assert [change.late for change in early] == [False, False, False]


def test_only_those_whose_week_changed_are_told_again(cast: Cast) -> None:
    alice = acting(cast.alice, cast.network)
    gaelle, hugo = shared_baker(cast), shared_baker(cast, "Hugo")
    Assignment.objects.create(slot=slot_of(cast, cast.bakery, 0, 6, 12), worker=gaelle)
    Assignment.objects.create(slot=slot_of(cast, cast.garage, 0, 8, 12), worker=hugo)
    first = publish_week(acting=alice, monday=MONDAY)
    moment = first.published_at
    Acknowledgement.objects.filter(publication=first).update(told_at=moment, seen_at=moment)
    Assignment.objects.create(slot=slot_of(cast, cast.garage, 1, 8, 12), worker=hugo)
    second = publish_week(acting=alice, monday=MONDAY)
    seen = {row.worker_id: row.seen_at for row in second.acknowledgements.all()}
    assert seen == {gaelle.pk: moment, hugo.pk: None}


def test_notice_counts_working_days(cast: Cast) -> None:
    """From Monday to Saturday, public holidays left out: Easter Monday is 6 April 2026."""
    assert working_day_after(date(2026, 2, 23), 7) == date(2026, 3, 3)
    assert working_day_after(date(2026, 3, 30), 7) == date(2026, 4, 8)
