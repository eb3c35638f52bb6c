"""What a firm reads of the law is what the one legality function says of it."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from maillage.run.employment.enums import WeeklyKind
from maillage.run.employment.models import WeeklyTime
from maillage.run.planning.headroom import headroom_in
from maillage.run.planning.legality import headroom_of
from maillage.run.planning.models import Assignment
from tests.cast import Cast, cast_of, inside
from tests.run.stories import MONDAY, shared_baker, slot_of

DAYS = st.integers(-30, 6)
HOURS = st.integers(5, 18)
SLOTS = st.lists(st.tuples(DAYS, HOURS, st.integers(1, 5), st.booleans()), max_size=8)


class Same(TestCase):
    """Two ways to the same figures."""

    cast: Cast

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = cast_of("metiers-partages")

    @settings(max_examples=10)
    @given(SLOTS, st.sampled_from([20, 28, 35]), st.integers(0, 6), st.booleans())
    def test_the_firm_reads_the_figures_of_the_law(
        self, slots: list[tuple[int, int, int, bool]], hours: int, day: int, job: bool
    ) -> None:
        cast = self.cast
        with inside(cast.network):
            gaelle = shared_baker(cast, hours=hours)
            for at, start, long, here in slots:
                firm = cast.bakery if here else cast.garage
                slot = slot_of(cast, firm, at, start, start + long)
                Assignment.objects.create(slot=slot, worker=gaelle)
            if job:
                WeeklyTime.objects.create(
                    worker=gaelle,
                    kind=WeeklyKind.OUTSIDE_JOB,
                    weekday=day,
                    start_minute=19 * 60,
                    end_minute=21 * 60,
                    starts_on=MONDAY - timedelta(days=60),
                )
            on = MONDAY + timedelta(days=day)
            (read,) = headroom_in(cast.network, cast.bakery, on)
            assert read.left == headroom_of(cast.network, [gaelle.pk], on)[gaelle.pk]
