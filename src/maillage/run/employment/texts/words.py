"""Words that every document shares: who the parties are, days, hours, places."""

from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from maillage.bricks.agreements.clauses import Clause
from maillage.foundation.networks.models import Network
from maillage.foundation.organisations.models import Organisation, Site
from maillage.run.employment.models import EmploymentContract, Worker

LONGEST_SIGNER: Final = 120


def clause(key: str, title: str, *paragraphs: str) -> Clause:
    """Return a clause of paragraphs; empty ones are left out."""
    return Clause(key=key, title=title, text="\n\n".join(one for one in paragraphs if one))


def day(value: date) -> str:
    """Return a day, with its year."""
    return date_format(value, "DATE_FORMAT")


def euros(value: Decimal) -> str:
    """Return an amount of money."""
    return f"{number_format(value, 2)}\xa0€"


def group_name(network: Network) -> str:
    """Return the name of the group and of the association that carries it."""
    if network.register.name == network.name:
        return network.name
    return f"{network.name} ({network.register.name})"


def the_group(network: Network) -> str:
    """Say who the group is, as a party."""
    return _("The group: %(name)s, employer.") % {"name": group_name(network)}


def the_worker(worker: Worker) -> str:
    """Say who the worker is, as a party to their own contract."""
    home = ", ".join(
        part for part in (worker.address, f"{worker.postcode} {worker.commune}".strip()) if part
    )
    words = {"name": worker.name, "home": home}
    if worker.born_on is not None:
        words["born"] = day(worker.born_on)
        if home:
            return _("The worker: %(name)s, born on %(born)s, living at %(home)s.") % words
        return _("The worker: %(name)s, born on %(born)s.") % words
    if home:
        return _("The worker: %(name)s, living at %(home)s.") % words
    return _("The worker: %(name)s.") % words


def the_firm(firm: Organisation) -> str:
    """Say who a firm is, as a party."""
    words = {"name": firm.name, "siren": firm.siren}
    if firm.siren:
        return _("The firm: %(name)s, SIREN number %(siren)s, member of the group.") % words
    return _("The firm: %(name)s, member of the group.") % words


def place_of(site: Site | None) -> str:
    """Return the address of a site."""
    if site is None:
        return ""
    town = f"{site.postcode} {site.commune}".strip()
    return ", ".join(part for part in (site.address, town) if part)


def names_of(firms: list[Organisation]) -> str:
    """Return firms one a line, each with its commune when it has a main site."""
    sites = {
        site.organisation_id: site
        for site in Site.objects.filter(organisation__in=firms, is_main=True, closed_on=None)
    }
    lines = []
    for firm in firms:
        site = sites.get(firm.pk)
        lines.append(f"– {firm.name}, {site.commune}" if site is not None else f"– {firm.name}")
    return "\n".join(lines)


def signers(contract: EmploymentContract, firm: Organisation | None = None) -> tuple[str, str]:
    """Return who signs at the foot of a document: the group, then the worker or the firm."""
    name = firm.name if firm is not None else contract.worker.name
    label = _("For the firm %(name)s") if firm is not None else _("The worker, %(name)s")
    return (
        (_("For the group %(name)s") % {"name": contract.worker.network.name})[:LONGEST_SIGNER],
        (label % {"name": name})[:LONGEST_SIGNER],
    )
