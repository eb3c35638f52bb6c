"""The list of firms, the same firms on a map, and names suggested while one types."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from maillage.foundation.networks.enums import Tier
from maillage.foundation.visibility.directory import directory_of
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.foundation.vocabularies.gazetteer import find_commune
from maillage.web.directory.doors import address_or_nothing
from maillage.web.directory.filters import matching
from maillage.web.directory.listing import (
    EXPORTED_PARTS,
    SHOWN_PARTS,
    caption,
    firms_of,
    first_step,
)
from maillage.web.directory.places import CommuneCount, by_commune
from maillage.web.directory.reading import WatchedRows, note_reads
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.gates import in_network
from maillage.web.ui.parts import MapPoint, Town

# Above this many firms a map is read by commune, and its list too.
MOST_POINTS = 60
TOWNS_NAMED = 8
POINT_KINDS = {Tier.CORE: "core", Tier.PERIPHERY: "peri"}


@require_safe
@in_network("see_directory")
def firms(request: NetworkRequest) -> HttpResponseBase:
    """List the firms of the network, with what the role in use sees of each."""
    acting = request.acting
    listing = firms_of(request.network.slug, exports=acting.can("export_directory"))

    def rows(wanted: dict[str, Any]) -> WatchedRows:
        return WatchedRows(matching(acting, wanted), acting, SHOWN_PARTS, EXPORTED_PARTS, "firms")

    may_import = acting.can("import_organisations")
    import_url = address_or_nothing("imports:new", request.network.slug) if may_import else ""
    page = listing.read(request, rows, empty=first_step(import_url))
    context = {
        "network": request.network,
        "animates": acting.can("edit_organisations"),
        "import_url": import_url,
    }
    return page.respond("directory/firms.html", context)


@require_safe
@in_network("see_directory")
def firms_map(request: NetworkRequest) -> HttpResponse:
    """Show the firms on a map, with the same filters; a list beside it gives the same places."""
    acting = request.acting
    listing = firms_of(request.network.slug, exports=False)
    page = listing.read(request, lambda wanted: matching(acting, wanted))
    directory = matching(acting, page.wanted)
    communes = by_commune(directory)
    total = sum(commune.total for commune in communes)
    firms = list(directory.slice(0, MOST_POINTS)) if total <= MOST_POINTS else []
    note_reads(acting, firms, parts={"address"}, page="map")
    context = {
        "network": request.network,
        "listing": page,
        "caption": caption(total),
        "firms": firms,
        "communes": _linked(request, communes) if not firms else [],
        "points": [_firm_point(seen) for seen in firms if _place(seen) is not None]
        if firms
        else _commune_points(communes),
        "towns": _towns(communes),
    }
    return render(request, "directory/map.html", context)


def _linked(request: NetworkRequest, communes: list[CommuneCount]) -> list[dict[str, Any]]:
    """Return the communes, each with the address of the list of its firms."""
    address = reverse("directory:firms", args=[request.network.slug])
    return [
        {
            "name": one.name,
            "total": one.total,
            "url": f"{address}?{urlencode({'commune': one.name})}",
        }
        for one in communes
        if one.name
    ]


def _place(seen: SeenOrganisation) -> tuple[float, float] | None:
    """Return where a firm stands: at its door where the viewer sees it, else at its commune."""
    if seen.latitude is not None and seen.longitude is not None:
        return seen.latitude, seen.longitude
    commune = find_commune(insee=seen.insee) if seen.insee else None
    return (commune.latitude, commune.longitude) if commune else None


def _firm_point(seen: SeenOrganisation) -> MapPoint:
    latitude, longitude = _place(seen) or (0.0, 0.0)
    kind = POINT_KINDS.get(Tier(seen.tier), "alone") if seen.tier in Tier.values else "alone"
    return MapPoint(latitude, longitude, f"{seen.name}, {seen.commune}", kind)


def _commune_points(communes: list[CommuneCount]) -> list[MapPoint]:
    found = ((one, find_commune(insee=one.insee)) for one in communes if one.insee)
    return [
        MapPoint(commune.latitude, commune.longitude, f"{one.name} – {caption(one.total)}")
        for one, commune in found
        if commune is not None
    ]


def _towns(communes: list[CommuneCount]) -> list[Town]:
    """Return the largest communes of the map, whose names help to read it."""
    found = (find_commune(insee=one.insee) for one in communes if one.insee)
    known = sorted(filter(None, found), key=lambda commune: -commune.population)
    return [
        Town(commune.name, commune.latitude, commune.longitude) for commune in known[:TOWNS_NAMED]
    ]


@require_safe
@in_network("see_directory")
def suggest(request: NetworkRequest) -> HttpResponse:
    """Suggest organisations whose name begins with, or contains, what is being typed.

    To htmx, options of a field; to anything else, JSON.
    """
    text = request.GET.get("q") or request.GET.get("target") or ""
    found = directory_of(request.acting).named(text[:160])
    if request.headers.get("HX-Request"):
        response = render(request, "directory/_suggestions.html", {"found": found})
    else:
        names = [
            {"id": str(seen.public_id), "name": seen.name, "commune": seen.commune}
            for seen in found
        ]
        response = JsonResponse({"results": names})
    response["Vary"] = "HX-Request"
    return response
