"""A list page, declared once: what it shows, how it is searched, sorted, cut in pages, exported."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from math import ceil
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from maillage.web.ui.lists.columns import Column, Empty
from maillage.web.ui.lists.export import FORMATS, exported
from maillage.web.ui.lists.filters import filter_form, or_nothing
from maillage.web.ui.lists.rows import Rows
from maillage.web.ui.parts import Text

OWN = ("sort", "page", "export")


@dataclass(frozen=True, slots=True)
class Listing:
    """The declaration of a list; `read` makes the page that a request asks for.

    `caption` turns the number of rows into the sentence above the list. `template` replaces the
    table, inside the part that searching swaps. `name` is the file name of exports.
    """

    name: str
    columns: tuple[Column, ...]
    default_sort: str
    caption: Callable[[int], str]
    empty: Empty
    filters: type[forms.Form] | None = None
    search: Text = ""
    per_page: int = 50
    exports: bool = True
    template: str = "ui/list/table.html"

    def read(
        self,
        request: HttpRequest,
        source: Callable[[dict[str, Any]], Rows[Any]],
        *,
        empty: Empty | None = None,
    ) -> "ListingPage":
        """Return the page of the list that `request` asks for.

        `source` receives the filters that are set right (a wrong one is shown in the form and
        left out) and returns the rows that this person may see.
        """
        return ListingPage(self, request, source, empty=empty or self.empty)


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a column: its address sorts by it."""

    column: Column
    url: str
    aria_sort: str


class ListingPage:
    """One page of a list, as one request asks for it; reads the database when first shown."""

    def __init__(
        self,
        listing: Listing,
        request: HttpRequest,
        source: Callable[[dict[str, Any]], Rows[Any]],
        *,
        empty: Empty,
    ) -> None:
        self.listing = listing
        self.request = request
        self.source = source
        self.empty = empty
        self.form = filter_form(listing.filters, listing.search)(
            request.GET or None, auto_id=f"{listing.name}_%s"
        )

    @cached_property
    def wanted(self) -> dict[str, Any]:
        """Return the filters that are set right, and the text searched for under `q`."""
        names = [name for name in self.form.fields if name != "q"]
        if not self.form.is_bound:
            return dict.fromkeys(names) | {"q": ""}
        self.form.is_valid()
        cleaned = self.form.cleaned_data
        given = {name: or_nothing(cleaned.get(name)) for name in names}
        return given | {"q": cleaned.get("q") or ""}

    @property
    def is_filtered(self) -> bool:
        """Whether rows may be missing because of the search or a filter."""
        return any(value is not None and value != "" for value in self.wanted.values())

    @cached_property
    def sort(self) -> tuple[str, bool]:
        """Return the key of the column that orders the list, and whether the last come first."""
        sortable = {column.key for column in self.listing.columns if column.sort}
        asked = self.request.GET.get("sort", "")
        chosen = asked if asked.removeprefix("-") in sortable else self.listing.default_sort
        return chosen.removeprefix("-"), chosen.startswith("-")

    @property
    def asked_sort(self) -> str:
        """Return the order that the address asks for, when it is a known one, or ""."""
        key, descending = self.sort
        current = f"-{key}" if descending else key
        return current if current == self.request.GET.get("sort", "") else ""

    @cached_property
    def sorted_rows(self) -> Rows[Any]:
        """Return every row that matches, in the order asked for."""
        key, descending = self.sort
        return self.source(self.wanted).sorted(key, descending=descending)

    @cached_property
    def total(self) -> int:
        """Return how many rows match."""
        return self.sorted_rows.count()

    @property
    def caption(self) -> str:
        """Return the sentence that counts the rows."""
        return self.listing.caption(self.total)

    @cached_property
    def pages(self) -> int:
        """Return how many pages the list has, at least one."""
        return max(1, ceil(self.total / self.listing.per_page))

    @property
    def asked_page(self) -> int:
        """Return the number of the page asked for, 1 when it is not a number."""
        asked = self.request.GET.get("page", "")
        return max(1, int(asked)) if asked.isdecimal() and len(asked) < 10 else 1  # noqa: PLR2004 -- no list has a thousand million pages

    @property
    def page(self) -> int:
        """Return the number of the page shown: the last one when the list is shorter."""
        return min(self.asked_page, self.pages)

    @property
    def beyond(self) -> str:
        """Return the sentence that says that the page asked for does not exist, or ""."""
        if self.asked_page <= self.pages:
            return ""
        return _("There is no page %(asked)s: this is the last one.") % {"asked": self.asked_page}

    @cached_property
    def rows(self) -> Sequence[Any]:
        """Return the rows of this page."""
        start = (self.page - 1) * self.listing.per_page
        return self.sorted_rows.slice(start, start + self.listing.per_page) if self.total else ()

    @property
    def shown_columns(self) -> list[Column]:
        """Return the columns of the screen."""
        return [column for column in self.listing.columns if column.shown]

    @cached_property
    def headers(self) -> list[Header]:
        """Return the heads of the columns, with what a click on each one does."""
        key, descending = self.sort
        heads = []
        for column in self.shown_columns:
            current = column.key == key
            turned = f"-{column.key}" if current and not descending else column.key
            order = ("descending" if descending else "ascending") if current else ""
            url = self.url(sort=turned, page="") if column.sort else ""
            heads.append(Header(column, url, order if column.sort else ""))
        return heads

    @property
    def sort_choices(self) -> list[tuple[str, str, bool]]:
        """Return the orders offered on a phone, where the heads of columns do not show."""
        key, descending = self.sort
        return [
            (
                f"-{column.key}" if down else column.key,
                words % {"column": column.label},
                (column.key, down) == (key, descending),
            )
            for column in self.listing.columns
            if column.sort
            for down, words in ((False, _("%(column)s, rising")), (True, _("%(column)s, falling")))
        ]

    @property
    def kept_filters(self) -> list[tuple[str, str]]:
        """Return the filters of the address, for another form of the page to carry along."""
        return [
            (name, value)
            for name, values in self.request.GET.lists()
            if name in self.form.fields
            for value in values
            if value
        ]

    @property
    def lines(self) -> list[SafeString]:
        """Return the rows of this page, each as its cells."""
        boxes = [column.boxes() for column in self.shown_columns]
        return [SafeString("".join(box(row) for box in boxes)) for row in self.rows]

    def url(self, **changes: str) -> str:
        """Return the address of this list with some parameters changed and no empty one."""
        kept = QueryDict(mutable=True)
        known = {*self.form.fields, *OWN} - {"export"}
        for name, values in self.request.GET.lists():
            if name in known and name not in changes:
                kept.setlist(name, [value for value in values if value])
        for name, value in changes.items():
            if value:
                kept[name] = value
        query = kept.urlencode()
        return f"{self.request.path}?{query}" if query else self.request.path

    @property
    def clear_url(self) -> str:
        """Return the address of the whole list."""
        return self.request.path

    @property
    def export_urls(self) -> list[tuple[str, str]]:
        """Return the formats that can be downloaded: name and address."""
        if not self.listing.exports or not self.total:
            return []
        return [(name.upper(), self.url(export=name, page="")) for name in FORMATS]

    @property
    def page_links(self) -> list[tuple[int, str]]:
        """Return the pages to offer: first, last and neighbours; 0 stands for a gap."""
        near = {1, self.pages, self.page - 1, self.page, self.page + 1}
        numbers = sorted(number for number in near if 1 <= number <= self.pages)
        links: list[tuple[int, str]] = []
        for number in numbers:
            if links and number - links[-1][0] > 1:
                links.append((0, ""))
            links.append((number, self.url(page=str(number) if number > 1 else "")))
        return links

    @property
    def previous_url(self) -> str:
        """Return the address of the page before, or ""."""
        before = self.page - 1
        return self.url(page=str(before) if before > 1 else "") if before else ""

    @property
    def next_url(self) -> str:
        """Return the address of the page after, or ""."""
        return self.url(page=str(self.page + 1)) if self.page < self.pages else ""

    def respond(
        self,
        template: str,
        context: Mapping[str, object] | None = None,
        *,
        status: int = HTTPStatus.OK,
    ) -> HttpResponseBase:
        """Return the page, the part of it that searching swaps, or the file that is asked for."""
        if self.gives_file:
            asked = self.request.GET["export"]
            columns = [column for column in self.listing.columns if column.exported]
            return exported(asked, self.listing.name, columns, self.sorted_rows.all())
        content = {"listing": self}
        if self.wants_part:
            response = render(self.request, "ui/list/results.html", content, status=status)
            response["HX-Push-Url"] = self.url()
        else:
            whole = {**(context or {}), **content}
            response = render(self.request, template, whole, status=status)
        patch_vary_headers(response, ["HX-Request"])
        return response

    @property
    def gives_file(self) -> bool:
        """Whether the answer is a file of every row, in a format that there is."""
        return self.listing.exports and self.request.GET.get("export", "") in FORMATS

    @property
    def wants_part(self) -> bool:
        """Whether only the results are asked for, by the script of the page."""
        headers = self.request.headers
        return (
            headers.get("HX-Target") == f"list-{self.listing.name}"
            and headers.get("HX-History-Restore-Request") != "true"
        )
