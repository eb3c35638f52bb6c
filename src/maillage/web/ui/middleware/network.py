"""Opens the network that an address names, for people who hold a role in it.

Nobody else learns whether the network exists: a visitor is sent to sign in whatever the name, and
somebody without a role gets the same 404 as for a name that no network has. Somebody whose role
there has ended is told so. People who have not
signed the network's pledge, or who owe a second proof of identity, are led there first.
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_scopes import scope

from maillage.foundation.networks.history import had_role_in
from maillage.foundation.networks.models import Network
from maillage.web.ui.acting import ROLE_IN_USE, acting_of
from maillage.web.ui.errors import role_ended
from maillage.web.ui.frame import frame_of
from maillage.web.ui.identity import owes_second_proof

type Respond = Callable[[HttpRequest], HttpResponseBase]

NETWORK_ADDRESS = re.compile(r"^/n/(?P<slug>[-\w]+)/")


class NetworkScope:
    """Middleware: opens the scope of the network named in the address."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer inside the network, or as if it did not exist."""
        address = NETWORK_ADDRESS.match(request.path_info)
        if address is None:
            return self.get_response(request)
        anywhere = acting_of(request)
        if anywhere is None:
            return redirect_to_login(request.get_full_path())
        here = anywhere.in_network(address["slug"], request.session.get(ROLE_IN_USE))
        if here is None or here.network is None:
            ended = had_role_in(anywhere.person, address["slug"])
            refuse = role_ended if ended else unknown
            request.refuse = refuse  # type: ignore[attr-defined]  # read by `process_view`
            return self.get_response(request)
        network = here.network
        request.acting = here  # type: ignore[attr-defined]  # typed by NetworkRequest in views
        request.network = network  # type: ignore[attr-defined]  # same
        if owes_second_proof(here):
            return redirect("mfa_index")
        with scope(network=network, register=network.register):
            pledge = reverse("trust:pledge", args=[network.slug])
            request.frame = frame_of(here)  # type: ignore[attr-defined]  # read by the context
            if request.path_info != pledge and request.frame.pledge_due:  # type: ignore[attr-defined]
                return redirect(f"{pledge}?{urlencode({'next': request.get_full_path()})}")
            return _kept_open(self.get_response(request), network)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Answer, inside Django's error handling, for a network one holds no role in."""
        refuse = getattr(request, "refuse", None)
        return refuse(request) if refuse is not None else None


def unknown(_request: HttpRequest) -> HttpResponse:
    """Answer as for a name that no network has."""
    raise Http404


def _kept_open(response: HttpResponseBase, network: Network) -> HttpResponseBase:
    """Keep the scope open while a long answer is being sent."""
    if not isinstance(response, StreamingHttpResponse) or response.is_async:
        return response
    parts = iter(response.streaming_content)  # type: ignore[arg-type]  # not asynchronous

    def in_scope() -> Iterator[bytes]:
        while True:
            with scope(network=network, register=network.register):
                part = next(parts, None)
            if part is None:
                return
            yield part

    response.streaming_content = in_scope()
    return response
