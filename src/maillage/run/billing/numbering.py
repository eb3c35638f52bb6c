"""Numbers of invoices: one after the other in a year, without a gap (CGI ann. II 242 nonies A)."""

from maillage.foundation.networks.models import Network
from maillage.run.billing.models import Invoice, NumberSequence


def next_number(network: Network, prefix: str, year: int) -> str:
    """Return the number that would come now; it may be another's by the time it is taken."""
    held = NumberSequence.objects.filter(network=network, year=year).first()
    return _number(prefix, year, (held.last if held is not None else 0) + 1)


def take_number(network: Network, prefix: str, year: int) -> tuple[str, int]:
    """Take the next number of a year, and its position; the transaction of the caller is open.

    Others wait for its end. If it does not end well the number is given back, and is the next.
    """
    NumberSequence.objects.get_or_create(network=network, year=year)
    held = NumberSequence.objects.select_for_update(of=("self",)).get(network=network, year=year)
    held.last += 1
    held.save(update_fields=["last"])
    return _number(prefix, year, held.last), held.last


def prefix_of(invoice: Invoice) -> str:
    """Return what the number of an invoice begins with."""
    return invoice.number.removesuffix(_number("", invoice.year, invoice.position))


def _number(prefix: str, year: int, position: int) -> str:
    return f"{prefix}{year}-{position:05}"
