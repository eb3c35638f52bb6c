"""A list page, from its address to what is on the screen."""

from dataclasses import replace
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.db import connection
from django.http import FileResponse, HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from maillage.web.ui.lists import Column, Empty, Listing, ListingPage, ListRows, QuerySetRows

Firm = tuple[str, str, int]
FIRMS: list[Firm] = [
    ("Moreau", "Contres", 7),
    ("Aubry", "Blois", 12),
    ("Lemoine", "Blois", 3),
    ("Tardif", "Vendôme", 5),
    ("Riffault", "Contres", 9),
]


class Filters(forms.Form):
    commune = forms.ChoiceField(
        label="Commune", required=False, choices=[("", "All"), ("Blois", "Blois")]
    )


LISTING = Listing(
    name="firms",
    columns=(
        Column("name", "Firm", lambda row: row[0], sort=True, main=True, link=lambda _row: "/f/"),
        Column("staff", "Staff", lambda row: row[2], sort=True, numeric=True),
        Column("commune", "Commune", lambda row: row[1], shown=False),
    ),
    default_sort="name",
    caption=lambda count: f"{count} firms",
    empty=Empty("No firm yet", "Bring them in.", url="/import/", label="Import"),
    filters=Filters,
    search="Name",
    per_page=2,
)


def source(wanted: dict[str, Any]) -> ListRows[Firm]:
    kept = [
        firm
        for firm in FIRMS
        if wanted["q"].lower() in firm[0].lower()
        and (wanted["commune"] is None or firm[1] == wanted["commune"])
    ]
    return ListRows(kept, sorts={"name": lambda row: row[0], "staff": lambda row: row[2]})


def page(query: str = "", listing: Listing = LISTING) -> ListingPage:
    return listing.read(RequestFactory().get(f"/firms/{query}"), source)


def names(query: str = "") -> list[str]:
    return [row[0] for row in page(query).rows]


def drawn(listing: ListingPage) -> str:
    return Template("{% listing listing %}").render(Context({"listing": listing}))


def test_a_list_begins_with_its_first_page_in_its_usual_order() -> None:
    assert names() == ["Aubry", "Lemoine"]
    assert page().caption == "5 firms"


def test_a_list_sorts_by_its_columns_both_ways() -> None:
    assert names("?sort=staff") == ["Lemoine", "Tardif"]
    assert names("?sort=-staff") == ["Aubry", "Riffault"]


@pytest.mark.parametrize("sort", ["commune", "password", "-", "", "name%3Bdrop"])
def test_an_unknown_order_falls_back_on_the_usual_one(sort: str) -> None:
    assert names(f"?sort={sort}") == ["Aubry", "Lemoine"]


def test_search_and_filters_narrow_the_list() -> None:
    assert names("?q=MOR") == ["Moreau"]
    assert names("?commune=Blois") == ["Aubry", "Lemoine"]
    assert page("?commune=Blois").total == 2
    assert page("?commune=Blois").is_filtered


def test_a_filter_that_does_not_exist_is_shown_and_left_out() -> None:
    wrong = page("?commune=Atlantis&q=a")
    assert wrong.total == 4
    assert "Atlantis" in drawn(wrong)


@pytest.mark.parametrize(("asked", "shown"), [("2", 2), ("0", 1), ("-3", 1), ("abc", 1), ("", 1)])
def test_the_page_asked_for_is_shown(asked: str, shown: int) -> None:
    assert page(f"?page={asked}").page == shown


@pytest.mark.parametrize("asked", ["9999", "4"])
def test_a_page_too_far_shows_the_last_one_and_says_so(asked: str) -> None:
    last = page(f"?page={asked}")
    assert [row[0] for row in last.rows] == ["Tardif"]
    assert f"There is no page {asked}: this is the last one." in drawn(last)


def test_a_page_number_beyond_reason_is_the_first() -> None:
    assert page("?page=" + "9" * 400).page == 1


def test_links_keep_the_search_and_drop_what_is_empty_or_foreign() -> None:
    asked = page("?q=r&commune=&sort=-staff&page=2&utm=x&export=csv")
    assert asked.url() == "/firms/?q=r&sort=-staff&page=2"
    assert asked.next_url == "/firms/?q=r&sort=-staff&page=3" or asked.pages == 2
    assert asked.headers[0].url == "/firms/?q=r&sort=name"
    assert asked.headers[1].aria_sort == "descending"
    assert asked.export_urls == [
        ("CSV", "/firms/?q=r&sort=-staff&export=csv"),
        ("XLSX", "/firms/?q=r&sort=-staff&export=xlsx"),
    ]


def test_the_pages_offered_are_the_ends_and_the_neighbours() -> None:
    many = Listing(
        name="many",
        columns=LISTING.columns,
        default_sort="name",
        caption=str,
        empty=LISTING.empty,
        per_page=1,
    )
    rows = ListRows([(str(n), "", n) for n in range(10)])
    middle = many.read(RequestFactory().get("/?page=5"), lambda _wanted: rows)
    assert [number for number, _url in middle.page_links] == [1, 0, 4, 5, 6, 0, 10]


def test_nothing_found_offers_to_show_everything() -> None:
    screen = drawn(page("?q=zzz"))
    assert "Nothing matches" in screen
    assert "No firm yet" not in screen


def test_an_empty_list_says_what_to_do_next() -> None:
    nothing = LISTING.read(RequestFactory().get("/firms/"), lambda _wanted: ListRows(()))
    screen = drawn(nothing)
    assert "No firm yet" in screen
    assert 'href="/import/"' in screen
    assert "Download" not in screen


def test_the_table_keeps_its_meaning_on_a_telephone() -> None:
    screen = drawn(page())
    assert '<table class="m-table m-table--cards" role="table">' in screen
    assert '<th role="rowheader" scope="row"><a href="/f/">Aubry</a></th>' in screen
    assert '<td role="cell" class="m-num" data-l="Staff">12</td>' in screen
    assert '<option value="name" selected>Firm, rising</option>' in screen


def test_the_script_gets_only_the_results_and_the_clean_address() -> None:
    request = RequestFactory().get("/firms/?q=mor&commune=", headers={"HX-Target": "list-firms"})
    response = LISTING.read(request, source).respond("no-such-template.html")
    assert isinstance(response, HttpResponse)
    assert response["HX-Push-Url"] == "/firms/?q=mor"
    assert "HX-Request" in response["Vary"]
    assert "<html" not in response.content.decode()
    assert "Moreau" in response.content.decode()


def test_going_back_in_history_gets_the_whole_page() -> None:
    headers = {"HX-Target": "list-firms", "HX-History-Restore-Request": "true"}
    request = RequestFactory().get("/firms/", headers=headers)
    assert not LISTING.read(request, source).wants_part


def test_an_export_holds_every_row_that_matches_and_the_hidden_columns() -> None:
    request = RequestFactory().get("/firms/?export=csv&commune=Blois&page=2")
    response = LISTING.read(request, source).respond("no-such-template.html")
    assert isinstance(response, FileResponse)
    text = b"".join(response).decode("utf-8-sig")  # type: ignore[arg-type]
    assert text == "Firm,Staff,Commune\r\nAubry,12,Blois\r\nLemoine,3,Blois\r\n"


@pytest.mark.parametrize("count", [3, 300])
def test_a_list_reads_the_database_twice_whatever_its_length(db: None, count: int) -> None:
    Group.objects.bulk_create(Group(name=f"group {number}") for number in range(count))
    groups = Listing(
        name="groups",
        columns=(Column("name", "Name", lambda group: group.name, sort=True, main=True),),
        default_sort="name",
        caption=str,
        empty=Empty("None"),
    )
    with CaptureQueriesContext(connection) as queries:
        listing = groups.read(
            RequestFactory().get("/"),
            lambda _wanted: QuerySetRows(Group.objects.all(), sorts={"name": "name"}),
        )
        drawn(listing)
    assert len(queries) == 2


class Many(Filters):
    """More filters than a phone has room for."""

    trade = forms.CharField(required=False)
    size = forms.CharField(required=False)


MANY = replace(LISTING, filters=Many)


def test_many_filters_are_folded_beside_the_search_box() -> None:
    html = drawn(page(listing=MANY))
    search, filters = html.index('name="q"'), html.index('<details class="m-filters__more">')
    assert search < filters < html.index('name="trade"')
    assert "<summary>Filter</summary>" in html


def test_filters_in_use_are_open() -> None:
    html = drawn(page("?trade=baker&size=3", MANY))
    assert '<details class="m-filters__more" open>' in html
    assert "<summary>Filter</summary>" in html


def test_few_filters_are_not_folded() -> None:
    assert "<details" not in drawn(page())
