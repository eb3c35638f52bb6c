"""The people of the demonstration: their usual weeks break no rule of law or charter."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from maillage.demo.staff import employ
from maillage.engines.rostering.checks import check
from maillage.run.planning.bridge.instances import Question
from maillage.run.planning.gathering import ground_of, monday_of
from maillage.run.planning.models import Publication, Slot
from tests.cast import Cast, inside, more_firms


@pytest.mark.parametrize("workers", [4, 12])
def test_weeks_that_are_laid_out_break_nothing(cast: Cast, workers: int) -> None:
    firms = [cast.bakery, cast.rival, cast.garage, *more_firms(cast, 6)]
    monday = monday_of(localdate())
    with inside(cast.network):
        crew = employ(cast.network, firms, workers=workers, monday=monday)
        assert len(crew.workers) == workers
        question = Question(ground_of(cast.network, monday - timedelta(weeks=4), 56))
        broken = [each for each in check(question.instance, question.plan) if each.forbidden]
        assert [each.text() for each in broken] == []
        assert Publication.objects.count() == 5
        assert (
            Slot.objects.filter(assignments=None, day__lt=monday + timedelta(days=6)).count() == 0
        )
