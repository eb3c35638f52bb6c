"""The living page: what there is to build pages with, each component with its name."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase

from maillage.web.components import examples
from maillage.web.ui.icons import ICONS


def page(request: HttpRequest) -> HttpResponseBase:
    """Show every component, to developers: while developing, or to the staff of the site."""
    if not settings.DEBUG and not getattr(request.user, "is_staff", False):
        raise Http404
    listing = examples.LISTING.read(request, examples.matching)
    nothing = replace(
        examples.LISTING, name="nothing", filters=None, search="", exports=False
    ).read(request, lambda _wanted: examples.no_rows())
    wrong = examples.ExampleForm({"hours": "douze", "contract": "", "day": "2026-04-07"})
    context = {
        "nothing": nothing,
        "form": examples.ExampleForm(auto_id="right_%s"),
        "wrong": wrong,
        "icons": sorted(ICONS),
        "colours": examples.COLOURS,
        "figures": examples.FIGURES,
        "agenda": examples.agenda(),
        "decisions": examples.decisions(),
        "bars": examples.BARS,
        "points": examples.POINTS,
        "towns": examples.TOWNS,
        "definitions": examples.definitions(),
        "trail": examples.trail(),
        "day": examples.DAY,
        "moment": examples.MOMENT,
    }
    return listing.respond("components/page.html", context)
