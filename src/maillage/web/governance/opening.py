"""A network opens with everything that its kind brings: who is in the book, what is pledged."""

from django.db import transaction
from django_scopes import scope

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.founding import (
    create_association_and_network,
    create_network,
)
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.presets import preset, said
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.entry import list_in_network
from maillage.foundation.visibility.models import Pledge


@transaction.atomic
def open_association(
    *, person: Person, association: str, name: str, preset_key: str, composition: str
) -> Network:
    """Bring an association in, with its first network; its founder is led to sign the pledge."""
    network, organisation = create_association_and_network(
        person=person,
        association=association,
        name=name,
        preset_key=preset_key,
        composition=composition,
    )
    _furnish(network, organisation)
    return network


@transaction.atomic
def open_network(*, acting: Acting, name: str, preset_key: str, composition: str) -> Network:
    """Open another network of the association of the role in use."""
    network = create_network(
        acting=acting, name=name, preset_key=preset_key, composition=composition
    )
    _furnish(network, acting.role.organisation if acting.role else None)
    return network


def _furnish(network: Network, organisation: Organisation | None) -> None:
    """List the association, and write the first pledge in the language of its founder."""
    with scope(network=network, register=network.register):
        if organisation is not None:
            list_in_network(network=network, organisation_ids=[organisation.pk])
        text = said(preset(network.preset).pledge)
        Pledge.objects.create(network=network, version=1, text=text)
