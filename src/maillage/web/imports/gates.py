"""Which imports somebody may look at."""

from uuid import UUID

from django.http import Http404

from maillage.foundation.organisations.imports.queries import import_in
from maillage.foundation.organisations.models import OrganisationImport
from maillage.web.ui.acting import NetworkRequest


def access_import(request: NetworkRequest, public_id: UUID) -> OrganisationImport:
    """Return an import made in the network of the address; 404 for any other."""
    source = import_in(request.network.public_id, public_id)
    if source is None:
        raise Http404
    return source
