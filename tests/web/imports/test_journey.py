"""Alice brings in the spreadsheet of her association, in a browser without JavaScript."""

import csv
import re
from collections.abc import Callable, Sequence
from http import HTTPStatus
from io import BytesIO, StringIO
from itertools import cycle, islice

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from maillage.foundation.accounts.models import Person
from maillage.foundation.jobs.models import Run
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.organisations.enums import ImportState
from maillage.foundation.organisations.imports.queries import fates_of
from maillage.foundation.organisations.models import ImportRow, Organisation, OrganisationImport
from tests.cast import Cast, inside

type ClientOf = Callable[[Person], Client]
type Table = Sequence[Sequence[str]]

TITLES = ("Nom de l'entreprise", "Commune", "Code postal", "Téléphone", "Observations")
TOWNS = (("Blois", "41000"), ("Vendôme", "41100"), ("Saint-Aignan", "41110"))


def firms(good: int, bad: int = 0) -> Table:
    """Return a table of firms; the bad ones are in a commune that does not exist."""
    places = islice(cycle(TOWNS), good)
    rows = [
        (f"Menuiserie {at:03}", town, postcode, "02 54 00 11 22", "=to call")
        for at, (town, postcode) in enumerate(places)
    ]
    return [
        TITLES,
        *rows,
        *((f"Forge {at:03}", "Atlantis", "", "", "=to call") for at in range(bad)),
    ]


def as_csv(table: Table) -> bytes:
    """Return a table as the CSV of a French spreadsheet."""
    stream = StringIO()
    csv.writer(stream, delimiter=";").writerows(table)
    return stream.getvalue().encode("cp1252")


def as_workbook(table: Table) -> bytes:
    """Return a table as an Excel workbook."""
    book, stream = Workbook(), BytesIO()
    assert book.active is not None
    for row in table:
        book.active.append([value.lstrip("=") for value in row])
    book.save(stream)
    return stream.getvalue()


def address(cast: Cast, name: str, *more: object) -> str:
    """Return the address of a page of the area in the network of the cast."""
    return reverse(f"imports:{name}", args=[cast.network.slug, *more])


def send(browser: Client, cast: Cast, content: bytes, name: str = "firms.csv") -> HttpResponse:
    """Send a file with the form."""
    return browser.post(address(cast, "new"), {"file": SimpleUploadedFile(name, content)})  # type: ignore[return-value]  # the answer of the test client


def latest(cast: Cast) -> OrganisationImport:
    """Return the last import of the network."""
    with inside(cast.network):
        return OrganisationImport.objects.get(pk=OrganisationImport.objects.latest("pk").pk)


def read(
    browser: Client, cast: Cast, content: bytes, name: str = "firms.csv"
) -> OrganisationImport:
    """Send a file, take its columns as they are recognised, let the lines be read."""
    assert send(browser, cast, content, name).status_code == HTTPStatus.FOUND
    source = latest(cast)
    chosen = {f"column_{at}": field for at, field in enumerate(source.columns["fields"])}
    browser.post(address(cast, "columns", source.public_id), chosen)
    work_off()
    return latest(cast)


def fates(cast: Cast, source: OrganisationImport) -> dict[str, int]:
    """Return how many lines have each fate, for those there are."""
    with inside(cast.network):
        return {fate: count for fate, count in fates_of(source).items() if count}


def firms_in(cast: Cast) -> int:
    """Return how many organisations the register has."""
    with inside(cast.network):
        return Organisation.objects.count()


@pytest.mark.parametrize(("kind", "content"), [("csv", as_csv), ("xlsx", as_workbook)])
def test_460_firms_with_30_bad_rows_come_in_by_hand(
    cast: Cast, client_of: ClientOf, kind: str, content: Callable[[Table], bytes]
) -> None:
    browser = client_of(cast.alice)
    table = content(firms(430, 30))
    source = read(browser, cast, table, f"firms.{kind}")
    assert fates(cast, source) == {"create": 430, "refused": 30}
    page = browser.get(address(cast, "page", source.public_id)).content.decode()
    assert "Nothing is in the directory yet" in page
    browser.post(address(cast, "apply", source.public_id))
    work_off()
    assert fates(cast, source) == {"created": 430, "refused": 30}
    assert firms_in(cast) == 433
    again = read(browser, cast, table, f"again.{kind}")
    assert fates(cast, again) == {"same": 430, "refused": 30}
    browser.post(address(cast, "undo", source.public_id))
    work_off()
    assert fates(cast, source) == {"undone": 430, "refused": 30}
    assert firms_in(cast) == 3


def test_refused_lines_come_back_with_their_reasons_and_can_be_imported_once_corrected(
    cast: Cast, client_of: ClientOf
) -> None:
    browser = client_of(cast.alice)
    source = read(browser, cast, as_csv(firms(2, 2)))
    answer = browser.get(address(cast, "refused", source.public_id))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a file
    rows = list(csv.reader(StringIO(text)))
    assert rows[0] == ["Line", "To correct", *TITLES]
    assert [row[0] for row in rows[1:]] == ["4", "5"]
    assert "“Atlantis”" in rows[1][1]
    corrected = read(browser, cast, text.replace("Atlantis", "Blois").encode(), "corrected.csv")
    assert fates(cast, corrected) == {"create": 2}
    # The sign that a file of ours puts before a formula, to disarm it, is no part of the text.
    with inside(cast.network):
        cells = ImportRow.objects.filter(source=corrected).values_list("cells", flat=True)
        assert {row["values"][-1] for row in cells} == {"=to call"}


def test_clicking_apply_twice_applies_once(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.alice)
    source = read(browser, cast, as_csv(firms(3)))
    before = Run.objects.count()
    for _click in range(2):
        browser.post(address(cast, "apply", source.public_id))
    assert Run.objects.count() == before + 1
    work_off()
    assert latest(cast).state == ImportState.APPLIED
    after = browser.post(address(cast, "apply", source.public_id), follow=True)
    assert "nothing was done twice" in after.content.decode()
    assert firms_in(cast) == 6


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", b"", "empty"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(50), "photo.csv"),
        ("broken.xlsx", b"PK\x03\x04 not a workbook", "broken.xlsx"),
        ("locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "locked.xlsx"),
        ("titles.csv", b"Nom;Commune\n", "nothing to import"),
        ("heavy.csv", b"Nom\n" + b"x" * 21_000_000, "21 MB"),
    ],
)
def test_file_that_cannot_be_read_says_why_and_leaves_nothing(
    cast: Cast, client_of: ClientOf, name: str, content: bytes, sentence: str
) -> None:
    answer = send(client_of(cast.alice), cast, content, name)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in answer.content.decode()
    with inside(cast.network):
        assert not OrganisationImport.objects.exists()
        assert not ImportRow.objects.exists()


def test_columns_can_be_corrected_and_wrong_choices_are_kept_and_explained(
    cast: Cast, client_of: ClientOf
) -> None:
    browser = client_of(cast.alice)
    send(browser, cast, as_csv([("Qui", "Où"), ("Menuiserie Petit", "Blois")]))
    source = latest(cast)
    columns = address(cast, "columns", source.public_id)
    assert "Menuiserie Petit" in browser.get(columns).content.decode()
    refused = browser.post(columns, {"column_0": "", "column_1": "commune"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "No column tells which firm a line is about" in refused.content.decode()
    assert Run.objects.count() == 0
    browser.post(columns, {"column_0": "name", "column_1": "commune"})
    work_off()
    assert fates(cast, latest(cast)) == {"create": 1}


def test_only_who_may_import_sees_imports(cast: Cast, client_of: ClientOf) -> None:
    source = read(client_of(cast.alice), cast, as_csv(firms(1)))
    pages = [address(cast, name) for name in ("list", "new")]
    pages += [address(cast, name, source.public_id) for name in ("page", "columns", "refused")]
    for person in (cast.bob, cast.chloe, cast.denis, cast.emma, cast.farid):
        found = {client_of(person).get(page).status_code for page in pages}
        assert found <= {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
        client_of(person).post(address(cast, "apply", source.public_id))
    assert latest(cast).state == ImportState.READY


def test_pages_of_an_import_speak_french_too(cast: Cast, client_of: ClientOf) -> None:
    browser = client_of(cast.alice)
    source = read(browser, cast, as_csv(firms(1, 2)))
    cast.alice.language = "fr"
    cast.alice.save(update_fields=["language"])
    page = browser.get(
        address(cast, "page", source.public_id), headers={"accept-language": "fr"}
    ).content.decode()
    assert "Ce que deviennent les lignes" in page
    assert "Nous ne connaissons aucune commune" in page
    assert "Will be created" not in page
    # A number of lines stands beside what becomes of them, in the plural where it is one.
    assert re.findall(r"<dt>(\w+)</dt>\s*<dd>2</dd>", page) == ["refusées"]
