"""The demonstration, as a site: the territory of the Loir-et-Cher in a network, with its people.

The firms are those of `maillage.demo.territory`. The first 63 that are interested in sharing staff
are members and have a public page; the others are known and have yet to be met. Nobody here
exists: names are invented, addresses end in `.example`.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from maillage.demo.survey import load_survey
from maillage.demo.territory import Firm, Territory
from maillage.foundation.accounts.addresses import prove_address
from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.enums import (
    BodyInvolvementKind,
    Composition,
    NetworkAim,
    NetworkRoleKind,
    ObjectiveState,
    Tier,
)
from maillage.foundation.networks.models import (
    BodyInvolvement,
    Decision,
    Endorsement,
    Membership,
    MembershipPeriod,
    Network,
    NetworkModule,
    NetworkRole,
    Objective,
    StartCondition,
    Task,
)
from maillage.foundation.networks.modules import MODULES
from maillage.foundation.networks.presets import preset
from maillage.foundation.organisations.enums import (
    ActivityScheme,
    BodyFamily,
    Channel,
    OrganisationKind,
    RoleKind,
    SizeBand,
    TerritoryKind,
)
from maillage.foundation.organisations.models import (
    Coverage,
    Organisation,
    Register,
    Role,
    Site,
    TerritoryCommune,
)
from maillage.foundation.organisations.models import Territory as Area
from maillage.foundation.visibility.entry import default_levels, list_in_network
from maillage.foundation.visibility.enums import CompetitionSource, ConsentPurpose, Level
from maillage.foundation.visibility.models import Competition, Consent, FieldLevels, Pledge
from maillage.foundation.vocabularies.folding import plain
from maillage.foundation.vocabularies.gazetteer import communes_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SLUG = "metiers-partages-41"
PRESET = "employer-group"
MEMBERS = 63  # as many as the employers' group of the report
BATCH = 200


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody of the fixed cast: who they are and how the demonstration introduces them."""

    first_name: str
    name: str
    part: "_StrPromise"

    @property
    def email(self) -> str:
        """The address of this person, which leads nowhere."""
        return f"{plain(self.first_name)}@maillage.example"


CAST = (
    Figure("Alice", "Alice Rivaudelle", _("animates the network")),
    Figure("Bob", "Bob Chevrolin", _("owns a bakery of the network")),
    Figure("Chloé", "Chloé Vernouillaud", _("works in that bakery")),
    Figure("Denis", "Denis Plessardin", _("has an account and no role")),
    Figure("Emma", "Emma Fournillon", _("owns a bakery that competes with Bob’s")),
    Figure("Farid", "Farid Quentinier", _("works for the public body that funds the network")),
)

_PARTS = {one.email: one.part for one in CAST}

BODIES = (
    (
        "Chambre de métiers du Loir-et-Cher",
        OrganisationKind.CHAMBER,
        BodyFamily.CHAMBER,
        BodyInvolvementKind.CARRIER,
    ),
    (
        "Département de Loir-et-Cher",
        OrganisationKind.AUTHORITY,
        BodyFamily.AUTHORITY,
        BodyInvolvementKind.FUNDER,
    ),
    (
        "Centre de formation du Val de Cisse",
        OrganisationKind.TRAINING_BODY,
        BodyFamily.TRAINING_OR_ADVICE,
        BodyInvolvementKind.PROVIDER,
    ),
    (
        "Banque coopérative de Sologne",
        OrganisationKind.BANK,
        BodyFamily.ECONOMIC_OR_FINANCIAL,
        BodyInvolvementKind.RELAY,
    ),
)


def cast() -> list[Person]:
    """Return the people of the demonstration, in the order in which it introduces them."""
    found = {person.email: person for person in Person.objects.filter(email__in=_PARTS)}
    return [found[email] for email in _PARTS if email in found]


def part_of(person: Person) -> str:
    """Return what somebody of the demonstration does, in words."""
    return str(_PARTS[person.email])


def is_loaded() -> bool:
    """Whether the demonstration is already in the database."""
    return Network.objects.filter(slug=SLUG).exists()


@transaction.atomic
def load(territory: Territory) -> Network:
    """Put the territory and its people into the database; raises IntegrityError the second time."""
    register = Register.objects.create(name="Métiers partagés 41")
    network = Network.objects.create(
        slug=SLUG,
        name="Métiers partagés 41",
        register=register,
        preset=PRESET,
        aim=NetworkAim.SHARED_EMPLOYMENT,
        composition=Composition.SMALL_ONLY,
        presentation=(
            "Artisans, ateliers et commerces du Loir-et-Cher qui partagent du personnel, des "
            "machines et des clients."
        ),
        listed=True,
        opened_on=localdate() - timedelta(days=420),
    )
    people = {one.first_name: _person(one) for one in CAST}
    with scope(network=network, register=register):
        firms = _firms(register, territory.firms)
        list_in_network(network=network, organisation_ids=[firm.pk for firm in firms.values()])
        members = _members(network, territory, firms)
        _public_pages(members, people["Alice"])
        _competitors(territory, firms)
        bob, emma = _rivals(territory, firms)
        _cast_roles(network, people, bob, emma)
        _bodies(network, register, people["Farid"])
        Membership.objects.filter(network=network).update(listed_on=network.opened_on)
        _areas(register)
        _life(network, people, [firm for firm, _said in members])
        load_survey(network, territory, firms, asked_by=people["Alice"])
    return network


def _person(figure: Figure) -> Person:
    person = Person.objects.create_user(figure.email, name=figure.name, language="fr")
    prove_address(person)
    return person


def _firms(register: Register, firms: Sequence[Firm]) -> dict[str, Organisation]:
    made = Organisation.objects.bulk_create(
        [
            Organisation(
                register=register,
                kind=OrganisationKind.FIRM,
                name=firm.name,
                folded_name=plain(firm.name),
                activity_scheme=ActivityScheme.NAF_2,
                activity_code=firm.ape,
                activity=firm.activity,
                size_band=_size(firm.staff),
                headcount=max(0, firm.staff - 1),  # those at work, less the head of the firm
                email=f"contact@{plain(firm.name).replace(' ', '-').replace('’', '-')}.example",
            )
            for firm in firms
        ],
        batch_size=BATCH,
    )
    Site.objects.bulk_create(
        [
            Site(
                organisation=organisation,
                postcode=firm.postcode,
                commune=firm.commune,
                insee=firm.insee,
                latitude=firm.latitude,
                longitude=firm.longitude,
            )
            for organisation, firm in zip(made, firms, strict=True)
        ],
        batch_size=BATCH,
    )
    return {firm.firm_id: one for one, firm in zip(made, firms, strict=True)}


def _size(staff: int) -> SizeBand:
    if staff <= 1:
        return SizeBand.SELF_EMPLOYED
    return SizeBand.VERY_SMALL if staff <= 10 else SizeBand.SMALL  # noqa: PLR2004 -- the bands


def _members(
    network: Network, territory: Territory, firms: Mapping[str, Organisation]
) -> list[tuple[Organisation, Sequence[str]]]:
    """Let the first interested firms in, a few each month; return them with what they say."""
    pages = tomllib.loads(
        files("maillage.demo").joinpath("data/pages.toml").read_text(encoding="utf-8")
    )
    interested = [answer.firm_id for answer in territory.answers if answer.interested][:MEMBERS]
    places = {
        one.organisation_id: one
        for one in Membership.objects.filter(organisation__in=[firms[key] for key in interested])
    }
    MembershipPeriod.objects.bulk_create(
        MembershipPeriod(
            membership=places[firms[key].pk],
            tier=Tier.CORE if rank < MEMBERS // 3 else Tier.PERIPHERY,
            starts_on=network.opened_on + timedelta(days=6 * rank),
        )
        for rank, key in enumerate(interested)
    )
    return [(firms[key], pages.get(territory.firm_by_id[key].trade, ())) for key in interested]


def _public_pages(members: Sequence[tuple[Organisation, Sequence[str]]], animator: Person) -> None:
    for firm, said in members:
        firm.presentation = said[0] if said else ""
        firm.offers = "\n".join(said[1:])
    firms = [firm for firm, _said in members]
    Organisation.objects.bulk_update(firms, ["presentation", "offers"], batch_size=BATCH)
    FieldLevels.objects.filter(organisation__in=firms).update(
        presence=Level.PUBLIC, activity=Level.PUBLIC, presentation=Level.PUBLIC
    )
    Consent.objects.bulk_create(
        Consent(
            organisation=firm,
            purpose=ConsentPurpose.PUBLIC_PAGE,
            given_by_id=animator.public_id,
            given_at=now(),
        )
        for firm in firms
    )


def _competitors(territory: Territory, firms: Mapping[str, Organisation]) -> None:
    pairs = [
        sorted((firms[a], firms[b]), key=lambda firm: firm.pk)
        for a, b in sorted(territory.competitors)
    ]
    Competition.objects.bulk_create(
        Competition(
            first=first,
            second=second,
            source=CompetitionSource.DECLARED,
            declared_by_firm=first,
            confirmed_at=now(),
        )
        for first, second in pairs
    )


def _rivals(
    territory: Territory, firms: Mapping[str, Organisation]
) -> tuple[Organisation, Organisation]:
    """Return the first two bakeries that compete: Bob's and Emma's."""
    for one, other in sorted(territory.competitors):
        if territory.firm_by_id[one].trade == "bakery":
            return firms[one], firms[other]
    raise LookupError("The territory has no two bakeries that compete.")


def _cast_roles(
    network: Network, people: Mapping[str, Person], bob: Organisation, emma: Organisation
) -> None:
    start = network.opened_on
    NetworkRole.objects.create(
        network=network, person=people["Alice"], kind=NetworkRoleKind.ANIMATOR, starts_on=start
    )
    for first_name, firm, kind in (
        ("Bob", bob, RoleKind.OWNER),
        ("Emma", emma, RoleKind.OWNER),
        ("Chloé", bob, RoleKind.EMPLOYEE),
    ):
        person = people[first_name]
        Role.objects.create(
            organisation=firm,
            person=person,
            kind=kind,
            name=person.name,
            email=person.email,
            channels=[Channel.MAIL, Channel.PHONE],
            starts_on=start,
        )


def _bodies(network: Network, register: Register, funder: Person) -> None:
    levels = default_levels(network) | {"presence": Level.NETWORK}
    for name, kind, family, part in BODIES:
        body = Organisation.objects.create(
            register=register, kind=kind, family=family, name=name, folded_name=plain(name)
        )
        blois = communes_of("41")[0]
        Site.objects.create(
            organisation=body,
            postcode=blois.postcodes[0],
            commune=blois.name,
            insee=blois.insee,
            latitude=blois.latitude,
            longitude=blois.longitude,
        )
        list_in_network(network=network, organisation_ids=[body.pk])
        FieldLevels.objects.filter(organisation=body).update(**levels)
        BodyInvolvement.objects.create(
            network=network, organisation=body, kind=part, starts_on=network.opened_on
        )
        if part == BodyInvolvementKind.FUNDER:
            NetworkRole.objects.create(
                network=network,
                person=funder,
                organisation=body,
                kind=NetworkRoleKind.FUNDER,
                starts_on=network.opened_on,
            )


def _areas(register: Register) -> None:
    """Name the department and the basins of its three towns, which overlap a little."""
    communes = communes_of("41")
    department = Area.objects.create(
        register=register, kind=TerritoryKind.DEPARTMENT, name="Loir-et-Cher"
    )
    _fill(department, [commune.insee for commune in communes])
    by_name = {commune.name: commune for commune in communes}
    for town in ("Blois", "Vendôme", "Romorantin-Lanthenay"):
        centre = by_name[town]
        basin = Area.objects.create(
            register=register, kind=TerritoryKind.BASIN, name=f"Bassin de {town}"
        )
        near = [
            commune.insee
            for commune in communes
            if abs(commune.latitude - centre.latitude) < 0.25  # noqa: PLR2004 -- some 25 km
            and abs(commune.longitude - centre.longitude) < 0.35  # noqa: PLR2004 -- the same
        ]
        _fill(basin, near)
        if town != "Romorantin-Lanthenay":
            bodies = Organisation.objects.filter(kind=OrganisationKind.TRAINING_BODY)
            Coverage.objects.bulk_create(
                Coverage(organisation=body, territory=basin) for body in bodies
            )


def _fill(area: Area, communes: Sequence[str]) -> None:
    rows = [TerritoryCommune(territory=area, insee=insee) for insee in communes]
    TerritoryCommune.objects.bulk_create(rows, batch_size=BATCH)


def _life(network: Network, people: Mapping[str, Person], members: Sequence[Organisation]) -> None:
    """Give the network a year behind it: modules, decisions, objectives, conditions, tasks."""
    alice, farid = people["Alice"], people["Farid"]
    opened = network.opened_on
    known = preset(network.preset)
    for key in known.modules:
        NetworkModule.objects.create(network=network, key=key)
    for key in MODULES:
        if key not in known.modules:
            decision = Decision.objects.create(
                network=network,
                title=f"Mettre en service le module «\xa0{_FRENCH_MODULES[key]}\xa0»",
                minutes="Décidé en assemblée, après un essai de deux mois.",
                taken_on=opened + timedelta(days=120),
                votes_for=31,
                votes_against=2,
                abstentions=4,
            )
            NetworkModule.objects.create(network=network, key=key, decision=decision)
    _objectives(network, alice, farid, members)
    _conditions(network, known.conditions)
    Pledge.objects.create(network=network, version=1, text=known.pledge["fr"].strip())


_FRENCH_MODULES = {
    "directory": "Entreprises",
    "objectives": "Objectifs",
    "introductions": "Mises en relation",
    "surveys": "Enquêtes",
    "needs": "Besoins et offres",
    "shared_jobs": "Emplois partagés",
    "charter": "Charte",
    "mobilisation": "Mobilisation",
    "planning": "Planning",
    "group": "Groupement d’employeurs",
    "contacts": "Contacts",
    "employment": "Salariés partagés",
    "hours": "Heures",
    "billing": "Factures",
    "voice": "Parole des salariés",
    "decisions": "Décisions",
    "figures": "Chiffres",
}


def _objectives(
    network: Network, alice: Person, farid: Person, members: Sequence[Organisation]
) -> None:
    active = Objective.objects.create(
        network=network,
        title="Créer dix emplois partagés à l’année",
        detail=(
            "Chaque emploi réunit de deux à cinq entreprises qui n’ont pas leur pointe en même "
            "temps."
        ),
        first_step="Interroger les 460 entreprises du territoire",
        due_on=localdate() + timedelta(days=200),
        proposed_by_id=alice.public_id,
        proposing=members[0],
        state=ObjectiveState.ACTIVE,
        activated_at=now(),
    )
    for firm in members[:5]:
        Endorsement.objects.create(
            objective=active, organisation=firm, version=1, person_id=alice.public_id
        )
    Objective.objects.create(
        network=network,
        title="Embaucher en priorité des demandeurs d’emploi du département",
        detail="Proposé par le Département, qui finance la première année.",
        first_step="Rencontrer les conseillers de l’emploi de Blois et de Vendôme",
        due_on=localdate() + timedelta(days=300),
        proposed_by_id=farid.public_id,
        by_sponsor=True,
    )


def _conditions(network: Network, keys: Sequence[str]) -> None:
    """Meet all the start conditions but two, each with a task before a day."""
    unmet: Mapping[str, tuple[str, date]] = {
        "rules": ("Faire adopter le règlement intérieur", localdate() + timedelta(days=12)),
        "evaluation": ("Choisir qui évalue la première année", localdate() - timedelta(days=3)),
    }
    for key in keys:
        condition = StartCondition.objects.create(
            network=network, key=key, met=key not in unmet, looked_at=now()
        )
        if key in unmet:
            title, due_on = unmet[key]
            Task.objects.create(network=network, condition=condition, title=title, due_on=due_on)
