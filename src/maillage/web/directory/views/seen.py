"""What others see of one's own firm, read by the same code that shows it to them."""

from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.foundation.organisations.models import Organisation
from maillage.foundation.visibility.directory import Directory, directory_at, public_directory
from maillage.foundation.visibility.enums import Level
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.launch.needs.models import Need
from maillage.launch.needs.queries import needs_seen_at
from maillage.web.directory.record_page import Line, Person, contacts, facts, people
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.frame import modules_on
from maillage.web.ui.gates import in_network


@dataclass(frozen=True, slots=True)
class Preview:
    """A firm as one kind of viewer sees it; `seen` is None when it does not exist for them."""

    key: str
    who: str
    seen: SeenOrganisation | None
    facts: list[Line]
    reach: list[Line]
    people: list[Person]
    needs: list[Need]


@require_safe
@in_network("see_own_firm")
def seen(request: NetworkRequest) -> HttpResponse:
    """Show one's own firm as a competitor, a member, a firm introduced and the public see it."""
    firm = request.acting.firm
    if firm is None:
        raise Http404
    network = request.network
    needs = list(needs_seen_at(firm, Level.MATCHED)) if "needs" in modules_on(request) else []
    viewers = (
        ("competitor", _("A competitor"), directory_at(network, Level.PUBLIC), Level.PUBLIC),
        ("member", _("Another member"), directory_at(network, Level.NETWORK), Level.NETWORK),
        (
            "introduced",
            _("A firm you were introduced to"),
            directory_at(network, Level.MATCHED),
            Level.MATCHED,
        ),
        ("public", _("Anybody, on the public pages"), public_directory(network), Level.PUBLIC),
    )
    previews = [
        _preview(firm, key, who, directory, _shown_at(level, needs))
        for key, who, directory, level in viewers
    ]
    context = {"network": network, "firm": firm, "previews": previews}
    return render(request, "directory/seen.html", context)


def _shown_at(level: Level, needs: list[Need]) -> list[Need]:
    """Return the needs seen from a distance: neither a competitor nor the public sees any."""
    return [need for need in needs if need.level >= level] if level < Level.PUBLIC else []


def _preview(
    firm: Organisation, key: str, who: str, directory: Directory, needs: list[Need]
) -> Preview:
    found = directory.one(firm.public_id)
    if found is None:
        return Preview(key, who, None, [], [], [], [])
    found = replace(found, levels={})  # those who look do not read who else does
    return Preview(
        key=key,
        who=who,
        seen=found,
        facts=facts(found),
        reach=contacts(found),
        people=people(directory, found),
        needs=needs,
    )
