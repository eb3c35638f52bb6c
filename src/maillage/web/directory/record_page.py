"""What the page of an organisation shows: only the parts that the viewer sees."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.bricks.links.enums import LinkKind
from maillage.bricks.links.models import Link
from maillage.bricks.links.queries import links_of
from maillage.foundation.networks.acting import Acting
from maillage.foundation.organisations.enums import RoleKind
from maillage.foundation.organisations.models import DigitalReadiness, Organisation, Role
from maillage.foundation.organisations.queries import state_of_play
from maillage.foundation.visibility.directory import Directory, directory_of
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.web.directory import wording
from maillage.web.directory.doors import doors
from maillage.web.directory.reading import note_reads
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.formats import nice_date, number, phone, siren, siret
from maillage.web.ui.gates import access_in, may_edit

type Line = tuple[str, object, str] | tuple[str, object]


@dataclass(frozen=True, slots=True)
class SeenLink:
    """A link as the page of one of its ends tells it: what this one is to the other."""

    link: Link
    says: str
    other: Organisation


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to contact, and by which channels."""

    role: Role
    says: str
    channels: str


def level_of(seen: SeenOrganisation, part: str) -> str:
    """Return how far a part is seen, "" for those who only look."""
    return wording.LEVEL_NAMES[seen.levels[part]] if part in seen.levels else ""


def facts(seen: SeenOrganisation) -> list[Line]:
    """Return what an organisation is and does, line by line; what is hidden has no line."""
    lines: list[tuple[str, str, object]] = [
        ("presence", _("What it is"), wording.kind_of(seen)),
        ("presence", _("Commune"), seen.commune),
        ("activity", _("Activity"), wording.activity_of(seen)),
        ("size", _("Size"), wording.size_of(seen)),
        ("size", _("Employees"), None if seen.headcount is None else number(seen.headcount)),
        ("identifiers", _("Legal form"), seen.legal_form),
        ("identifiers", _("SIREN"), siren(seen.siren or "")),
        ("identifiers", _("SIRET"), siret(seen.siret or "")),
        ("agreement", _("Collective agreement"), wording.agreement_of(seen)),
    ]
    return [(label, value, level_of(seen, part)) for part, label, value in lines if seen.sees(part)]


def contacts(seen: SeenOrganisation) -> list[Line]:
    """Return how to reach an organisation, line by line; what is hidden has no line."""
    lines: list[tuple[str, str, object]] = [
        ("address", _("Address"), _address(seen)),
        ("contact", _("Telephone"), _phone(seen)),
        ("contact", _("E-mail address"), _mail(seen)),
        ("presentation", _("Web site"), _website(seen)),
    ]
    return [(label, value, level_of(seen, part)) for part, label, value in lines if seen.sees(part)]


def _address(seen: SeenOrganisation) -> str:
    town = " ".join(filter(None, (seen.postcode, seen.commune)))
    return ", ".join(filter(None, (seen.address, town)))


def _phone(seen: SeenOrganisation) -> object:
    if not seen.phone:
        return ""
    return format_html('<a href="tel:{}">{}</a>', "".join(seen.phone.split()), phone(seen.phone))


def _mail(seen: SeenOrganisation) -> object:
    return format_html('<a href="mailto:{0}">{0}</a>', seen.email) if seen.email else ""


def _website(seen: SeenOrganisation) -> object:
    if not seen.website:
        return ""
    return format_html('<a href="{0}" rel="nofollow noopener">{0}</a>', seen.website)


def people(directory: Directory, seen: SeenOrganisation) -> list[Person]:
    """Return the people to contact, where the viewer sees them."""
    kinds = list(RoleKind.values)
    return [
        Person(
            role=role,
            says=role.title or str(role.get_kind_display()),
            channels=wording.channels_of(role.channels),
        )
        for role in sorted(
            directory.people(seen), key=lambda role: (kinds.index(role.kind), role.name)
        )
    ]


def links(acting: Acting, directory: Directory, seen: SeenOrganisation) -> list[SeenLink]:
    """Return the links with organisations that the viewer may know of, where links are seen.

    Telling a link tells something of both ends: unless one of them is the viewer's own, both must
    show their links to the viewer.
    """
    if not seen.sees("links"):
        return []
    rows = list(links_of(seen.pk, localdate(), among=directory.ids()))
    if seen.own or acting.can("see_private"):
        return [_told(row, seen) for row in rows]
    others = directory.several([_other(row, seen).pk for row in rows]) if rows else {}
    open_ones = {pk for pk, other in others.items() if other.sees("links")}
    return [_told(row, seen) for row in rows if _other(row, seen).pk in open_ones]


def _other(link: Link, seen: SeenOrganisation) -> Organisation:
    return link.target if link.source_id == seen.pk else link.source


def _told(link: Link, seen: SeenOrganisation) -> SeenLink:
    outgoing = link.source_id == seen.pk
    return SeenLink(link, _says(link, outgoing=outgoing), _other(link, seen))


def _says(link: Link, *, outgoing: bool) -> str:
    """Return what this end of a link is to the other one."""
    if outgoing:
        return str(LinkKind(link.kind).label)
    return str(
        {
            LinkKind.CUSTOMER: _("has as a customer"),
            LinkKind.SUPPLIER: _("has as a supplier"),
            LinkKind.SUBCONTRACTOR: _("has as a subcontractor"),
            LinkKind.MEMBER: _("has as a member"),
            LinkKind.TUTOR: _("has as a tutor"),
            LinkKind.SPONSOR: _("is sponsored by"),
            LinkKind.ADVISES: _("is advised by"),
        }.get(LinkKind(link.kind), LinkKind(link.kind).label)
    )


def access_record(request: NetworkRequest, public_id: UUID) -> dict[str, Any]:
    """Return everything that the page of an organisation shows; notes what was protected in it.

    404 when the role in use may not know of it. The directory is opened once for the whole page.
    """
    acting = request.acting
    directory = directory_of(acting)
    seen = access_in(directory, request, public_id)
    note_reads(acting, [seen], parts=seen.parts, page="organisation")
    editable = may_edit(acting, seen)
    return {
        "seen": seen,
        "network": request.network,
        "editable": editable,
        "animates": acting.can("edit_organisations"),
        "can_link": acting.can("see_directory"),
        "facts": facts(seen),
        "contacts": contacts(seen),
        "offers": [line for line in (seen.offers or "").splitlines() if line.strip()],
        "place": wording.standing_of(seen),
        "since": _since(seen),
        "sites": directory.sites(seen),
        "people": people(directory, seen),
        "links": links(acting, directory, seen),
        **_state_of_play(seen),
        "levels": {part: level_of(seen, part) for part in seen.parts},
        "doors": doors(request, seen),
    }


def _state_of_play(seen: SeenOrganisation) -> dict[str, Any]:
    """Return what it has on a screen and the territories it serves, where the viewer sees them."""
    wanted = [part for part in ("readiness", "presentation") if seen.sees(part)]
    noted, served = state_of_play(seen.pk) if wanted else (None, [])
    return {
        "readiness": _readiness(noted) if noted and "readiness" in wanted else [],
        "served": served if "presentation" in wanted else [],
    }


def _readiness(noted: DigitalReadiness) -> list[Line]:
    people = noted.trained_people
    return [
        (_("Equipment"), noted.get_equipment_display()),
        (_("Connection"), noted.get_connection_display()),
        (
            _("At ease with it"),
            ngettext("%(count)s person", "%(count)s people", people) % {"count": number(people)},
        ),
        (_("Noted on"), nice_date(noted.noted_on, "year")),
    ]


def _since(seen: SeenOrganisation) -> str:
    if seen.listed_on is None:
        return ""
    return _("In the directory since %(day)s.") % {"day": nice_date(seen.listed_on, "year")}  # type: ignore[arg-type]  # a date
