"""Bringing a spreadsheet in, page by page, as Alice does; and the files nobody can read."""

import csv
from collections.abc import Callable
from html import unescape
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from maillage.foundation.accounts.models import Person
from maillage.foundation.audit.models import ReadLine
from maillage.foundation.jobs.worker import work_off
from maillage.foundation.organisations.models import ImportRow, Organisation, OrganisationImport
from tests.cast import Cast, cast_of, inside

type ClientOf = Callable[[Person], Client]

HEADINGS = "Raison sociale;Code postal;Ville;Téléphone\n"
BAD = (";41000;Blois;", "Forge {n};41000;Nulle-Part;", "Forge {n};41000;Blois;appelez-moi")


def address(cast: Cast, page: str, *more: object) -> str:
    return reverse(f"imports:{page}", args=[cast.network.slug, *more])


def sent(cast: Cast, client: Client, content: str | bytes, name: str = "firms.csv") -> str:
    """Send a file; return the address one is led to, "" when it was refused."""
    data = content.encode() if isinstance(content, str) else content
    response = client.post(address(cast, "new"), {"file": SimpleUploadedFile(name, data)})
    return str(response.headers.get("Location", ""))


def four_hundred_and_sixty() -> str:
    """Return a file of 460 firms, 30 of which cannot be read."""
    good = [f"Menuiserie {n};41110;Saint-Aignan;0254{n:06}" for n in range(430)]
    bad = [BAD[n % len(BAD)].format(n=n) for n in range(30)]
    return HEADINGS + "\n".join(good + bad)


def the_import(cast: Cast) -> OrganisationImport:
    with inside(cast.network):
        return OrganisationImport.objects.get()


def read(
    cast: Cast, client: Client, content: str | bytes, name: str = "firms.csv"
) -> OrganisationImport:
    """Send a file, agree with what its columns hold, and let the work be done."""
    where = sent(cast, client, content, name)
    source = the_import(cast)
    assert where == address(cast, "columns", source.public_id)
    chosen = {f"column_{at}": field for at, field in enumerate(source.columns["fields"])}
    response = client.post(where, chosen)
    assert response.headers["Location"] == address(cast, "page", source.public_id)
    work_off()
    return the_import(cast)


def text_of(client: Client, url: str, **query: str) -> str:
    return unescape(client.get(url, query).content.decode())


def test_460_firms_with_30_bad_rows_come_in_and_go_out(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alice)
    source = read(cast, client, four_hundred_and_sixty())
    page = address(cast, "page", source.public_id)
    shown = text_of(client, page)
    assert "Nothing is in the directory yet" in shown
    assert ">430<" in shown
    assert ">30<" in shown
    refused = text_of(client, page, fate="refused")
    assert "30 lines" in refused
    assert "Column “Téléphone”: “appelez-moi” is not a telephone number." in refused

    for _click in range(2):
        assert client.post(address(cast, "apply", source.public_id)).status_code == 302
    work_off()
    with inside(cast.network):
        assert Organisation.objects.filter(name__startswith="Menuiserie").count() == 430
    assert "Undo this import" in text_of(client, page)

    client.post(address(cast, "undo", source.public_id))
    work_off()
    with inside(cast.network):
        assert Organisation.objects.count() == 3
    assert "The import was undone." in text_of(client, page)


def test_refused_lines_are_downloaded_corrected_and_imported(
    cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast.alice)
    source = read(cast, client, HEADINGS + "Forge;41000;Blois;appelez-moi\nScierie;41000;Blois;")
    response = client.get(address(cast, "refused", source.public_id))
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(content)))
    assert [(row["Line"], row["Raison sociale"], row["Téléphone"]) for row in rows] == [
        ("2", "Forge", "appelez-moi")
    ]
    assert rows[0]["To correct"].endswith("“appelez-moi” is not a telephone number.")
    client.post(address(cast, "discard", source.public_id))
    source = read(cast, client, content.replace("appelez-moi", "0254001122"))
    with inside(cast.network):
        assert [row.fate for row in ImportRow.objects.filter(source=source)] == ["create"]


def test_columns_show_what_they_hold_and_can_be_corrected(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alice)
    where = sent(cast, client, "Nom;Machin\nForge;Blois\nScierie;Mer")
    shown = text_of(client, where)
    assert "First cells: Blois · Mer" in shown
    response = client.post(where, {"column_0": "", "column_1": "commune"})
    assert response.status_code == 422
    assert "No column tells which firm a line is about" in response.content.decode()
    client.post(where, {"column_0": "name", "column_1": "commune"})
    work_off()
    assert ">2<" in text_of(client, address(cast, "page", the_import(cast).public_id))


def test_changes_show_field_by_field_and_the_look_is_written_down(
    cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast.alice)
    source = read(cast, client, HEADINGS + "Garage Lemoine;41100;Vendôme;0254001122")
    shown = text_of(client, address(cast, "page", source.public_id))
    assert "<del>02 54 00 00 00</del> → <ins>02 54 00 11 22</ins>" in shown
    line = ReadLine.objects.get(organisation_id=cast.garage.public_id, page="import")
    assert (line.reader_id, line.fields) == (cast.alice.public_id, ["contact"])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("firms.csv", b"", "This file is empty"),
        ("firms.csv", b"\n\n\n", "is empty: there is nothing to read"),
        ("firms.csv", b"Nom;Ville\n", "has a line of headings and no row under it"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "is not a table"),
        ("firms.pdf", b"%PDF-1.7\n\x00\x01\x02" * 50, "is not a table"),
        ("firms.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "protected by a password"),
        ("firms.xlsx", b"PK\x03\x04" + b"\0" * 600, "is damaged or protected"),
        ("firms.csv", b"a;b\n" + b"x;y\n" * 5_000_001, "weighs 20 MB: files of up to 20 MB"),
    ],
    ids=["empty", "blank", "headings", "png", "pdf", "encrypted", "damaged", "heavy"],
)
def test_file_that_cannot_be_read_gets_a_sentence_and_leaves_nothing(
    cast: Cast, client_of: ClientOf, name: str, content: bytes, words: str
) -> None:
    response = client_of(cast.alice).post(
        address(cast, "new"), {"file": SimpleUploadedFile(name, content)}
    )
    assert response.status_code == 422
    assert words in unescape(response.content.decode())
    with inside(cast.network):
        assert OrganisationImport.objects.count() == 0


def test_workbook_that_unpacks_to_too_much_is_refused(cast: Cast, client_of: ClientOf) -> None:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 150_000_000)
    response = client_of(cast.alice).post(
        address(cast, "new"), {"file": SimpleUploadedFile("bomb.xlsx", stream.getvalue())}
    )
    assert "too big once opened" in unescape(response.content.decode())


def test_no_file_chosen_says_so(cast: Cast, client_of: ClientOf) -> None:
    response = client_of(cast.alice).post(address(cast, "new"), {})
    assert response.status_code == 422
    assert "Choose the file to import." in response.content.decode()


def test_workbook_is_read_like_a_csv_file(cast: Cast, client_of: ClientOf) -> None:
    workbook = Workbook()
    sheet = workbook.active
    for row in (["Annuaire 2026"], [], ["Nom", "SIRET", "Ville"], ["Forge", 54205118000066, "Mer"]):
        sheet.append(row)
    stream = BytesIO()
    workbook.save(stream)
    source = read(cast, client_of(cast.alice), stream.getvalue(), "firms.xlsx")
    with inside(cast.network):
        row = ImportRow.objects.get(source=source)
        assert (row.line, row.fate) == (4, "create")


def test_lines_are_searched_and_filtered(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alice)
    source = read(cast, client, HEADINGS + "Forge;41500;Mer;\nScierie Été;41000;Blois;\nX;;;")
    page = address(cast, "page", source.public_id)
    assert "1 line<" in text_of(client, page, q="Été").replace("\n", "")
    assert "Scierie Été" in text_of(client, page, q="Blois")
    assert "Forge" not in text_of(client, page, q="Blois")
    assert "Scierie" not in text_of(client, page, fate="refused")


def test_interrupted_reading_starts_again_with_one_click(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alice)
    where = sent(cast, client, HEADINGS + "Forge;41500;Mer;")
    source = the_import(cast)
    assert client.get(address(cast, "page", source.public_id)).headers["Location"] == where
    client.post(where, {f"column_{at}": one for at, one in enumerate(source.columns["fields"])})
    page = text_of(client, address(cast, "page", source.public_id))
    assert "The lines are being compared with the directory" in page
    run = the_import(cast).columns["run"]
    client.post(reverse("runs:cancel", args=[run]))
    page = text_of(client, address(cast, "page", source.public_id))
    assert "Stopped before its end" in page
    client.post(address(cast, "read", source.public_id))
    work_off()
    assert the_import(cast).state == "ready"


def test_page_that_waits_is_told_when_the_work_is_over(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alice)
    where = sent(cast, client, HEADINGS + "Forge;41500;Mer;")
    source = the_import(cast)
    client.post(where, {f"column_{at}": one for at, one in enumerate(source.columns["fields"])})
    progress = address(cast, "progress", source.public_id)
    assert f'hx-get="{progress}"' in client.get(progress).content.decode()
    work_off()
    assert client.get(progress, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert client.get(progress).headers["Location"] == address(cast, "page", source.public_id)


def test_file_already_applied_says_that_nothing_was_done_twice(
    cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast.alice)
    source = read(cast, client, HEADINGS + "Forge;41500;Mer;")
    client.post(address(cast, "apply", source.public_id))
    work_off()
    response = client.post(address(cast, "apply", source.public_id), follow=True)
    assert "nothing was done twice" in response.content.decode()


def test_imports_are_listed(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.alice)
    assert "No import yet" in text_of(client, address(cast, "list"))
    read(cast, client, HEADINGS + "Forge;41500;Mer;")
    shown = text_of(client, address(cast, "list"))
    assert "firms.csv" in shown
    assert "Ready to apply" in shown


@pytest.mark.parametrize("page", ["page", "columns", "progress", "refused"])
def test_imports_of_another_network_do_not_exist(
    cast: Cast, client_of: ClientOf, page: str
) -> None:
    read(cast, client_of(cast.alice), HEADINGS + "Forge;41500;Mer;")
    other = cast_of("autre-reseau")
    source = the_import(cast)
    url = reverse(f"imports:{page}", args=[other.network.slug, source.public_id])
    assert client_of(other.alice).get(url).status_code == 404
    for act in ("read", "apply", "undo", "discard"):
        url = reverse(f"imports:{act}", args=[other.network.slug, source.public_id])
        assert client_of(other.alice).post(url).status_code == 404


def test_only_who_runs_the_network_may_import(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.bob).get(address(cast, "new")).status_code == 403
    assert client_of(cast.denis).get(address(cast, "new")).status_code == 404


def test_page_asks_the_same_number_of_queries_whatever_its_lines(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = client_of(cast.alice)
    source = read(
        cast, client, four_hundred_and_sixty() + "\nGarage Lemoine;41100;Vendôme;0254001122"
    )
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        client.get(address(cast, "page", source.public_id), {"sort": "-line"})
