"""The fixed cast of every story.

Alice animates the network. Bob owns a bakery, Emma owns the rival bakery of the next street: each
is a stranger to the other. Chloé works for Bob. A garage completes the network. Farid funds it.
Denis has an account and no role at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import now
from django_scopes import scope, scopes_disabled

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.enums import Composition, NetworkAim, NetworkRoleKind, Tier
from maillage.foundation.networks.models import (
    Membership,
    MembershipPeriod,
    Network,
    NetworkModule,
    NetworkRole,
)
from maillage.foundation.networks.modules import MODULES
from maillage.foundation.networks.queries import roles_held
from maillage.foundation.organisations.enums import OrganisationKind, RoleKind, SizeBand
from maillage.foundation.organisations.models import Organisation, Register, Role, Site
from maillage.foundation.visibility.entry import list_in_network
from maillage.foundation.visibility.enums import CompetitionSource
from maillage.foundation.visibility.models import Competition
from maillage.foundation.vocabularies.folding import plain
from maillage.foundation.vocabularies.gazetteer import Commune, find_commune

START = date(2020, 1, 1)


@dataclass(frozen=True)
class Cast:
    """Who is there."""

    register: Register
    network: Network
    alice: Person
    bob: Person
    chloe: Person
    denis: Person
    emma: Person
    farid: Person
    bakery: Organisation
    rival: Organisation
    garage: Organisation


def cast_of(slug: str) -> Cast:
    """Bring a network called `slug` to life, with its people; another call makes another tenant.

    The people of the second network have addresses of their own.
    """
    register = Register.objects.create(name=f"Association {slug}")
    network = Network.objects.create(
        slug=slug,
        name=slug.replace("-", " ").capitalize(),
        register=register,
        preset="employer-group",
        aim=NetworkAim.SHARED_EMPLOYMENT,
        composition=Composition.SMALL_ONLY,
        opened_on=START,
    )
    names = ("Alice", "Bob", "Chloé", "Denis", "Emma", "Farid")
    people = {name: _person(name, slug) for name in names}
    with inside(network):
        bakery = _firm(register, "Boulangerie Martin", "552100554", "10.71C", "Blois")
        rival = _firm(register, "Fournil Durand", "732829320", "10.71C", "Blois")
        garage = _firm(register, "Garage Lemoine", "443061841", "45.20A", "Vendôme")
        list_in_network(network=network, organisation_ids=[bakery.pk, rival.pk, garage.pk])
        for firm in (bakery, rival, garage):
            membership = Membership.objects.get(organisation=firm)
            MembershipPeriod.objects.create(membership=membership, tier=Tier.CORE, starts_on=START)
        for key in MODULES:
            NetworkModule.objects.create(network=network, key=key)
        _network_role(network, people["Alice"], NetworkRoleKind.ANIMATOR)
        _network_role(network, people["Farid"], NetworkRoleKind.FUNDER)
        _firm_role(bakery, people["Bob"], RoleKind.OWNER)
        _firm_role(bakery, people["Chloé"], RoleKind.EMPLOYEE)
        _firm_role(rival, people["Emma"], RoleKind.OWNER)
        Competition.objects.create(
            first=bakery,
            second=rival,
            source=CompetitionSource.DECLARED,
            declared_by_id=people["Bob"].public_id,
            declared_by_firm=bakery,
            confirmed_at=now(),
        )
    return Cast(
        register=register,
        network=network,
        alice=people["Alice"],
        bob=people["Bob"],
        chloe=people["Chloé"],
        denis=people["Denis"],
        emma=people["Emma"],
        farid=people["Farid"],
        bakery=bakery,
        rival=rival,
        garage=garage,
    )


@contextmanager
def inside(network: Network) -> Iterator[None]:
    """Open a network and its register, as the middleware does for a page of it."""
    with scope(network=network, register=network.register):
        yield


def acting(person: Person, network: Network) -> Acting:
    """Return a person in a network, in the first role they hold there."""
    found = Acting(person, roles_held(person)).in_network(network.slug)
    assert found is not None, f"{person} holds no role in {network}"
    return found


def more_firms(cast: Cast, count: int) -> list[Organisation]:
    """Add firms to the network, members or listed in turn; for budgets and lists."""
    place = find_commune(name="Contres")
    with inside(cast.network):
        firms = Organisation.objects.bulk_create(
            _firm_called(cast.register, f"Menuiserie {rank:05}", "", "43.32A")
            for rank in range(count)
        )
        Site.objects.bulk_create(_site_of(firm, place) for firm in firms)
        list_in_network(network=cast.network, organisation_ids=[firm.pk for firm in firms])
        listed = Membership.objects.filter(organisation__in=firms[::2])
        MembershipPeriod.objects.bulk_create(
            MembershipPeriod(membership=one, tier=Tier.PERIPHERY, starts_on=START) for one in listed
        )
    return firms


def _person(name: str, slug: str) -> Person:
    address = plain(name)
    return Person.objects.create_user(
        f"{address}@{slug}.example", password="correct horse battery", name=name, language="en"
    )


def _firm(register: Register, name: str, siren: str, activity: str, commune: str) -> Organisation:
    place = find_commune(name=commune, postcode="41000" if commune == "Blois" else None)
    with scopes_disabled():
        firm = _firm_called(register, name, siren, activity)
        firm.save()
        _site_of(firm, place).save()
    return firm


def _firm_called(register: Register, name: str, siren: str, activity: str) -> Organisation:
    return Organisation(
        register=register,
        kind=OrganisationKind.FIRM,
        name=name,
        folded_name=plain(name),
        siren=siren,
        activity_scheme="naf2",
        activity_code=activity,
        activity={"10.71C": "Boulangerie", "45.20A": "Garage"}.get(activity, "Menuiserie"),
        size_band=SizeBand.VERY_SMALL,
        headcount=4,
        phone="02 54 00 00 00",
        email=f"contact@{plain(name).replace(' ', '-')}.example",
    )


def _site_of(firm: Organisation, place: Commune) -> Site:
    return Site(
        organisation=firm,
        siret=f"{firm.siren}00013" if firm.siren else "",
        address="1 rue du Commerce",
        postcode=place.postcodes[0],
        commune=place.name,
        insee=place.insee,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def _network_role(network: Network, person: Person, kind: NetworkRoleKind) -> None:
    NetworkRole.objects.create(network=network, person=person, kind=kind, starts_on=START)


def _firm_role(firm: Organisation, person: Person, kind: RoleKind) -> None:
    Role.objects.create(
        organisation=firm,
        person=person,
        kind=kind,
        name=person.name,
        email=person.email,
        starts_on=START,
    )
