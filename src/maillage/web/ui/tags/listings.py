"""How a list is drawn."""

from django.forms import BaseForm

from maillage.web.ui.lists import ListingPage

# A search box and this many filters at most stand one below another on a phone.
FEW_FILTERS = 2


def shown(listing: ListingPage) -> dict[str, object]:
    """Return what the templates of a list need."""
    return {"listing": listing}


def filter_fields(form: BaseForm) -> dict[str, object]:
    """Return the search box of a list and its filters, which fold when they are many."""
    filters = [field for field in form if field.name != "q"]
    return {
        "search": form["q"] if "q" in form.fields else None,
        "filters": filters,
        "folded": len(filters) > FEW_FILTERS,
        "in_use": sum(field.value() not in {None, "", False} for field in filters),
    }
