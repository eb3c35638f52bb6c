"""Signing by a link, without an account: one firm, once, from the browser that opened it.

A link that leads nowhere says so in one sentence, and nothing of any firm. Looking at a link writes
nothing: programs that read mails look at it too.
"""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from maillage.bricks.agreements.links import found
from maillage.bricks.agreements.models import AgreementVersion, SigningLink
from maillage.bricks.agreements.queries import firm_of
from maillage.bricks.agreements.signing import Signatory, sign_by_link
from maillage.foundation.networks.models import Network
from maillage.launch.charter.queries import CHARTER, charter_of, signature_of
from maillage.launch.charter.sending import PATH
from maillage.web.charter.reading import access_version, document_answer, text_of
from maillage.web.charter.signature_form import Signing, signing_page
from maillage.web.ui.signing import Door, closed, is_somebody_else, module_is_on

DOOR: Final = Door(cookie="maillage_charter", path=PATH)
MODULE: Final = "charter"
LEDE: Final = gettext_lazy(
    "This link is for one firm, once. It stays with the device that opens it: open it on the one"
    " you will sign with."
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, token: str) -> HttpResponseBase:
    """Open the link, read, sign; then show what was signed."""
    link = found(token, CHARTER)
    if link is None:
        return closed(request, _("This link leads nowhere. Check that it is whole."))
    network = link.version.agreement.network
    with scope(network=network, register=network.register):
        why = _why_closed(request, link, network)
        if why:
            return closed(request, why)
        if link.used_at is not None:
            return _receipt(request, link, network, token)
        if not DOOR.is_open_to(request, link):
            return DOOR.opened(request, link, token, str(LEDE))
        return _signing(request, link, network, token)


@never_cache
@require_safe
def document(request: HttpRequest, token: str, rank: int) -> HttpResponseBase:
    """Give the document, to the browser that opened the link."""
    link = found(token, CHARTER)
    if link is None:
        return closed(request, _("This link leads nowhere. Check that it is whole."))
    network = link.version.agreement.network
    with scope(network=network, register=network.register):
        why = _why_closed(request, link, network)
        if why:
            return closed(request, why)
        if not DOOR.is_open_to(request, link):
            return redirect("charter:by-link", token)  # to be opened first
        return document_answer(access_version(network, rank))


def _why_closed(request: HttpRequest, link: SigningLink, network: Network) -> str:
    """Return why a link opens nothing to whoever holds it, "" when it opens."""
    if not module_is_on(network, MODULE):
        return _("This charter is signed no more.")
    if is_somebody_else(request, link, network):
        return _("This link is not yours: you are signed in for somebody else than its firm.")
    return DOOR.why_closed(request, link)


def _signing(
    request: HttpRequest, link: SigningLink, network: Network, token: str
) -> HttpResponseBase:
    current = charter_of(network) or link.version

    def keep(shown: AgreementVersion, signatory: Signatory, consent: str) -> None:
        sign_by_link(link=link, version=shown, signatory=signatory, consent=consent)

    signing = Signing(
        version=current,
        firm=firm_of(link).name,
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
    signature = signature_of(network, firm_of(link))
    if signature is None:
        raise Http404
    version = access_version(network, signature.version.number)
    context = {
        "network": network,
        "signature": signature,
        "text": text_of(version),
        "firm": firm_of(link).name,
        "document_url": reverse("charter:by-link-document", args=[token, version.number]),
    }
    return render(request, "charter/signed.html", context)
