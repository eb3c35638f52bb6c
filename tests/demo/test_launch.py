"""The launch that the demonstration tells: jobs searched, proposed, answered."""

import pytest

from maillage.demo.launch import Told, tell
from maillage.demo.site import load
from maillage.demo.territory import territory
from maillage.foundation.accounts.models import Person
from maillage.launch.needs.queries import staff_needs
from maillage.launch.shared_jobs.enums import JobState
from maillage.launch.shared_jobs.models import JobProposal
from maillage.launch.shared_jobs.queries import waiting_for
from tests.cast import acting, inside


@pytest.mark.django_db
def test_demonstration_has_jobs_agreed_one_waiting_for_bob_and_one_given_up() -> None:
    network = load(territory())
    told = tell(network)
    bob = Person.objects.get(email="bob@maillage.example")
    with inside(network):
        assert len(staff_needs(network)) == 191
        firm = acting(bob, network).firm
        assert firm is not None
        assert waiting_for(firm, network).count() == 1
        states = sorted(JobProposal.objects.values_list("state", flat=True))
    assert told == Told(
        found=11, covered_hours=382.5, possible_hours=382.5, confirmed=3, waiting=1, signed=21
    )
    assert states == sorted(
        [
            *[JobState.CONFIRMED] * 3,
            JobState.FALLEN,
            JobState.LOCKED,
            JobState.SENT,
            *[JobState.FOUND] * 5,
        ]
    )
