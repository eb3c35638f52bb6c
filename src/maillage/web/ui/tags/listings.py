"""How a list is drawn."""

from maillage.web.ui.lists import ListingPage


def shown(listing: ListingPage) -> dict[str, object]:
    """Return what the templates of a list need."""
    return {"listing": listing}
