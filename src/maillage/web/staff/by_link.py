"""Signing by a link, without an account: one person or one firm, once, from one browser.

A link that leads nowhere says so in one sentence, and nothing of anybody. Looking at a link writes
nothing: programs that read mails look at it too.
"""

from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope

from maillage.bricks.agreements.models import AgreementVersion, Signature, SigningLink
from maillage.bricks.agreements.signing import Signatory
from maillage.foundation.networks.models import Network
from maillage.foundation.networks.queries import roles_held
from maillage.run.employment.documents import Paper, paper_about, signed_so_far
from maillage.run.employment.signing import PATH, link_of, sign_with_link
from maillage.web.staff.reading import document_answer
from maillage.web.staff.sign_form import Signing, signing_page
from maillage.web.ui.signing import Door, closed, is_somebody_else, module_is_on

DOOR: Final = Door(cookie="maillage_document", path=PATH)
MODULE: Final = "employment"
LEDE: Final = gettext_lazy(
    "This link is for you alone, once. It stays with the device that opens it: open it on the one"
    " you will sign with."
)
NOWHERE: Final = gettext_lazy("This link leads nowhere. Check that it is whole.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, token: str) -> HttpResponseBase:
    """Open the link, read, sign; then show what was signed."""
    link = link_of(token)
    if link is None:
        return closed(request, str(NOWHERE))
    network = link.version.agreement.network
    with scope(network=network, register=network.register):
        paper = paper_about(link.version)
        why = _why_closed(request, link, network, paper)
        if why or paper is None:
            return closed(request, why)
        if link.used_at is not None:
            return _receipt(request, link, paper, token)
        if not DOOR.is_open_to(request, link):
            return DOOR.opened(request, link, token, str(LEDE))
        return _signing(request, link, paper, token)


@never_cache
@require_safe
def document(request: HttpRequest, token: str) -> HttpResponseBase:
    """Give the document, to the browser that opened the link."""
    link = link_of(token)
    if link is None:
        return closed(request, str(NOWHERE))
    network = link.version.agreement.network
    with scope(network=network, register=network.register):
        paper = paper_about(link.version)
        why = _why_closed(request, link, network, paper)
        if why or paper is None:
            return closed(request, why)
        if not DOOR.is_open_to(request, link):
            return redirect("staff:by-link", token)  # to be opened first
        return document_answer(link.version)


def _why_closed(
    request: HttpRequest, link: SigningLink, network: Network, paper: Paper | None
) -> str:
    """Return why a link opens nothing to whoever holds it, "" when it opens."""
    if not module_is_on(network, MODULE) or paper is None:
        return _("This document is signed no more.")
    if _is_not_theirs(request, link, network, paper):
        return _("This link is not yours: you are signed in as somebody else.")
    return DOOR.why_closed(request, link)


def _is_not_theirs(request: HttpRequest, link: SigningLink, network: Network, paper: Paper) -> bool:
    """Whether whoever signed in has another part in the network than the one who signs."""
    if link.organisation is not None:
        return is_somebody_else(request, link, network)
    user = request.user
    if not user.is_authenticated or paper.worker.person_id == user.pk:
        return False
    return any(role.network == network for role in roles_held(user))


def _signing(request: HttpRequest, link: SigningLink, paper: Paper, token: str) -> HttpResponseBase:
    current = signed_so_far(paper).version or link.version

    def keep(shown: AgreementVersion, signatory: Signatory, consent: str) -> Signature:
        return sign_with_link(
            link=link, paper=paper, version=shown, signatory=signatory, consent=consent
        )

    signing = Signing(
        paper=paper,
        party=paper.parties[1],
        version=current,
        name=paper.worker.name if link.organisation is None else "",
        document_url=reverse("staff:by-link-document", args=[token]),
        keep=keep,
    )
    context = {"network": paper.network}
    page = signing_page(request, signing, "staff/sign_by_link.html", context)
    return page if page is not None else redirect("staff:by-link", token)


def _receipt(request: HttpRequest, link: SigningLink, paper: Paper, token: str) -> HttpResponseBase:
    """Show what was signed by this link, to the browser that signed."""
    if request.method == "POST":
        return redirect("staff:by-link", token)
    signature = Signature.objects.filter(
        version=link.version, organisation=link.organisation, party_id=link.party_id
    ).first()
    context = {
        "network": paper.network,
        "paper": paper,
        "signature": signature,
        "document_url": reverse("staff:by-link-document", args=[token]),
    }
    return render(request, "staff/signed.html", context)
