"""How the values of a record are said in the pages of the directory."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maillage.foundation.networks.enums import Tier
from maillage.foundation.organisations.activities import label_of
from maillage.foundation.organisations.agreements import name_of
from maillage.foundation.organisations.enums import (
    ActivityScheme,
    BodyFamily,
    Channel,
    OrganisationKind,
    SizeBand,
)
from maillage.foundation.visibility.seen import SeenOrganisation

# The place of an organisation in the network; members first, as the filter offers them.
PLACES: Mapping[str, str | Promise] = {
    "member": _("Members, whatever their place"),
    Tier.CORE: Tier.CORE.label,
    Tier.PERIPHERY: Tier.PERIPHERY.label,
    Tier.OBSERVER: Tier.OBSERVER.label,
    "listed": _("Known, not a member"),
    "left": _("Left the network"),
}
STANDINGS: Mapping[str, str | Promise] = {
    Tier.CORE: _("Member of the network, in its core"),
    Tier.PERIPHERY: _("Member of the network, in its periphery"),
    Tier.OBSERVER: _("Observer in the network"),
}
LEVEL_NAMES = ("private", "matched", "network", "public")


def place_of(seen: SeenOrganisation) -> str:
    """Return the place of an organisation in the network, in words."""
    return str(PLACES.get(seen.tier or "", ""))


def standing_of(seen: SeenOrganisation) -> str:
    """Return the same as a phrase that stands alone, above the name of the organisation."""
    return str(STANDINGS.get(seen.tier or "") or place_of(seen))


def kind_of(seen: SeenOrganisation) -> str:
    """Return what an organisation is, with the family of an outside body."""
    kind = str(OrganisationKind(seen.kind).label)
    return f"{kind} ({BodyFamily(seen.family).label})" if seen.family else kind


def size_of(seen: SeenOrganisation) -> str:
    """Return the size of an organisation, in words, where it is seen."""
    return str(SizeBand(seen.size_band).label) if seen.size_band else ""


def activity_of(seen: SeenOrganisation) -> str:
    """Return the activity of an organisation with its code and list, where it is seen."""
    if not seen.activity_code:
        return seen.activity or ""
    scheme = str(ActivityScheme(seen.activity_scheme or "naf2").label)
    words = seen.activity or label_of(seen.activity_code, seen.activity_scheme or "")
    code = f"{seen.activity_code}, {scheme}"
    return f"{words} ({code})" if words else code


def agreement_of(seen: SeenOrganisation) -> str:
    """Return the collective agreement of an organisation, where it is seen."""
    if not seen.agreement:
        return ""
    name = name_of(seen.agreement)
    return f"IDCC {seen.agreement}, {name}" if name else f"IDCC {seen.agreement}"


def channels_of(values: list[str]) -> str:
    """Return the channels by which somebody can be reached, in words."""
    return ", ".join(str(Channel(value).label) for value in values if value in Channel.values)
