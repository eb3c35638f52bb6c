"""A network is born, kept and closed."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.queries import history_of
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.founding import (
    create_association_and_network,
    create_network,
)
from maillage.foundation.networks.actions.keeping import (
    change_network,
    close_network,
    reopen_network,
    settings_of,
)
from maillage.foundation.networks.actions.objectives import Wording, endorse, propose_objective
from maillage.foundation.networks.models import (
    Network,
    NetworkModule,
    NetworkRole,
    Objective,
    StartCondition,
)
from maillage.foundation.networks.queries import closed_networks_of, network_called, roles_held
from maillage.foundation.networks.refusals import FoundingError
from maillage.foundation.organisations.models import Organisation, Register
from tests.cast import Cast, acting, inside


@pytest.fixture
def first(db: None) -> Person:
    """The first person of an empty installation."""
    return Person.objects.create_user("alice@example.org", name="Alice", language="en")


def found(person: Person, **wanted: str) -> tuple[Network, Organisation]:
    asked = {
        "association": "Artisans du Val",
        "name": "Métiers  d’été 41",
        "preset_key": "employer-group",
    }
    return create_association_and_network(person=person, **(asked | wanted))


def test_first_person_brings_an_association_and_its_network(first: Person) -> None:
    network, association = found(first)
    assert (network.slug, network.name) == ("metiers-d-ete-41", "Métiers d’été 41")
    assert (network.aim, network.composition) == ("shared_employment", "small_only")
    assert network.opened_on == localdate()
    assert (association.name, association.kind) == ("Artisans du Val", "association")
    assert association.register == network.register == Register.objects.get()
    assert [(role.kind, role.network) for role in roles_held(first)] == [("animator", network)]


def test_new_network_has_the_directory_one_module_and_its_checklist(first: Person) -> None:
    network, _association = found(first, preset_key="themed-club", composition="small_only")
    with inside(network):
        keys = set(NetworkModule.objects.values_list("key", flat=True))
        conditions = StartCondition.objects.filter(met=False, looked_at=None).count()
    assert (keys, conditions) == ({"directory", "objectives"}, 5)
    assert (network.aim, network.composition) == ("theme", "small_only")


def test_second_person_does_not_bring_an_association_but_whoever_keeps_the_site_does(
    first: Person,
) -> None:
    found(first)
    denis = Person.objects.create_user("denis@example.org", name="Denis")
    with pytest.raises(PermissionDenied):
        found(denis)
    denis.is_staff = True
    network, _association = found(denis)
    assert network.slug == "metiers-d-ete-41-2"
    assert Register.objects.count() == 2


def test_animator_opens_another_network_with_the_same_register(here: Cast, alice: Acting) -> None:
    club = create_network(acting=alice, name="Club qualité", preset_key="themed-club")
    assert club.register == here.register
    assert {role.network.slug for role in roles_held(here.alice)} == {
        "metiers-partages",
        "club-qualite",
    }
    with inside(club):
        assert NetworkRole.objects.count() == 1


def test_head_of_a_firm_opens_no_network(bob: Acting) -> None:
    with pytest.raises(PermissionDenied):
        create_network(acting=bob, name="Mine", preset_key="themed-club")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " ’ "}, "name"),
        ({"preset_key": "guild"}, "preset"),
        ({"composition": "giants"}, "composition"),
        ({"association": " "}, "association"),
    ],
)
def test_network_that_cannot_be_leaves_nothing_behind(
    first: Person, wrong: dict[str, str], field: str
) -> None:
    with pytest.raises(FoundingError) as refused:
        found(first, **wrong)
    assert refused.value.field == field
    assert not Register.objects.exists()
    assert not Network.objects.exists()


def test_animator_presents_the_network(here: Cast, alice: Acting) -> None:
    read = settings_of(here.network)
    wanted = replace(read, name="Ateliers du Val", presentation=" Together. ", listed=True)
    network = change_network(acting=alice, read=read, wanted=wanted)
    assert (network.name, network.presentation) == ("Ateliers du Val", "Together.")
    assert (network.slug, network.listed) == ("metiers-partages", True)


def test_two_people_change_different_things_and_both_stay(here: Cast, alice: Acting) -> None:
    read = settings_of(here.network)
    change_network(acting=alice, read=read, wanted=replace(read, presentation="New words"))
    network = change_network(acting=alice, read=read, wanted=replace(read, objective_cap=5))
    assert (network.presentation, network.objective_cap) == ("New words", 5)


def test_more_room_lets_a_waiting_objective_in(
    here: Cast, alice: Acting, bob: Acting, emma: Acting
) -> None:
    read = settings_of(here.network)
    change_network(acting=alice, read=read, wanted=replace(read, objective_cap=1))
    for title in ("One", "Two"):
        objective = propose_objective(acting=bob, wording=Wording(title=title))
        endorse(acting=emma, objective=objective, version=1)
    assert Objective.objects.get(title="Two").state == "proposed"
    one = replace(read, objective_cap=1)
    change_network(acting=alice, read=one, wanted=replace(one, objective_cap=2))
    assert Objective.objects.get(title="Two").state == "active"


def test_no_room_at_all_is_refused(here: Cast, alice: Acting) -> None:
    read = settings_of(here.network)
    with pytest.raises(FoundingError, match="from 1 to 10"):
        change_network(acting=alice, read=read, wanted=replace(read, objective_cap=0))


def test_closed_network_is_entered_by_nobody(here: Cast, alice: Acting) -> None:
    with pytest.raises(FoundingError, match="Type the name of the network, Metiers partages"):
        close_network(acting=alice, name_typed="yes")
    close_network(acting=alice, name_typed="metiers  PARTAGES")
    assert network_called("metiers-partages") is None
    assert roles_held(here.alice) == roles_held(here.bob) == []


def test_closed_network_is_opened_again_by_whoever_may_close_it(here: Cast, alice: Acting) -> None:
    close_network(acting=alice, name_typed="Metiers partages")
    assert list(closed_networks_of(here.alice)) == [here.network]
    assert list(closed_networks_of(here.farid)) == list(closed_networks_of(here.bob)) == []
    with pytest.raises(PermissionDenied):
        reopen_network(person=here.farid, slug="metiers-partages")
    reopen_network(person=here.alice, slug="metiers-partages")
    opened = network_called("metiers-partages")
    assert opened == here.network
    assert opened.closed_on is None
    assert [role.kind for role in roles_held(here.alice)] == ["animator"]
    line = history_of(here.network.public_id).first()
    assert (line.act, line.actor_id) == ("reopen", here.alice.public_id)
    with pytest.raises(PermissionDenied):
        reopen_network(person=here.alice, slug="metiers-partages")


def test_firm_changes_and_closes_nothing(here: Cast, bob: Acting) -> None:
    read = settings_of(here.network)
    with pytest.raises(PermissionDenied):
        change_network(acting=bob, read=read, wanted=read)
    with pytest.raises(PermissionDenied):
        close_network(acting=acting(here.farid, here.network), name_typed="Metiers partages")
