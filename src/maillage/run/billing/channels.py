"""By which way an invoice leaves: asked by who the customer is, decided on the day of issue."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext_lazy as _

from maillage.run.billing.enums import Channel
from maillage.run.billing.files.invoice import Treatment

FRANCE = "FR"

TREATMENTS = {
    Channel.PLATFORM: Treatment.E_INVOICE,
    Channel.CHORUS: Treatment.E_INVOICE,
    Channel.REPORTED: Treatment.REPORTED,
    Channel.OUTSIDE: Treatment.OUT_OF_SCOPE,
    Channel.FOREIGN: Treatment.ABROAD,
}

WHYS = {
    "public": _("A public body receives its invoices by Chorus Pro (CCP L2192-1)."),
    "abroad": _("The customer is abroad: the sale is reported (CGI 290)."),
    "exempt_group": _("The services of the group are exempt: outside the reform (CGI 261 B)."),
    "not_liable": _("The customer is not liable to VAT: the sale is reported (CGI 290)."),
    "liable_must": _("Both are liable to VAT in France: through a platform (CGI 289 bis)."),
    "liable_may": _(
        "Both are liable to VAT in France: a platform is asked for from 1 September 2027 on, and"
        " takes invoices already (CGI 289 bis)."
    ),
    "before": _("Before 1 September 2026, invoices leave by mail."),
}


@dataclass(frozen=True, slots=True)
class Customer:
    """What decides how an invoice to a member leaves."""

    country: str
    public: bool
    liable: bool


@dataclass(frozen=True, slots=True)
class Way:
    """The channel of an invoice, and why: a key of `WHYS`, kept as evidence."""

    channel: Channel
    why: str


def way_of(customer: Customer, *, group_exempt: bool, day: date) -> Way:
    """Return by which way an invoice of a small group leaves on a day."""
    dates = _dates()
    if customer.country != FRANCE:
        return Way(Channel.FOREIGN, "abroad")
    if customer.public:
        return Way(Channel.CHORUS, "public")
    if group_exempt:
        return Way(Channel.OUTSIDE, "exempt_group")
    if not customer.liable:
        return Way(Channel.REPORTED, "not_liable")
    if day < dates["receive"]:
        return Way(Channel.OUTSIDE, "before")
    must = day >= dates["issue_small"]
    return Way(Channel.PLATFORM, "liable_must" if must else "liable_may")


@cache
def _dates() -> dict[str, Any]:
    text = files("maillage.run.billing").joinpath("reform.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
