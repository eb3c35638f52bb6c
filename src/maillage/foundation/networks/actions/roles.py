"""Who does what in the network, from a day to a day; there is always an animator."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.actions.guarding import locked, network_where, trail
from maillage.foundation.networks.actions.telling import tell
from maillage.foundation.networks.enums import NetworkRoleKind
from maillage.foundation.networks.models import Network, NetworkRole
from maillage.foundation.networks.refusals import RoleError
from maillage.foundation.organisations.models import Organisation

AHEAD = timedelta(days=366)


@transaction.atomic
def give_role(
    *,
    acting: Acting,
    person: Person,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    organisation: Organisation | None = None,
) -> NetworkRole:
    """Give a person a role in the network, from a day on; `organisation` sends them, if any."""
    network = locked(network_where(acting, "manage_roles"))
    if kind not in NetworkRoleKind.values:
        raise RoleError(_("Choose a role."), "kind")
    if starts_on > localdate() + AHEAD:
        raise RoleError(_("Choose a day within a year."), "starts_on")
    if ends_on is not None and ends_on < starts_on:
        raise RoleError(_("The last day comes before the first."), "ends_on")
    _refuse_twice(network, person, kind, starts_on, ends_on)
    role = NetworkRole.objects.create(
        network=network,
        person=person,
        organisation=organisation,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    trail(acting, "give_role", role, after=_as_values(role))
    tell(
        acting,
        person,
        lambda: (
            _("%(network)s: you have a new role, %(role)s")
            % {"network": network.name, "role": role.get_kind_display().lower()}
        ),
    )
    return role


@transaction.atomic
def end_role(*, acting: Acting, role: NetworkRole, last_day: date) -> NetworkRole:
    """End a role after its last day; the last animator stays until there is another one."""
    network = locked(network_where(acting, "manage_roles"))
    role = NetworkRole.objects.select_related("person").get(pk=role.pk, network=network)
    if last_day < role.starts_on:
        raise RoleError(
            _("This role begins on %(day)s: choose that day or a later one.")
            % {"day": date_format(role.starts_on)},
            "last_day",
        )
    if role.ends_on is not None and role.ends_on < localdate():
        raise RoleError(
            _("This role ended on %(day)s already.") % {"day": date_format(role.ends_on)}
        )
    _keep_an_animator(network, role, last_day)
    before = _as_values(role)
    role.ends_on = last_day
    role.save(update_fields=["ends_on"])
    trail(acting, "end_role", role, before=before, after=_as_values(role))
    tell(
        acting,
        role.person,
        lambda: (
            _("%(network)s: your role ends on %(day)s, %(role)s")
            % {
                "network": network.name,
                "day": date_format(last_day),
                "role": role.get_kind_display().lower(),
            }
        ),
    )
    return role


@transaction.atomic
def keep_role(*, acting: Acting, role: NetworkRole) -> NetworkRole:
    """Take the end of a role back: it goes on without a last day."""
    network = locked(network_where(acting, "manage_roles"))
    role = NetworkRole.objects.select_related("person").get(pk=role.pk, network=network)
    _refuse_twice(network, role.person, role.kind, role.starts_on, None, but=role)
    before = _as_values(role)
    role.ends_on = None
    role.save(update_fields=["ends_on"])
    trail(acting, "keep_role", role, before=before, after=_as_values(role))
    return role


@transaction.atomic
def take_role_back(*, acting: Acting, role: NetworkRole) -> None:
    """Erase a role on the day it begins, or before: it was given by mistake."""
    network = locked(network_where(acting, "manage_roles"))
    role = NetworkRole.objects.get(pk=role.pk, network=network)
    if role.starts_on < localdate():
        raise RoleError(_("This role has begun: end it instead."))
    _keep_an_animator(network, role, role.starts_on - timedelta(days=1))
    trail(acting, "take_role_back", role, before=_as_values(role))
    role.delete()


def _keep_an_animator(network: Network, role: NetworkRole, last_day: date) -> None:
    """Refuse to end the only animator's role that has no end: nobody would come after."""
    if role.kind != NetworkRoleKind.ANIMATOR or role.ends_on is not None:
        return
    after = (
        NetworkRole.objects.filter(
            network=network,
            kind=NetworkRoleKind.ANIMATOR,
            ends_on=None,
            starts_on__lte=last_day + timedelta(days=1),
            person__is_active=True,
        )
        .exclude(pk=role.pk)
        .exists()
    )
    if not after:
        raise RoleError(
            _("The network would have no animator any more: give this role to somebody else first.")
        )


def _refuse_twice(
    network: Network,
    person: Person,
    kind: str,
    starts_on: date,
    ends_on: date | None,
    but: NetworkRole | None = None,
) -> None:
    held = NetworkRole.objects.filter(network=network, person=person, kind=kind).exclude(
        ends_on__lt=starts_on
    )
    if ends_on is not None:
        held = held.filter(starts_on__lte=ends_on)
    if but is not None:
        held = held.exclude(pk=but.pk)
    if held.exists():
        raise RoleError(_("%(person)s already has this role then.") % {"person": person}, "kind")


def _as_values(role: NetworkRole) -> dict[str, str | None]:
    return {
        "person": str(role.person.public_id),
        "kind": role.kind,
        "starts_on": role.starts_on.isoformat(),
        "ends_on": role.ends_on.isoformat() if role.ends_on else None,
    }
