"""The request of somebody who signed in, as views see it."""

from typing import cast

from django.http import HttpRequest

from maillage.foundation.accounts.models import Person
from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import roles_held

ROLE_IN_USE = "role"


class ActingRequest(HttpRequest):
    """A request of somebody who signed in."""

    user: Person
    acting: Acting


class NetworkRequest(ActingRequest):
    """A request inside a network, by somebody who holds a role there."""

    network: Network


def acting_of(request: HttpRequest) -> Acting | None:
    """Return who acts, None when nobody signed in; worked out once per request."""
    if not request.user.is_authenticated:
        return None
    known = getattr(request, "acting", None)
    if known is None:
        person = request.user
        roles = roles_held(person)
        preferred = request.session.get(ROLE_IN_USE)
        role = next((one for one in roles if str(one.public_id) == preferred), None)
        known = Acting(person, roles, role or (roles[0] if roles else None))
        request.acting = known  # type: ignore[attr-defined]  # typed by ActingRequest in views
    return cast("Acting", known)
