"""A network is born: of an empty installation, or beside the others of an association."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django_scopes import scope

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.guarding import network_where
from maillage.foundation.networks.enums import Composition, NetworkRoleKind
from maillage.foundation.networks.models import (
    Network,
    NetworkModule,
    NetworkRole,
    StartCondition,
)
from maillage.foundation.networks.presets import Preset, presets
from maillage.foundation.networks.refusals import FoundingError
from maillage.foundation.organisations.checking import check
from maillage.foundation.organisations.drafts import OrganisationDraft, new_organisation
from maillage.foundation.organisations.enums import OrganisationKind
from maillage.foundation.organisations.models import Organisation, Register
from maillage.foundation.organisations.problems import DraftError
from maillage.foundation.vocabularies.folding import plain

SLUG_LENGTH = 50


def can_found_association(person: Person) -> bool:
    """Whether a person may bring an association in: the first one here, or who looks after it."""
    return person.is_staff or not Register.objects.exists()


@transaction.atomic
def create_association_and_network(
    *,
    person: Person,
    association: str,
    name: str,
    preset_key: str,
    composition: str = "",
) -> tuple[Network, Organisation]:
    """Bring an association in, with its register and its first network; return both.

    Its founder becomes the animator. The association is in the register of its own organisations,
    so that it can be named as any other body.
    """
    if not can_found_association(person):
        raise PermissionDenied
    draft = _association_draft(association)
    register = Register.objects.create(name=draft.name)
    network = _network(register, name, preset_key, composition)
    with scope(network=network, register=register):
        organisation = new_organisation(register, draft)
        organisation.save()
        _furnish(network, person, organisation)
        for subject in (organisation, network):
            _record(person, network, subject)
    return network, organisation


@transaction.atomic
def create_network(*, acting: Acting, name: str, preset_key: str, composition: str = "") -> Network:
    """Open another network of the same association: it shares the register, and nothing else."""
    here = network_where(acting, "manage_network")
    network = _network(here.register, name, preset_key, composition)
    with scope(network=network, register=here.register):
        organisation = acting.role.organisation if acting.role else None
        _furnish(network, acting.person, organisation)
        _record(acting.person, network, network)
    return network


def _association_draft(name: str) -> OrganisationDraft:
    try:
        return check(OrganisationDraft(name=name, kind=OrganisationKind.ASSOCIATION)).fit()
    except DraftError as error:
        raise FoundingError(str(error), "association") from error


def _network(register: Register, name: str, preset_key: str, composition: str) -> Network:
    kind = _kind(preset_key)
    name = checked_name(name)
    if composition and composition not in Composition.values:
        raise FoundingError(_("Choose which firms the network brings together."), "composition")
    return Network.objects.create(
        slug=_free_slug(name),
        name=name,
        register=register,
        preset=kind.key,
        aim=kind.aim,
        composition=composition or kind.composition,
        objective_cap=kind.objective_cap,
        opened_on=localdate(),
    )


def checked_name(name: str) -> str:
    """Return the name of a network without stray blanks; raises FoundingError without any."""
    tidy = " ".join(name.split())
    if not _address_of(tidy):
        raise FoundingError(_("Give the network a name, with letters or numbers."), "name")
    return tidy


def _kind(key: str) -> Preset:
    try:
        return presets()[key]
    except KeyError:
        raise FoundingError(_("Choose a kind of network."), "preset") from None


def _furnish(network: Network, person: Person, organisation: Organisation | None) -> None:
    kind = _kind(network.preset)
    NetworkRole.objects.create(
        network=network,
        person=person,
        organisation=organisation,
        kind=NetworkRoleKind.ANIMATOR,
        starts_on=network.opened_on,
    )
    NetworkModule.objects.bulk_create(
        NetworkModule(network=network, key=key) for key in kind.modules
    )
    StartCondition.objects.bulk_create(
        StartCondition(network=network, key=key) for key in kind.conditions
    )


def _address_of(name: str) -> str:
    return slugify(plain(name).translate({ord(mark): " " for mark in "'’"}))


def _free_slug(name: str) -> str:
    base = _address_of(name)[:SLUG_LENGTH].strip("-")
    taken = set(Network.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    rank, slug = 1, base
    while slug in taken:
        rank += 1
        slug = f"{base}-{rank}"
    return slug


def _record(person: Person, network: Network, subject: Network | Organisation) -> None:
    record(
        actor_id=person.public_id,
        act="create",
        subject_type=type(subject).__name__,
        subject_id=subject.public_id,
        network_id=network.public_id,
        after={"name": subject.name},
    )
