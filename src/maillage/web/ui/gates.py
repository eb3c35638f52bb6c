"""The doors of the site: every view of somebody's data stands behind one.

A stranger to a network, or to a record, gets 404, as for a thing that does not exist; somebody who
may know of it without having the right gets 403.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.actions.attempts import note_refused_look
from maillage.foundation.visibility.directory import Directory, directory_of
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.web.ui.acting import ActingRequest, NetworkRequest, acting_of
from maillage.web.ui.context import module_of
from maillage.web.ui.frame import modules_on


def signed_in[**P](
    view: Callable[Concatenate[ActingRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let people in who signed in; send the others to sign in and back."""

    @wraps(view)
    def gate(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if acting_of(request) is None:
            return redirect_to_login(request.get_full_path())
        return view(cast("ActingRequest", request), *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", gate)


def in_network(
    permission: str = "see_network", *, hidden: bool = False
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Let people in whose role in the network of the address has `permission`; 403 to others.

    A `hidden` page is not known of by those who may not open it: 404.
    The pages of a module are those whose address begins as its entry in the navigation does; while
    the module is off they do not exist, for anybody.
    The view takes `(request: NetworkRequest, ...)` without the `network` argument of its address:
    the network is `request.network`.
    """

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def gate(request: HttpRequest, network: str, **kwargs: Any) -> HttpResponseBase:
            if acting_of(request) is None:
                return redirect_to_login(request.get_full_path())
            inside = cast("NetworkRequest", request)
            if getattr(request, "network", None) is None or inside.network.slug != network:
                raise Http404
            module = module_of(request.path, inside.network)
            if module and module not in modules_on(inside):
                raise Http404
            if not inside.acting.can(permission):
                if hidden:
                    raise Http404
                raise PermissionDenied
            return view(inside, **kwargs)

        gate.permission = permission  # type: ignore[attr-defined]  # read by the permission table
        return gate

    return decorate


def access_organisation(request: NetworkRequest, public_id: UUID) -> SeenOrganisation:
    """Return an organisation as the role in use sees it; 404 when it may not know of it."""
    return access_in(directory_of(request.acting), request, public_id)


def access_in(directory: Directory, request: NetworkRequest, public_id: UUID) -> SeenOrganisation:
    """Return an organisation from a directory that is open already; 404 when it is not there.

    The owner of a hidden one reads that somebody tried; whoever tried learns nothing.
    """
    seen = directory.one(public_id)
    if seen is None:
        page = request.resolver_match.view_name if request.resolver_match else ""
        note_refused_look(acting=request.acting, public_id=public_id, page=page)
        raise Http404
    return seen


def access_own_record(request: NetworkRequest, public_id: UUID) -> Organisation:
    """Return an organisation that the role in use may change.

    Its own people may, and whoever edits organisations in the network; somebody who may only see
    it gets 403, anybody else 404.
    """
    seen = access_organisation(request, public_id)
    if not may_edit(request.acting, seen):
        raise PermissionDenied
    return Organisation.objects.get(public_id=public_id)


def may_edit(acting: Acting, seen: SeenOrganisation) -> bool:
    """Whether the role in use may change this organisation."""
    own = acting.firm is not None and acting.firm.public_id == seen.public_id
    return acting.can("edit_organisations") or (own and acting.can("edit_own_firm"))
