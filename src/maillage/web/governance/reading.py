"""What the pages of the network read: members as the viewer may know them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from maillage.foundation.networks.models import Membership
from maillage.foundation.networks.refusals import NetworkError
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.directory import Directory, directory_of
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.foundation.vocabularies.folding import plain
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import access_organisation

SUGGESTED = 6
MOST_BODIES = 500
WITH_PLACE = re.compile(r"^(?P<name>.+?)\s*\((?P<commune>[^()]+)\)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A membership, and its organisation as the viewer sees it."""

    seen: SeenOrganisation
    membership: Membership


def access_place(request: NetworkRequest, public_id: UUID) -> Place:
    """Return the place of an organisation in the network; 404 when the viewer may not know it."""
    seen = access_organisation(request, public_id)
    membership = (
        Membership.objects.filter(network=request.network, organisation=seen.pk)
        .select_related("organisation")
        .first()
    )
    if membership is None:
        raise Http404
    return Place(seen, membership)


def seen_by(request: NetworkRequest, pks: Iterable[int | None]) -> Mapping[int, SeenOrganisation]:
    """Return the organisations the viewer may know of among some row numbers."""
    wanted = sorted({pk for pk in pks if pk is not None})
    return directory_of(request.acting).several(wanted) if wanted else {}


def bodies_known(request: NetworkRequest) -> list[SeenOrganisation]:
    """Return the outside bodies of the directory that the viewer may know of."""
    directory = directory_of(request.acting)
    with_family = replace(directory, rows=directory.rows.exclude(family=""))
    return list(with_family.slice(0, MOST_BODIES))


def as_choices(bodies: Iterable[SeenOrganisation]) -> list[tuple[str, str]]:
    """Return bodies as a form offers them: the public id, and the name with its commune."""
    return [
        (str(seen.public_id), f"{seen.name}, {seen.commune or ''}".strip(", ")) for seen in bodies
    ]


def organisation_called(request: NetworkRequest, text: str, field: str) -> Organisation | None:
    """Return the organisation of the directory that a typed name means, None for no name.

    Raises NetworkError, beside `field`, when the viewer knows of none, or of several.
    """
    if not text.strip():
        return None
    directory = directory_of(request.acting)
    found = _candidates(directory, text)
    if not found:
        raise NetworkError(
            _("Nobody in the directory is called “%(name)s”: check the spelling.")
            % {"name": text.strip()},
            field,
        )
    if len(found) > 1:
        names = ", ".join(_with_place(one) for one in found[:SUGGESTED])
        raise NetworkError(
            _("Which one? %(names)s. Copy the whole name.") % {"names": names}, field
        )
    return Organisation.objects.get(pk=found[0].pk)


def _candidates(directory: Directory, text: str) -> list[SeenOrganisation]:
    found = list(directory.named(text, SUGGESTED + 1))
    exact = [one for one in found if plain(one.name) == plain(text.strip())]
    if exact or found:
        return exact or found
    parts = WITH_PLACE.match(text.strip())
    if parts is None:
        return []
    return [
        one
        for one in directory.named(parts["name"], SUGGESTED + 1)
        if plain(one.commune or "") == plain(parts["commune"])
    ]


def _with_place(seen: SeenOrganisation) -> str:
    return f"{seen.name} ({seen.commune})" if seen.commune else seen.name
