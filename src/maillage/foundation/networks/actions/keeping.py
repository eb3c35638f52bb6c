"""A network is renamed, presented, adjusted, and closed when its time has come."""

from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.actions import record
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.founding import checked_name
from maillage.foundation.networks.actions.guarding import locked, network_where, trail
from maillage.foundation.networks.actions.settling import settle
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import closed_networks_of
from maillage.foundation.networks.refusals import FoundingError

MOST_OBJECTIVES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What may be changed of a network after it was opened; its address and its kind stay."""

    name: str
    presentation: str = ""
    objective_cap: int = 3
    strong_sign_in: bool = False
    listed: bool = False


def settings_of(network: Network) -> Settings:
    """Return what a network is set to."""
    return Settings(
        name=network.name,
        presentation=network.presentation,
        objective_cap=network.objective_cap,
        strong_sign_in=network.strong_sign_in,
        listed=network.listed,
    )


@transaction.atomic
def change_network(*, acting: Acting, read: Settings, wanted: Settings) -> Network:
    """Change what differs between what was `read` and what is `wanted`.

    What somebody else changed meanwhile, and this person did not touch, stays as it is.
    """
    network = locked(network_where(acting, "manage_network"))
    name = checked_name(wanted.name)
    if not 1 <= wanted.objective_cap <= MOST_OBJECTIVES:
        raise FoundingError(
            _("Choose from 1 to %(most)s objectives at a time.") % {"most": MOST_OBJECTIVES},
            "objective_cap",
        )
    asked = asdict(wanted) | {"name": name, "presentation": wanted.presentation.strip()}
    touched = [field for field, value in asked.items() if value != getattr(read, field)]
    before = {field: getattr(network, field) for field in touched}
    for field in touched:
        setattr(network, field, asked[field])
    if touched:
        network.save(update_fields=touched)
        after = {field: asked[field] for field in touched}
        trail(acting, "change", network, before=before, after=after)
        settle(acting, network)
    return network


@transaction.atomic
def close_network(*, acting: Acting, name_typed: str) -> Network:
    """Close a network: nobody enters it any more, its records stay in the register.

    Its name is typed again by the person who closes it, because it shuts everybody out at once.
    """
    network = locked(network_where(acting, "manage_network"))
    if " ".join(name_typed.split()).casefold() != network.name.casefold():
        raise FoundingError(
            _("Type the name of the network, %(name)s, to close it.") % {"name": network.name},
            "name_typed",
        )
    network.closed_on = localdate()
    network.listed = False
    network.save(update_fields=["closed_on", "listed"])
    after = {"closed_on": network.closed_on.isoformat()}
    trail(acting, "close", network, before={"closed_on": None}, after=after)
    return network


@transaction.atomic
def reopen_network(*, person: Person, slug: str) -> Network:
    """Open a closed network again; everybody has back the role they held there.

    Whoever may close it may: nobody acts inside a closed network, so that the person is named
    instead of the role in use. It is not shown to everybody until somebody chooses so again.
    """
    held = closed_networks_of(person).filter(slug=slug).first()
    if held is None:
        raise PermissionDenied
    network = locked(held)
    closed_on, network.closed_on = network.closed_on, None
    network.save(update_fields=["closed_on"])
    record(
        actor_id=person.public_id,
        act="reopen",
        subject_type="Network",
        subject_id=network.public_id,
        network_id=network.public_id,
        before={"closed_on": closed_on.isoformat() if closed_on else None},
        after={"closed_on": None},
    )
    return network
