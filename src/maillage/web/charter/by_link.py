"""Signing by a link, without an account: one firm, once, from the browser that opened it.

A link that leads nowhere says so in one sentence, and nothing of any firm. Looking at a link writes
nothing: programs that read mails look at it too.
"""

from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from maillage.bricks.agreements.enums import LinkState
from maillage.bricks.agreements.links import VALID_DAYS, found, is_reader, open_link, state_of
from maillage.bricks.agreements.models import AgreementVersion, SigningLink
from maillage.bricks.agreements.signing import Signatory, sign_by_link
from maillage.foundation.networks.models import Network, NetworkModule
from maillage.foundation.networks.queries import roles_held
from maillage.launch.charter.queries import charter_of, signature_of
from maillage.launch.charter.sending import link_path
from maillage.web.charter.reading import access_version, document_answer, text_of
from maillage.web.charter.signature_form import Signing, signing_page

READER: Final = "maillage_charter"
MODULE: Final = "charter"
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


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, token: str) -> HttpResponseBase:
    """Open the link, read, sign; then show what was signed."""
    link = found(token)
    if link is None:
        return _closed(request, _("This link leads nowhere. Check that it is whole."))
    network = link.version.agreement.network
    with scope(network=network, register=network.register):
        why = _why_closed(request, link, network)
        if why:
            return _closed(request, why)
        if link.used_at is not None:
            return _receipt(request, link, network, token)
        if not is_reader(link, _reader(request)):
            return _opened(request, link, token)
        return _signing(request, link, network, token)


@never_cache
@require_safe
def document(request: HttpRequest, token: str, rank: int) -> HttpResponseBase:
    """Give the document, to the browser that opened the link."""
    link = found(token)
    if link is None:
        return _closed(request, _("This link leads nowhere. Check that it is whole."))
    network = link.version.agreement.network
    with scope(network=network, register=network.register):
        why = _why_closed(request, link, network)
        if why:
            return _closed(request, why)
        if not is_reader(link, _reader(request)):
            return redirect("charter:by-link", token)  # to be opened first
        return document_answer(access_version(network, rank))


def _why_closed(request: HttpRequest, link: SigningLink, network: Network) -> str:
    """Return why a link opens nothing to whoever holds it, "" when it opens."""
    reader = _reader(request)
    if network.closed_on is not None or not _module_is_on(network):
        return _("This charter is signed no more.")
    if _is_somebody_else(request, link, network):
        return _("This link is not yours: you are signed in for somebody else than its firm.")
    state = state_of(link, reader)
    if state == LinkState.USED and is_reader(link, reader):
        return ""  # to whoever signed, what was signed is shown
    return str(WHY_CLOSED.get(state, ""))


def _module_is_on(network: Network) -> bool:
    return NetworkModule.objects.filter(network=network, key=MODULE).exists()


def _is_somebody_else(request: HttpRequest, link: SigningLink, network: Network) -> bool:
    """Whether whoever signed in has a role in the network, and none in the firm of the link."""
    if not request.user.is_authenticated:
        return False
    held = [role for role in roles_held(request.user) if role.network == network]
    own = any(role.in_firm and role.organisation == link.organisation for role in held)
    return bool(held) and not own


def _opened(request: HttpRequest, link: SigningLink, token: str) -> HttpResponseBase:
    """Say what waits behind the link; one button gives it to this browser."""
    if request.method != "POST":
        return render(request, "charter/link.html", {"network": link.version.agreement.network})
    secret = open_link(link=link)
    page = redirect("charter:by-link", token)
    if secret is not None:
        page.set_cookie(
            READER,
            secret,
            max_age=VALID_DAYS * 24 * 60 * 60,
            path=link_path(token),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return page


def _signing(
    request: HttpRequest, link: SigningLink, network: Network, token: str
) -> HttpResponseBase:
    current = charter_of(network) or link.version

    def keep(shown: AgreementVersion, signatory: Signatory, consent: str) -> None:
        sign_by_link(link=link, version=shown, signatory=signatory, consent=consent)

    signing = Signing(
        version=current,
        firm=link.organisation.name,
        name="",
        document_url=lambda rank: reverse("charter:by-link-document", args=[token, rank]),
        keep=keep,
    )
    page = signing_page(request, signing, "charter/sign_by_link.html", {"network": network})
    return page if page is not None else redirect("charter:by-link", token)


def _receipt(
    request: HttpRequest, link: SigningLink, network: Network, token: str
) -> HttpResponseBase:
    """Show what was signed by this link, to the browser that signed."""
    if request.method == "POST":
        return redirect("charter:by-link", token)
    signature = signature_of(network, link.organisation)
    if signature is None:
        raise Http404
    version = access_version(network, signature.version.number)
    context = {
        "network": network,
        "signature": signature,
        "text": text_of(version),
        "firm": link.organisation.name,
        "document_url": reverse("charter:by-link-document", args=[token, version.number]),
    }
    return render(request, "charter/signed.html", context)


def _reader(request: HttpRequest) -> str:
    return request.COOKIES.get(READER, "")


def _closed(request: HttpRequest, sentence: str) -> HttpResponse:
    context = {"sentence": sentence}
    return render(request, "charter/closed.html", context, status=HTTPStatus.GONE)
