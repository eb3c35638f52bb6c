"""Searching a network: its firms, as the role in use may know them, and its pages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.foundation.vocabularies.folding import plain
from maillage.web.desk.addresses import page_of
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.context import Entry
from maillage.web.ui.context import page_of as surroundings
from maillage.web.ui.gates import in_network

MOST = 20
LONGEST = 100


@require_safe
@in_network("see_directory")
def search(request: NetworkRequest) -> HttpResponse:
    """Find firms and pages by their words."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    firms = _firms(request, text) if text else []
    return render(
        request,
        "desk/search.html",
        {
            "network": request.network,
            "text": text,
            "firms": [(seen, _page(request, seen.public_id)) for seen in firms[:MOST]],
            "more": len(firms) > MOST,
            "all_url": page_of(request.network, "directory:firms"),
            "pages": _pages(request, text),
        },
    )


def _firms(request: NetworkRequest, text: str) -> list[SeenOrganisation]:
    """Return the firms of this name first, then those found by another word of their record."""
    directory = directory_of(request.acting)
    named = {seen.pk: seen for seen in directory.named(text, MOST + 1)}
    if len(named) <= MOST:
        for seen in directory.filtered(q=text).slice(0, MOST + 1):
            named.setdefault(seen.pk, seen)
    return list(named.values())


def _page(request: NetworkRequest, public_id: object) -> str:
    return page_of(request.network, "directory:organisation", public_id)


def _pages(request: NetworkRequest, text: str) -> list[Entry]:
    wanted = plain(text)
    if not wanted:
        return []
    around = surroundings(request, request.acting)
    entries = [entry for phase in around.phases for entry in phase.modules] + list(around.entries)
    return [entry for entry in entries if wanted in plain(entry.label)]
