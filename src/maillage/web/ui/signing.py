"""The door of a link to sign: one browser opens it, once; a link that leads nowhere says so.

Looking at a link writes nothing: programs that read mails look at it too.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from maillage.bricks.agreements.enums import LinkState
from maillage.bricks.agreements.links import VALID_DAYS, is_reader, open_link, state_of
from maillage.bricks.agreements.models import SigningLink
from maillage.foundation.networks.models import Network, NetworkModule
from maillage.foundation.networks.queries import roles_held

WHY_CLOSED: Final = {
    LinkState.USED: gettext_lazy("This link has been used: it signs once."),
    LinkState.VOID: gettext_lazy(
        "This link is no longer needed: another replaced it, or it is done."
    ),
    LinkState.EXPIRED: gettext_lazy("This link is past its last day."),
    LinkState.ELSEWHERE: gettext_lazy(
        "This link has been opened on another device: it signs from there only."
    ),
}


@dataclass(frozen=True, slots=True)
class Door:
    """The links of one area: the cookie of whoever opened one, and the path of its pages."""

    cookie: str
    path: str

    def reader(self, request: HttpRequest) -> str:
        """Return the secret of the browser, "" when it opened no link here."""
        return request.COOKIES.get(self.cookie, "")

    def is_open_to(self, request: HttpRequest, link: SigningLink) -> bool:
        """Whether the browser is the one that opened the link."""
        return is_reader(link, self.reader(request))

    def why_closed(self, request: HttpRequest, link: SigningLink) -> str:
        """Return why a link opens nothing to whoever holds it, "" when it opens.

        To the browser that signed, a used link still shows what was signed.
        """
        state = state_of(link, self.reader(request))
        if state == LinkState.USED and self.is_open_to(request, link):
            return ""
        return str(WHY_CLOSED.get(state, ""))

    def opened(
        self, request: HttpRequest, link: SigningLink, token: str, lede: str
    ) -> HttpResponseBase:
        """Say what waits behind the link; one button gives it to this browser."""
        if request.method != "POST":
            context = {"network": link.version.agreement.network, "lede": lede}
            return render(request, "ui/signing_link.html", context)
        secret = open_link(link=link)
        path = f"{self.path}{token}/"
        page = redirect(path)
        if secret is not None:
            page.set_cookie(
                self.cookie,
                secret,
                max_age=VALID_DAYS * 24 * 60 * 60,
                path=path,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return page


def closed(request: HttpRequest, sentence: str) -> HttpResponse:
    """Say in one sentence why a link opens nothing, and nothing else."""
    context = {"sentence": sentence}
    return render(request, "ui/signing_closed.html", context, status=HTTPStatus.GONE)


def module_is_on(network: Network, key: str) -> bool:
    """Whether the pages of a module exist in a network that is not closed."""
    on = NetworkModule.objects.filter(network=network, key=key).exists()
    return on and network.closed_on is None


def is_somebody_else(request: HttpRequest, link: SigningLink, network: Network) -> bool:
    """Whether whoever signed in has a role in the network, and none in the firm of the link."""
    if not request.user.is_authenticated:
        return False
    held = [role for role in roles_held(request.user) if role.network == network]
    own = any(role.in_firm and role.organisation == link.organisation for role in held)
    return bool(held) and not own
