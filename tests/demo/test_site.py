"""The demonstration, loaded as a site."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.bricks.questionnaires.definition import read
from maillage.demo.site import MEMBERS, is_loaded, load
from maillage.demo.territory import territory
from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.models import Membership, MembershipPeriod, Network
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.directory import directory_of, public_directory
from maillage.launch.surveys.models import Survey
from maillage.launch.surveys.prospects import prospects_of
from maillage.launch.surveys.results import results_of
from tests.cast import acting, inside


@pytest.fixture
def network(db: None) -> Network:
    """The demonstration territory."""
    return load(territory())


def test_territory_is_loaded_with_its_members_and_its_bodies(network: Network) -> None:
    assert is_loaded()
    with inside(network):
        assert Membership.objects.count() == 460 + 4
        assert MembershipPeriod.objects.count() == MEMBERS
        assert Organisation.objects.exclude(family="").count() == 4
        assert public_directory(network).count() == MEMBERS


def test_bob_and_emma_are_competitors_in_the_demonstration(network: Network) -> None:
    bob = Person.objects.get(email="bob@maillage.example")
    emma = Person.objects.get(email="emma@maillage.example")
    with inside(network):
        bobs = acting(bob, network)
        emmas = acting(emma, network)
        assert bobs.firm is not None
        assert emmas.firm is not None
        hers = directory_of(emmas).one(bobs.firm.public_id)
        assert hers is not None
        assert hers.parts == {"presence", "activity", "presentation"}
        # The others of the network show their presence and their activity to both.
        assert directory_of(bobs).count() == 464


def test_directory_of_the_demonstration_is_read_in_few_queries(network: Network) -> None:
    alice = acting(Person.objects.get(email="alice@maillage.example"), network)
    with (
        inside(network),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        found = directory_of(alice).filtered(q="boulangerie").sorted("commune")
        assert found.count() > 5
        assert len(found.slice(0, 50)) == found.count()
    assert len(queries) == 3


def test_survey_of_the_demonstration_reads_as_the_report_says(network: Network) -> None:
    with inside(network):
        survey = Survey.objects.get()
        found = {one.question.key: one for one in results_of(survey, everything=True).shown}
        yes = {
            key: next(cell.count for cell in found[key].cells if cell.key == "yes")
            for key in ("peaks", "interested")
        }
        assert yes == {"peaks": 198, "interested": 106}
        assert {key: round(100 * count / found[key].asked) for key, count in yes.items()} == {
            "peaks": 43,
            "interested": 23,
        }
        question = read(survey.version.content).question("interested")
        assert question is not None
        prospects = prospects_of(survey, question, "yes")
        assert (prospects.responses.count(), prospects.silent) == (106, 0)
