"""Where the page of an organisation leads in the other areas, for those who may go there."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from maillage.foundation.networks.acting import Acting
from maillage.foundation.networks.enums import Tier
from maillage.foundation.visibility.queries import may_be_introduced
from maillage.foundation.visibility.seen import SeenOrganisation
from maillage.web.ui.acting import NetworkRequest
from maillage.web.ui.frame import modules_on
from maillage.web.ui.gates import may_edit


@dataclass(frozen=True, slots=True)
class Door:
    """A link to another area."""

    label: str
    url: str
    icon: str


def doors(request: NetworkRequest, seen: SeenOrganisation) -> list[Door]:
    """Return the links to what else may be done about an organisation, in the order of need.

    The areas are known by the names of their addresses; one that is switched off has no link.
    """
    acting = request.acting
    modules = modules_on(request)
    own = acting.firm is not None and acting.firm.public_id == seen.public_id
    speaks = own and acting.can("edit_own_firm")
    wanted = (
        (speaks, "trust:levels", _("Choose who sees what"), "eye"),
        (
            not own and acting.can("edit_organisations"),
            "trust:levels-of",
            _("Choose who sees what"),
            "eye",
        ),
        (own, "directory:seen", _("What others see of us"), "eye"),
        (speaks, "trust:reads", _("Who looked at it"), "book"),
        (speaks, "trust:consents", _("What it agreed to"), "check"),
        (
            speaks or acting.can("manage_competitors"),
            "trust:competitors",
            _("Competitors"),
            "shield",
        ),
        (
            may_edit(acting, seen) and (own or acting.can("manage_roles")),
            "governance:invite-to-firm",
            _("Invite somebody of the firm"),
            "mail",
        ),
        (
            acting.can("manage_members"),
            "governance:member",
            _("Its place in the network"),
            "network",
        ),
        (
            acting.can("log_contacts") and "contacts" in modules,
            "contacts:firm",
            _("Who contacted it"),
            "phone",
        ),
        (
            "introductions" in modules and _may_ask(acting, seen),
            "trust:ask-introduction",
            _("Get to know them"),
            "matched",
        ),
    )
    found = (
        Door(label, _address(request, name, seen), icon)
        for allowed, name, label, icon in wanted
        if allowed
    )
    return [door for door in found if door.url]


def _may_ask(acting: Acting, seen: SeenOrganisation) -> bool:
    """Whether the role in use may ask to meet this member, and has not asked or met it yet."""
    firm = acting.firm
    member = not seen.own and seen.tier in Tier.values
    return (
        firm is not None
        and member
        and acting.can("edit_own_firm")
        and may_be_introduced(firm, seen.pk)
    )


def _address(request: NetworkRequest, name: str, seen: SeenOrganisation) -> str:
    """Return the address of a page about this organisation, or about one's own; "" without one."""
    slug = request.network.slug
    return address_or_nothing(name, slug, seen.public_id) or address_or_nothing(name, slug)


def address_or_nothing(name: str, *arguments: object) -> str:
    """Return the address of a page of another area, "" when no area defines it."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
