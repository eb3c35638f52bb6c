"""Whatever the plan, nobody who is proposed would break a rule, and nobody is moved past one."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from maillage.run.planning.calling.offering import accept_offer, propose
from maillage.run.planning.enums import CallState, OfferState
from maillage.run.planning.legality import findings_for
from maillage.run.planning.models import Assignment, Call
from maillage.run.planning.placing import PlacementError, place
from tests.cast import Cast, acting, cast_of, inside
from tests.run.planning.calling.mornings import DAWN, away
from tests.run.stories import MONDAY, lend, shared_baker, slot_of, worker_of

# So many days after Monday, an hour, a length, which of three firms, who.
SLOT = st.tuples(st.integers(0, 6), st.integers(4, 18), st.integers(2, 8), st.integers(0, 2))
PLAN = st.lists(st.tuples(SLOT, st.integers(0, 3)), min_size=1, max_size=12)
MOST_MOVED = 3


class Lawful(TestCase):
    """Repairs never break a rule."""

    cast: Cast

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = cast_of("metiers-partages")

    @settings(max_examples=15)
    @given(PLAN)
    def test_every_answer_may_be_accepted_as_it_is(self, plan: list[Any]) -> None:
        cast = self.cast
        firms = (cast.bakery, cast.garage, cast.rival)
        with inside(cast.network):
            alice = acting(cast.alice, cast.network)
            workers = [shared_baker(cast, "Gaëlle"), shared_baker(cast, "Hugo", hours=20)]
            workers += [shared_baker(cast, "Inès"), worker_of(cast, "Jules")]
            lend(workers[3], cast.rival)
            for (day, hour, length, firm), who in plan:
                slot = slot_of(cast, firms[firm], day, hour, hour + length)
                try:
                    place(acting=alice, slot=slot, worker=workers[who])
                except PlacementError:
                    slot.delete()
            away(workers[0], alice, expected_on=MONDAY + timedelta(days=5))
            for call in Call.objects.filter(state=CallState.OPEN).order_by("pk"):
                self._accepted(call, alice)
            self._nothing_is_broken(workers)

    def _accepted(self, call: Call, alice: Any) -> None:
        answers = call.answers["answers"]
        assert all(len(each["moves"]) <= MOST_MOVED for each in answers)
        known = {str(one.public_id): one for one in call.network.workers.all()}
        if not answers:
            return
        (offer,) = propose(acting=alice, call=call, workers=[known[answers[0]["worker_id"]]])
        first = Call.objects.filter(state=CallState.ANSWERED).count() == 0
        state = accept_offer(offer=offer, at=DAWN).state
        # A later answer may have been overtaken by the first; the first never is.
        assert state == OfferState.ACCEPTED or not first

    def _nothing_is_broken(self, workers: list[Any]) -> None:
        """Each assignment, taken out and put back, breaks nothing."""
        for each in Assignment.objects.select_related("slot__organisation", "worker"):
            Assignment.objects.filter(pk=each.pk).delete()
            found = findings_for(self.cast.network, {each.worker_id: ((each.slot,), ())})
            assert not [one.text for one in found[each.worker_id] if one.forbids]
            Assignment.objects.create(slot=each.slot, worker=each.worker)
        assert workers
