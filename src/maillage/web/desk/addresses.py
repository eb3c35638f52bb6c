"""Where the lines of the desk lead: pages of other areas, known by their name."""

from django.urls import reverse

from maillage.foundation.networks.models import Network


def page_of(network: Network, name: str, *more: object) -> str:
    """Return the address of a page of a network."""
    return reverse(name, args=[network.slug, *more])
