"""Lists of the site: search, filters, sort, pages, counts and exports, all alike."""

from maillage.web.ui.lists.columns import Column, Empty
from maillage.web.ui.lists.listing import Listing, ListingPage
from maillage.web.ui.lists.rows import ListRows, QuerySetRows, Rows

__all__ = ["Column", "Empty", "ListRows", "Listing", "ListingPage", "QuerySetRows", "Rows"]
