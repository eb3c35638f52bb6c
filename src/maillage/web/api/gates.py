"""Who a program acts for, and the network that its address names.

The doors are those of the pages: a stranger to a network gets 404, somebody without the right 403;
whoever owes a second proof of identity or a signature on the pledge is sent to the site first.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django_scopes import scope
from ninja.errors import HttpError
from ninja.security import HttpBearer

from maillage.foundation.accounts.models import Person
from maillage.foundation.accounts.tokens import person_with
from maillage.web.ui.acting import ROLE_IN_USE, NetworkRequest, acting_of
from maillage.web.ui.frame import frame_of
from maillage.web.ui.identity import owes_second_proof


class ByToken(HttpBearer):
    """A program that sends a personal token: `Authorization: Bearer …`."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """Return who the program acts for."""
        person = person_with(token)
        if person is not None:
            request.user = person
        return person


@contextmanager
def inside(
    request: HttpRequest, slug: str, permission: str, module: str
) -> Iterator[NetworkRequest]:
    """Open the network that an address names, for somebody whose role there has `permission`."""
    anywhere = acting_of(request)
    here = None if anywhere is None else anywhere.in_network(slug, request.session.get(ROLE_IN_USE))
    if here is None or here.network is None:
        raise Http404
    network = here.network
    if owes_second_proof(here):
        raise HttpError(
            HTTPStatus.FORBIDDEN, _("This network asks for a second proof of identity: sign in.")
        )
    frame = frame_of(here)
    if frame.pledge_due:
        raise HttpError(
            HTTPStatus.FORBIDDEN, _("This network asks you to sign its pledge: sign in.")
        )
    if module not in frame.modules:
        raise Http404
    if not here.can(permission):
        raise PermissionDenied
    request.acting = here  # type: ignore[attr-defined]  # typed by NetworkRequest
    request.network = network  # type: ignore[attr-defined]  # same
    with scope(network=network, register=network.register):
        yield cast("NetworkRequest", request)
